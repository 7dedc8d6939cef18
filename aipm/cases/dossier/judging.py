"""Hold the pieces of a case against the ten lines of the gate."""

import math

import pandas as pd

from aipm.cases.dossier.pieces import CASE, PLAN, law
from aipm.estimates.estimate import Estimate
from aipm.validation import SHARE, TEXT, Choice, Numbers, Table, checked

NAMES = {"nobody": 0, "drafted": 0.5, "signed": 1}
LAUNCH, STOP = 0.75, 0.25  # every function must reach the first; below the second nothing ships
PIECES = Table(("value", "low", "high", "limit_low", "limit_high", "note"), unique=True)
LINES = Table(("function", "points"), unique=True)
SIGNED = Choice(tuple(NAMES))


@checked(pieces=PIECES, case=CASE, today=TEXT, names=SIGNED)
def gate(pieces, case, today, names="drafted"):
    """The ten lines of the gate with their points.

    Parameters
    ----------
    pieces : pandas.DataFrame
        From ``collect``, with what was measured since.
    case, today, names : str
        ``names`` is ``"nobody"``, ``"drafted"`` or ``"signed"``.

    Returns
    -------
    pandas.DataFrame
        A row a line: ``function``, ``asks``, ``points`` (1, one half or 0) and ``why``.
    """
    rows = {}
    for line, asked in PLAN["lines"].items():
        if line == "law":
            points, why = law(case, today)["points"].min(), "as sure as its weakest fact"
        elif line == "names":
            points, why = NAMES[names], names
        else:
            points, why = _points(pieces.loc[line])
        rows[line] = asked | {"points": float(points), "why": why}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("line")


@checked(lines=LINES)
def sections(lines):
    """Mean of the points of each NIST function.

    Parameters
    ----------
    lines : pandas.DataFrame
        From :func:`aipm.cases.dossier.gate`.

    Returns
    -------
    pandas.Series
        From 0 to 1, in the gate's order.
    """
    Numbers(0, 1)("sections: lines, column 'points',", lines["points"])
    return lines.groupby("function", sort=False)["points"].mean()


@checked(lines=LINES, launch=SHARE, stop=SHARE)
def verdict(lines, launch=LAUNCH, stop=STOP):
    """What the rule of the gate decides.

    Parameters
    ----------
    lines : pandas.DataFrame
        From :func:`aipm.cases.dossier.gate`.
    launch, stop : float
        Mean points that every function must reach, and below which none may lie.

    Returns
    -------
    str
        ``"launch"`` if no line is at 0 and every function reaches ``launch``; ``"stop"`` if one
        lies below ``stop``; else ``"limit"``.
    """
    weakest = sections(lines).min()
    if weakest >= launch and lines["points"].min() > 0:
        return "launch"
    return "stop" if weakest < stop else "limit"


def _points(piece):
    """Points of a measured line, and why. A value that has no interval, or one without width, is
    held against the limits alone and earns one half at most.
    """
    if math.isnan(piece["value"]):
        return 0, piece["note"]
    sure = piece["low"] < piece["high"]
    ends = (piece["low"], piece["high"]) if sure else (piece["value"], piece["value"])
    found = Estimate(piece["value"], *ends, n=1, method="as recorded", kind="score")
    said = found.against(piece["limit_low"], piece["limit_high"])
    if said == "beyond":
        return 0, "fails: all of it lies beyond the limit"
    if said == "cannot tell":
        return 0.5, "cannot tell: the interval holds the limit"
    if not sure or piece["note"]:
        return 0.5, piece["note"] or "no interval"
    return 1, "holds, with its interval"
