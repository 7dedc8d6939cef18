"""Forms of the verbs that ``verbs.txt`` lists."""

from functools import cache
from pathlib import Path

VOWELS = "aeiou"


@cache
def forms():
    """Forms of the verbs in ``verbs.txt``, sets of words by kind."""
    text = Path(__file__).with_name("verbs.txt").read_text(encoding="utf-8")
    plain, both = (
        {word for line in part.splitlines() if line[:1] != "#" for word in line.split()}
        for part in text.split("---\n")
    )
    return {
        "base": plain,
        "third": {_third(word) for word in plain},
        "both": both,
        "both third": {_third(word) for word in both} - {"times"},
        "past": {form for word in plain | both for form in _pasts(word)},
    }


def _third(word):
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def _pasts(word):
    if word.endswith("e"):
        return [word + "d"]
    if word.endswith("y") and word[-2] not in VOWELS:
        return [word[:-1] + "ied"]
    return [word + "ed", word + word[-1] + "ed"]
