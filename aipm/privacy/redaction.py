"""Mask what points at a person in a text, and count what a mask finds, misses and hides for
nothing.
"""

import re

import pandas as pd

from aipm.errors import CourseError
from aipm.validation import TEXT, Several, Table, checked

__all__ = ["PATTERNS", "mask", "needless", "score"]
BLOCK = "█"
PATTERNS = {  # what has a shape; ordinary ones, not tuned on any messages
    "email": r"\S+@\S+\.\w+",
    "account": r"\b[A-Z]{2}\d\d(?: ?\w{4}){3,7}(?: ?\w{1,3})?\b",
    "card": r"\b(?:\d[ -]?){12,15}\d\b",
    "date": r"\b\d\d?[/.]\d\d?[/.]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b",
    "phone": r"\+?\(?\d[\d ()-]{7,}\d",
}
EXPRESSIONS = Several(TEXT)


@checked(text=TEXT, patterns=EXPRESSIONS)
def mask(text, patterns):
    """A text with a block in place of each character that a pattern matches.

    Parameters
    ----------
    text : str
    patterns : iterable of str
        Regular expressions, applied one after the other; what is masked is not read again.

    Returns
    -------
    str
        Of the same length, so that a place in the text is the same place in the mask.

    Raises
    ------
    CourseError
        If there is no pattern, or one is no regular expression.

    Examples
    --------
    >>> mask("write to a@b.io", [PATTERNS["email"]])
    'write to ██████'
    """
    return _masked(text, _compiled("mask", patterns))


@checked(messages=Table(columns=("text", "personal", "kinds")), patterns=EXPRESSIONS)
def score(messages, patterns):
    """What a mask does to each stretch that could point at a person.

    Parameters
    ----------
    messages : pandas.DataFrame of shape (n, n_columns)
        With ``text``, ``personal`` (a list: the stretches of the text, as written and in their
        order) and ``kinds`` (a list of the same length), such as ``aipm.datasets.messages()``.
    patterns : iterable of str
        As for :func:`mask`.

    Returns
    -------
    pandas.DataFrame of shape (n_stretches, 4)
        One row a stretch: ``message`` (its row in ``messages``), ``kind``, ``personal``, and
        ``hidden``, whether no letter or digit of it can still be read.

    Raises
    ------
    CourseError
        As for :func:`mask`; or if a stretch is not in its text, or has no kind.
    """
    patterns, rows = _compiled("score", patterns), []
    for row, message in messages.iterrows():
        places, kinds = _places("score", row, message), message["kinds"]
        if not isinstance(kinds, list) or len(kinds) != len(places):
            raise CourseError(
                f"score: messages, row {row!r}, has {len(places)} stretches and not as many"
                " kinds; give a list with one kind for each."
            )
        masked = _masked(message["text"], patterns)
        for (start, end), kind in zip(places, kinds, strict=True):
            hidden = not re.search(r"\w", masked[start:end])
            rows.append((row, kind, message["text"][start:end], hidden))
    return pd.DataFrame(rows, columns=["message", "kind", "personal", "hidden"])


@checked(messages=Table(columns=("text", "personal")), patterns=EXPRESSIONS)
def needless(messages, patterns):
    """How many blocks of each message hide nothing that points at a person.

    Parameters
    ----------
    messages : pandas.DataFrame of shape (n, n_columns)
        As for :func:`score`; without kinds.
    patterns : iterable of str
        As for :func:`mask`.

    Returns
    -------
    pandas.Series of int of shape (n,)
        A count a message; a block that overlaps a marked stretch, or stands right beside one, is
        not counted.

    Raises
    ------
    CourseError
        As for :func:`mask`; or if a stretch is not in its text.
    """
    patterns, counts = _compiled("needless", patterns), []
    for row, message in messages.iterrows():
        places = _places("needless", row, message)
        blocks = re.finditer(f"{BLOCK}+", _masked(message["text"], patterns))
        counts.append(
            sum(
                not any(block.start() < end and start < block.end() for start, end in places)
                for block in blocks
            )
        )
    return pd.Series(counts, index=messages.index, dtype=int)


def _compiled(function, patterns):
    """Patterns that can be searched for, or a refusal that names the one that cannot."""
    found = []
    for pattern in patterns:
        try:
            found.append(re.compile(pattern))
        except re.error as error:
            raise CourseError(
                f"{function}: patterns holds {pattern[:40]!r}, which is no regular expression"
                f" ({error}); mend it."
            ) from None
    return found


def _masked(text, patterns):
    for pattern in patterns:
        text = pattern.sub(lambda found: BLOCK * len(found[0]), text)
    return text


def _places(function, row, message):
    """Start and end of each marked stretch, a list of pairs; one that stands twice in a text and
    is marked twice is found at both places.
    """
    text, personal, places, after = message["text"], message["personal"], [], 0
    if not isinstance(text, str) or not isinstance(personal, list):
        raise CourseError(
            f"{function}: messages, row {row!r}, lacks a text or a list of what is personal in it;"
            " give both."
        )
    for words in personal:
        start = text.find(words, after) if isinstance(words, str) and words else -1
        if start < 0:
            raise CourseError(
                f"{function}: messages, row {row!r}, does not hold {str(words)[:40]!r}, or not in"
                " its place; list what is personal as written and in the order of the text."
            )
        after = start + len(words)
        places.append((start, after))
    return places
