"""Mask what points at a person in a text, and count what a mask finds, misses and hides for
nothing."""

import re

import pandas as pd

BLOCK = "█"
PATTERNS = {  # what has a shape; ordinary ones, not tuned on any messages
    "email": r"\S+@\S+\.\w+",
    "account": r"\b[A-Z]{2}\d\d(?: ?\w{4}){3,7}(?: ?\w{1,3})?\b",
    "card": r"\b(?:\d[ -]?){12,15}\d\b",
    "date": r"\b\d\d?[/.]\d\d?[/.]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b",
    "phone": r"\+?\(?\d[\d ()-]{7,}\d",
}


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
    """
    for pattern in patterns:
        text = re.sub(pattern, lambda found: BLOCK * len(found[0]), text)
    return text


def score(messages, patterns):
    """What a mask does to each stretch that could point at a person.

    Parameters
    ----------
    messages : pandas.DataFrame
        With ``text``, ``personal`` and ``kinds``, such as ``aipm.datasets.messages()``.
    patterns : iterable of str

    Returns
    -------
    pandas.DataFrame
        One row a stretch: ``message`` (its row in ``messages``), ``kind``, ``personal``, and
        ``hidden``, whether no letter or digit of it can still be read.
    """
    rows = []
    patterns = list(patterns)
    for row, message in messages.iterrows():
        masked = mask(message["text"], patterns)
        for (start, end), kind in zip(_places(message), message["kinds"]):
            hidden = not re.search(r"\w", masked[start:end])
            rows.append((row, kind, message["text"][start:end], hidden))
    return pd.DataFrame(rows, columns=["message", "kind", "personal", "hidden"])


def needless(messages, patterns):
    """How many blocks of each message hide nothing that points at a person.

    Parameters
    ----------
    messages : pandas.DataFrame
        As for :func:`score`.
    patterns : iterable of str

    Returns
    -------
    pandas.Series of int
        A count a message; a block that touches a marked stretch is not counted.
    """
    patterns = list(patterns)
    counts = []
    for _, message in messages.iterrows():
        blocks = re.finditer(f"{BLOCK}+", mask(message["text"], patterns))
        places = _places(message)
        counts.append(
            sum(
                not any(block.start() < end and start < block.end() for start, end in places)
                for block in blocks
            )
        )
    return pd.Series(counts, index=messages.index, dtype=int)


def _places(message):
    """Start and end of each marked stretch, a list of pairs."""
    starts = [message["text"].index(words) for words in message["personal"]]
    return [(start, start + len(words)) for start, words in zip(starts, message["personal"])]
