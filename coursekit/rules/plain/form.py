"""Judge the form of sentences: their length, their verb and their first word."""

import re

from coursekit.rules.plain import verb_forms, verbs
from coursekit.rules.plain.splitting import sentences, short
from coursekit.rules.plain.word_lists import AUXILIARIES, OBJECTS, PREPOSITIONS, VERBAL

LONGEST, SHORT, SHORT_SHARE = 35, 8, 0.1
LABEL = re.compile(r"[^.?!:]{1,60}: |[a-zß-ÿ]")  # such an item may go on without a verb
BARE_AFTER = {
    "too",
    "also",
    "alone",
    "still",
    "already",
    "only",
    "in",
    "by",
    "for",
    "to",
    ",",
    "—",
}
HOUR = re.compile(
    r"It (?:is|was) (?:\w+ )?(?:late|early|night|midnight|noon|morning|evening|(?:Mon|Tues|Wednes"
    r"|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September"
    r"|October|November|December|winter|spring|summer|autumn|\d)\b(?!['’])"
)


def problems(passages):
    """Sentences, each naming one that is too long, has no verb or starts with a bare pronoun.

    Parameters
    ----------
    passages : iterable of Passage

    Yields
    ------
    str
    """
    for passage in passages:
        if not passage.judged:
            continue
        for place, sentence in enumerate(sentences(passage)):
            said, length = short(sentence.text), len(sentence.words)
            if length > LONGEST:
                yield f"{sentence.where}: {length} words, at most {LONGEST}; split it: {said}"
            label = passage.kind == "item" and not place and LABEL.match(sentence.text)
            if length and not label and not verbs.has_verb(sentence.text):
                yield f"{sentence.where}: no verb; say who does what: {said}"
            if pronoun := bare(sentence.text):
                yield (
                    f"{sentence.where}: it starts with a bare {pronoun!r}; name what is meant:"
                    f" {said}"
                )


def short_sentences(passages, name):
    """The one problem of a text that has too many short sentences; none if it has not.

    Parameters
    ----------
    passages : iterable of Passage
        All of a page or a notebook.
    name : str
        File of the text.

    Yields
    ------
    str
    """
    judged = [s for passage in passages if passage.judged for s in sentences(passage)]
    brief = [sentence for sentence in judged if len(sentence.words) < SHORT]
    if len(brief) > SHORT_SHARE * len(judged):
        first = "; ".join(f"line {s.line} {short(s.text, 40)}" for s in brief[:3])
        yield (
            f"{name}: {len(brief)} of {len(judged)} sentences have fewer than {SHORT} words, at"
            f" most one in ten; join some to their neighbours, such as {first}"
        )


def bare(text):
    """The pronoun that a sentence starts with in place of a noun.

    Parameters
    ----------
    text : str

    Returns
    -------
    str or None
        None, too, for *This index*, *Both rates*, *One storm* and for *It is late*.
    """
    words = verbs.TOKEN.findall(re.sub(r"^\W+", "", text).replace("’", "'"))
    first = words[0] if words else ""
    if first in ("They", "It") or re.fullmatch(r"(?:It|They|This|That|One)'\w+", first):
        return None if HOUR.match(text) else first
    if first not in ("This", "That", "Both", "One", "These"):
        return None
    after = [word.lower() for word in words[1:3]] + ["", ""]
    if after[0] == "of" or (first == "One" and after[0] == "in"):
        return first if after[1] in ("them", "these", "those") else None
    if after[0].endswith("ly") and after[0] not in verbs.NO_ADVERB:
        after = [*after[1:], ""]
    return first if _goes_on(first, *after[:2]) else None


def _goes_on(first, word, following):
    """Whether a verb follows the first word, and no noun."""
    kinds = verb_forms.forms()
    if not word or word in AUXILIARIES | BARE_AFTER:
        return True
    if word in kinds["past"] or word in verbs.EITHER | verbs.PAST:
        return word in verbs.PAST or following in OBJECTS | PREPOSITIONS | {""}
    if first in ("These", "Both"):
        return word in kinds["base"] or (
            word in kinds["both"] and following in OBJECTS | PREPOSITIONS
        )
    return word in kinds["third"] | kinds["both third"] | VERBAL
