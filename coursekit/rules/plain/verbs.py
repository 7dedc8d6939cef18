"""Find the sentence without a verb, by the forms of verbs and the words beside them.

spaCy's small model of English was tried and found less sure: on the model page and two old ones it
took nine good sentences for fragments, and needs most of a minute for the course.
"""

import re

from coursekit.rules.plain.verb_forms import forms
from coursekit.rules.plain.word_lists import (
    ADJECTIVES,
    ALONE,
    ARTICLES,
    AUXILIARIES,
    BARE,
    EITHER,
    FIRM,
    JOINERS,
    NUMBERS,
    OBJECTS,
    OPENERS,
    PAST,
    PLURALS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECTS,
    TITLES,
    VERBAL,
)

TOKEN = re.compile(r"`[^`]*`|[^\W_]+(?:[.,/–-][^\W_]+)*(?:'[a-z]*)?|[,;:()—–]")
MARKS = set(",;:()—–")
CONTRACTED = re.compile(r".*'(?:re|ll|ve|d|m)|(?:it|that|there|here|what|who|he|she|where|how)'s")
ADVERB = re.compile(r"also|not|never|always|now|then|still|again|first|soon|often|.+ly")
NO_ADVERB = set("july only reply apply supply family rely early daily weekly likely".split())
LONE_CLAUSE = re.compile(r"(?:And |But |Or )?(?:Because|Although|Though|Whereas|Unless)\b[^,;:—]*")


def has_verb(text):
    """Whether a sentence has a finite verb or gives an order.

    Parameters
    ----------
    text : str
        A sentence as it is printed; code between backticks counts as a noun.

    Returns
    -------
    bool
        False, too, for a lone clause with *because*, and for a noun with nothing but a relative
        clause, such as *A model that fails.*
    """
    if "=" in text:
        return True  # it is read as "is"
    if LONE_CLAUSE.fullmatch(text):
        return False
    words = TOKEN.findall(text.replace("’", "'"))
    found = [place for place in range(len(words)) if _finite(words, place)]
    return len(found) > 1 or any(not _relative(words, place) for place in found)


def _relative(words, place):
    """Whether a verb stands in a relative clause that follows the sentence's first noun."""
    first = next((word.lower() for word in words if word.lower() not in OPENERS), "")
    if first in PREPOSITIONS | JOINERS | RELATIVES:
        return False
    clause = place - 1
    while clause > 0 and words[clause].lower() not in RELATIVES and _is_adverb(words[clause]):
        clause -= 1
    noun = words[clause - 1].lower() if clause > 0 else None
    return words[max(clause, 0)].lower() in RELATIVES and not (
        noun is None
        or noun in PREPOSITIONS | JOINERS | {"only"}
        or (noun in MARKS and words[clause] == "that")
    )


def _finite(words, place):
    """Whether the word at a place is a finite verb."""
    if words[place] == "May" and place:
        return False  # the month
    word, kinds = words[place].lower(), forms()
    before, after = _near(words, place, -1), _near(words, place, +1)
    if before in ("them", "us") and words[max(place - 2, 0)].lower() == "of":
        before = "they"
    if word in AUXILIARIES or word in PAST or CONTRACTED.fullmatch(word):
        return True
    if word in kinds["third"]:
        return True
    if word in VERBAL and (_digits(after) or before not in ADJECTIVES | ARTICLES | NUMBERS):
        return True
    if before in ("to", "without", "of"):
        return False
    if word in BARE:
        return True
    if word in kinds["base"]:
        return before not in ARTICLES | PREPOSITIONS
    if word in kinds["both"] and (_orders(words, place, after) or _plural(word, before, after)):
        return True
    if word in kinds["both third"] and _singular(before, after):
        return True
    return (word in kinds["past"] or word in EITHER) and _past(words, place, before, after)


def _orders(words, place, after):
    """Whether a word such as *count*, a noun too, is an order."""
    if not _opens(words, place):
        return words[place - 1].lower() in ("why", "not")
    word = words[place].lower()
    if word in TITLES | ADJECTIVES:
        return after in OBJECTS
    return after not in MARKS | {"of"}


def _plural(word, before, after):
    """Whether a word such as *count*, a noun too, is the verb of a plural."""
    if before in SUBJECTS:
        return True
    if word in FIRM and (before in NUMBERS or _digits(before)):
        return after is None or after in PREPOSITIONS | JOINERS
    if before in PLURALS | RELATIVES:
        return (after is None and before in PLURALS) or (
            after in PREPOSITIONS | JOINERS or _object(after)
        )
    if after in OBJECTS and before not in ARTICLES | PREPOSITIONS | ADJECTIVES | MARKS | {None}:
        return True
    plural = before and before.endswith("s") and not before.endswith(("ss", "'s", "us", "is"))
    return bool(plural) and before not in PREPOSITIONS | OBJECTS


def _singular(before, after):
    """Whether a word such as *counts*, a plural too, is the verb of a singular."""
    if before in SUBJECTS | RELATIVES | {"this", "what", "each", "one"}:
        return True
    if before is None or before in ARTICLES:
        return False
    if before in NUMBERS or _digits(before):
        return after in OBJECTS - {"a", "an"}
    if _object(after):
        return True
    noun = before.isalpha() and before not in PREPOSITIONS | JOINERS | OBJECTS | ADJECTIVES
    return noun and not re.search(r"(?:s|ed|ful|(?<!t)able|ary|less)$", before)


def _past(words, place, before, after):
    """Whether a word such as *trained* is a past, and no participle."""
    if before in SUBJECTS | RELATIVES | {"what"}:
        return True
    if before is None or (_opens(words, place) and before != ","):
        return False
    if _object(after) and before not in ARTICLES:
        return True
    if before == "," and words[: place - 1].count(","):
        return after is not None  # what stands between two commas is passed over
    if before in PREPOSITIONS | JOINERS | OBJECTS | MARKS:
        return False
    if _base(words[place].lower()) in ALONE:
        return True
    if before in ADJECTIVES:
        return False
    return after is not None and after not in PREPOSITIONS | JOINERS | MARKS


def _object(word):
    """Whether a word starts the object of a verb."""
    return word in OBJECTS or word == "about" or _digits(word)


def _digits(word):
    return word is not None and word[0].isdigit()


def _opens(words, place):
    """Whether a clause starts at a word."""
    while place and words[place - 1].lower() in OPENERS:
        place -= 1
    return place == 0 or words[place - 1] in MARKS


def _near(words, place, step):
    """The next word in one direction that is no adverb, in small letters; None at the end."""
    place += step
    while 0 <= place < len(words):
        if not _is_adverb(words[place]):
            return words[place].lower()
        place += step
    return None


def _is_adverb(word):
    return word.lower() not in NO_ADVERB and bool(ADVERB.fullmatch(word.lower()))


def _base(past):
    stems = (past[:-2], past[:-1], past[:-3], past[:-3] + "y")
    return next((stem for stem in stems if stem in ALONE), {"led": "lead", "won": "win"}.get(past))
