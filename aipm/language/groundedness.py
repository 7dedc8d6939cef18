"""A check that a program can make: does every figure of a reply stand in its source?"""

import re

NUMBER = r"\d[\d,]*(?:\.\d+)?"
SPELT = "zero one two three four five six seven eight nine ten".split()


def unsupported(reply, source):
    """Figures of a reply that its source does not hold.

    Parameters
    ----------
    reply, source : str
        Figures may be written in digits, or in words up to ten.

    Returns
    -------
    set of str
        Empty if every figure stands in the source, whatever the reply says with it.

    Examples
    --------
    >>> sorted(unsupported("It costs $25 for two cards.", "Each of the 2 cards costs $20."))
    ['25']
    """
    return _figures(reply) - _figures(source)


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
        ``"true"``, the answer itself; where it holds a figure ``"doubled"`` and, where the source
        holds another, ``"swapped"``; where it begins with yes or no ``"turned"``.
    """
    made, number = {"true": answer}, re.search(NUMBER, answer)
    others = sorted(_figures(source) - _figures(answer))
    if number:
        double = f"{2 * float(number[0].replace(',', '')):g}"
        made["doubled"] = answer.replace(number[0], double, 1)
    if number and others:
        made["swapped"] = answer.replace(number[0], rng.choice(others), 1)
    if re.match("Yes|No", answer):
        made["turned"] = "No" + answer[3:] if answer[0] == "Y" else "Yes" + answer[2:]
    return made


def _figures(text):
    digits = {f"{float(n.replace(',', '')):g}" for n in re.findall(NUMBER, text)}
    words = re.findall("[a-z]+", text.lower())
    return digits | {str(SPELT.index(word)) for word in words if word in SPELT}
