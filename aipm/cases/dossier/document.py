"""Write model card, gate and plans of a case as one document."""

import math
import os
from pathlib import Path

import pandas as pd

from aipm.cases.dossier.judging import PIECES, SIGNED, gate, sections, verdict
from aipm.cases.dossier.pieces import CASE, PLAN, law
from aipm.course import evidence, plain
from aipm.errors import CourseError
from aipm.estimates.printing import show
from aipm.validation import TEXT, Kind, checked

FORM = Path(__file__).with_name("form.md")


@checked(piece=Kind("a row of the table of pieces", (pd.Series, dict)))
def shown(piece):
    """A piece's value as a page writes it.

    Parameters
    ----------
    piece : pandas.Series
        A row of :func:`aipm.cases.dossier.collect`.

    Returns
    -------
    str
        With its interval and n, where there are any.
    """
    if math.isnan(piece["value"]):
        return "not measured"
    value, low, high = (
        "" if math.isnan(piece[name]) else show(piece[name], piece["format"])
        for name in ("value", "low", "high")
    )
    first = low.removesuffix("\N{NO-BREAK SPACE}%")  # the sign stands once
    interval = f" ({first} to {high})" if low else ""
    return value + interval + ("" if math.isnan(piece["n"]) else f", n = {piece['n']:,.0f}")


@checked(
    case=CASE, pieces=PIECES, today=TEXT, names=SIGNED, path=Kind("a path", (str, os.PathLike))
)
def write(case, pieces, today, names="drafted", path=None):
    """Write the dossier of a case as a Markdown document.

    Parameters
    ----------
    case, today, names : str
    pieces : pandas.DataFrame
        As for ``gate``.
    path : path-like, optional
        Where to; else ``dossier_credit.md`` or the like in the current folder, beside the
        notebook (and beside the evidence while an author records).

    Returns
    -------
    pathlib.Path
        Of the document.

    Raises
    ------
    CourseError
        If it cannot be written there.
    """
    lines, about, text = (
        gate(pieces, case, today, names),
        PLAN["cases"][case],
        FORM.read_text("utf-8"),
    )
    card = pieces.assign(
        found=pieces.apply(shown, axis=1), chapter=pieces["chapter"].str[:2].str.lstrip("0")
    )
    facts = law(case, today).astype(str)
    facts["source"] += "; " + facts["checked"] + ", " + facts["sure"]
    by_function = sections(lines)
    filled = text.format(
        case=case,
        today=today,
        **{name: about[name] for name in ("system", "role", "class", "plan")},
        verdict=verdict(lines),
        sections=", ".join(f"{name} {by_function[name]:.2f}" for name in by_function.index),
        card=_table(card[["says", "found", "unit", "chapter", "note"]]),
        facts=_table(facts[["says", "date", "source"]]),
        gate=_table(lines[["function", "asks", "points", "why"]]),
        never=_table(lines.loc[lines["points"] == 0, ["asks", "why"]]),
    )
    path = Path(path) if path else evidence.place(f"dossier_{case.lower()}.md")
    if why := plain.refused(path.parent):
        raise CourseError(f"write: {path} cannot be written ({why}); give another path.")
    plain.put(path, filled.encode())
    return path


def _table(cells):
    """Rows of a Markdown table."""
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in cells.to_numpy())
