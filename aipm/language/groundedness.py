"""A check that a program can make: whether every figure of a reply stands in its source."""

import re
from decimal import Context, Decimal

import numpy as np

from aipm.validation import TEXT, Kind, checked

NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")  # 25, 2500, 2,500 and 2.50
ANSWER = re.compile(r"(Yes|No)(?![\w'’-])")
SPELT = "zero one two three four five six seven eight nine ten".split()


@checked(reply=TEXT, source=TEXT)
def unsupported(reply, source):
    """Figures of a reply that its source does not hold.

    Parameters
    ----------
    reply, source : str
        Figures may be written in digits, or in words up to ten.

    Returns
    -------
    set of str
        Empty if every figure stands in the source, whatever the reply says with it. Every digit
        is kept; commas between thousands and zeros at the end of decimals are not.

    Examples
    --------
    >>> sorted(unsupported("It costs $25 for two cards.", "Each of the 2 cards costs $20."))
    ['25']
    """
    return _figures(reply) - _figures(source)


@checked(answer=TEXT, source=TEXT, rng=Kind("a numpy.random.Generator", (np.random.Generator,)))
def plant(answer, source, rng):
    """Errors of known kinds, made from a true answer.

    Parameters
    ----------
    answer, source : str
        The true answer, and the page it stands on.
    rng : numpy.random.Generator
        Chooses the figure that is swapped in.

    Returns
    -------
    dict of str
        ``"true"``, the answer itself; where it holds a figure ``"doubled"``, unless that is 0,
        and, where the source holds another, ``"swapped"``; where its first word is yes or no
        ``"turned"``. Only the first figure is changed.

    Examples
    --------
    >>> made = plant("No, it costs $2,500.", "No, it costs $2,500.", np.random.default_rng(0))
    >>> made["doubled"], made["turned"]
    ('No, it costs $5,000.', 'Yes, it costs $2,500.')
    """
    made, number = {"true": answer}, NUMBER.search(answer)
    others = sorted(_figures(source) - _figures(answer))
    if number:
        before, after = answer[: number.start()], answer[number.end() :]
        if Decimal(number[0].replace(",", "")):
            made["doubled"] = before + _doubled(number[0]) + after
        if others:
            made["swapped"] = before + str(rng.choice(others)) + after
    if first := ANSWER.match(answer):
        made["turned"] = {"Yes": "No", "No": "Yes"}[first[0]] + answer[first.end() :]
    return made


def _doubled(figure):
    """Twice a figure, with commas and decimals where it had them."""
    value = Decimal(figure.replace(",", ""))
    twice = Context(prec=len(figure) + 1).multiply(value, 2)
    return f"{twice:{',' if ',' in figure else ''}f}".zfill(len(figure))


def _figures(text):
    """The figures of a text, each written in one way."""
    written = (f"{Decimal(number.replace(',', '')):f}" for number in NUMBER.findall(text))
    digits = {n.rstrip("0").rstrip(".") if "." in n else n for n in written}
    words = re.findall("[a-z]+", text.lower())
    return digits | {str(SPELT.index(word)) for word in words if word in SPELT}
