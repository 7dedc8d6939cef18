"""Find the words that the style page says to avoid, and say what to write."""

import re

from coursekit.rules.plain.splitting import sentences, short

BEFORE_CUT = (  # what stands before the noun; a verb has a subject, "to" or an auxiliary there
    r"a|an|the|this|that|these|those|each|every|which|what|no|any|some|another|other|same|own|its"
    r"|our|your|their|his|her|my|[\w]+['’]s|one|two|three|four|both|several|many|of|at|per|with"
    r"|without|for|between|under|over|from|low|lower|lowest|high|higher|highest|old|new|best|common"
    r"|cheapest|right|wrong|better|first|second|single|parity|odds|lending|score"
)
PARTERS = (
    r"they|we|you|two|both|raters|reviewers|people|models|panels|versions|searches|prompts|judges"
    r"|readers|who|never|often|rarely|to|may|can|will|could|would|might|do|still"
)
AVOID = {  # as in the table of the style page: name, forms, what to write
    "deal": (
        r"deal(?:s|t|ings?)?|lots|by lot",
        "random split, split again, drawn at random or repeat",
    ),
    "dear": (r"dear(?:er|est)?", "expensive, costs more or most expensive"),
    "mend": (r"mend(?:s|ed|ing)?", "fix, repair or correct"),
    "cut": (
        rf"(?:{BEFORE_CUT}) cuts?(?!-| off\b)|cuts? (?:at|of) [\d.]+",
        "threshold",
    ),
    "part": (
        rf"parted|parting|(?:{PARTERS}) part(?!-| of\b)|part on|parts (?:from|ways|them|the two)",
        "disagree",
    ),
    "told on": (r"t(?:ell|ells|elling|old) on", "revealed or identified"),
    "keeps its word": (
        r"k(?:eep|eeps|ept|eeping) (?:its|their|his|her|our|your|a|the|every|no)"
        r" (?:\w+ )?(?:words?|promises?)",
        "is calibrated, or is right as often as it says",
    ),
    "hand over": (
        r"hand(?:s|ed|ing)?(?: [\w'’]+){0,3} over|hand-?overs?",
        "pass to a person",
    ),
    "the guide": (r"the guide(?:['’]s)?", "its title with a link, or nothing"),
    "whoever": (r"whoever", "an everyday word, such as anyone who"),
    "thrice": (r"thrice", "three times"),
    "nought": (r"noughts?", "zero"),
    "anew": (r"anew", "again"),
    "boast": (r"boast(?:s|ed|ing|ful)?", "an everyday word, such as claim"),
    "at par": (r"at par", "an everyday word, such as equal"),
    "in company": (r"in company", "an everyday word, such as shares the row with others"),
    "stands under the rate": (
        r"st(?:and|ands|ood|anding) under the rate",
        "an everyday word, such as lies below the rate",
    ),
}
PATTERNS = {
    name: (re.compile(rf"(?<![\w-])(?:{forms})(?![\w])", re.I), write)
    for name, (forms, write) in AVOID.items()
}
EXEMPT = re.compile(r"`[^`]*`|“[^”]*”|\"[^\"]*\"")  # code, and what somebody else said


def problems(passages):
    """Sentences, each naming a word to avoid, where it stands and what to write.

    Parameters
    ----------
    passages : iterable of Passage
        Quotations are passed over: block quotes, text in quotation marks, code.

    Yields
    ------
    str
    """
    for passage in passages:
        if passage.kind == "quotation":
            continue
        for sentence in sentences(passage):
            said = EXEMPT.sub(lambda match: " " * len(match[0]), sentence.text)
            for pattern, write in PATTERNS.values():
                for found in dict.fromkeys(match[0] for match in pattern.finditer(said)):
                    yield f"{sentence.where}: for {found!r} write {write}: {short(sentence.text)}"
