"""Collect what the chapters recorded for a case, and the facts of law that it rests on."""

import datetime
import math
import os
from pathlib import Path

import pandas as pd
import yaml

from aipm.course import paths, recorded
from aipm.errors import CourseError
from aipm.validation import TEXT, Choice, Kind, checked

PLAN = yaml.safe_load(Path(__file__).with_name("gate.yml").read_text(encoding="utf-8"))
CASE = Choice(tuple(PLAN["cases"]))
FOLDER = Kind("the path of a folder", (str, os.PathLike))
SURE = {"high": 1, "medium": 0.5, "low": 0}
FRESH = 183  # days after which a law is looked up again


@checked(case=CASE, folder=FOLDER)
def collect(case, folder=None):
    """What the chapters recorded for one case.

    Parameters
    ----------
    case : str
        ``"Credit"``, ``"Flights"`` or ``"Copilot"``.
    folder : path-like, optional
        Another folder of evidence than the course's.

    Returns
    -------
    pandas.DataFrame
        A row a piece, indexed by the gate's line, or by its key if it stands on the card only:
        ``chapter``, ``says``, ``value``, ``low`` and ``high`` (its interval), ``n``, ``unit``,
        ``limit_low`` and ``limit_high`` (where it has to lie), ``limit`` (the same in words),
        ``format`` and ``note``.

    Raises
    ------
    CourseError
        If there is no such case, or a chapter's evidence is missing, stale or lacks the result.
    """
    rows = {}
    for piece in PLAN["cases"][case]["pieces"]:
        row = dict.fromkeys(["chapter", "says", "format", "unit", "note"], "")
        row |= dict.fromkeys(["value", "low", "high", "n"], math.nan)
        row["limit_low"] = piece.get("at_least", -math.inf)
        row["limit_high"] = piece.get("at_most", math.inf)
        told = [name for name in ("at_least", "at_most") if name in piece]
        row["limit"] = ", ".join(f"{name.replace('_', ' ')} {piece[name]:g}" for name in told)
        if "missing" in piece:
            row["note"] = f"not measured: {piece['missing']}"
            row["says"] = PLAN["lines"][piece["line"]]["asks"]
        else:
            row |= _measured(case, piece, folder)
        rows[piece.get("line", piece.get("key"))] = row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("line")


@checked(chapter=TEXT, folder=FOLDER)
def results(chapter, folder=None):
    """What one chapter recorded.

    Parameters
    ----------
    chapter : str
        Slug, such as ``"05_overfitting"``.
    folder : path-like, optional
        Another folder of evidence than the course's.

    Returns
    -------
    dict
        By key a dict with ``value`` and, if there are any, ``interval``, ``n``, ``unit`` and
        ``method``.

    Raises
    ------
    CourseError
        If the chapter's evidence is missing or stale.
    """
    return _trusted(chapter, folder, f"results: nothing can rest on chapter {chapter}")


def facts():
    """Dated facts of law, as the course's page of facts holds them.

    Returns
    -------
    list of dict
        With ``id``, ``says``, ``date``, ``source``, ``checked`` and ``sure``.
    """
    return yaml.safe_load(paths.find("book/facts.yml").read_text(encoding="utf-8"))


@checked(case=CASE, today=TEXT)
def law(case, today):
    """The facts that a case rests on.

    Parameters
    ----------
    case : str
    today : str
        A day such as ``"2026-11-25"``.

    Returns
    -------
    pandas.DataFrame
        A row a fact, with ``points``: 1, one half or 0 by how sure it is, 0 if it was checked too
        long ago.
    """
    try:
        day = datetime.date.fromisoformat(today)
    except ValueError:
        raise CourseError(f"law: today is {today!r}; give a day such as '2026-11-25'.") from None
    known, wanted = {fact["id"]: fact for fact in facts()}, PLAN["cases"][case]["facts"]
    if lacking := [name for name in wanted if name not in known]:
        raise CourseError(f"{case} rests on the fact {lacking[0]!r}; add it to book/facts.yml.")
    table = pd.DataFrame([known[name] for name in wanted]).set_index("id")
    age = day - table["checked"]
    return table.assign(points=table["sure"].map(SURE) * [days.days <= FRESH for days in age])


def _trusted(chapter, folder, refusal):
    """Results of a chapter whose evidence still holds."""
    if found := recorded.problems(paths.root(), chapter, folder):
        raise CourseError(f"{refusal}: {found[0]}")
    return recorded.read(paths.root(), chapter, folder)["results"]


def _measured(case, piece, folder):
    """Value, interval and n of a piece, or a refusal that names the chapter and the key."""
    chapter, key = piece["chapter"], piece["key"]
    found = _trusted(chapter, folder, f"{case} cannot rest on chapter {chapter}")
    if key not in found:
        raise CourseError(
            f"{case} needs the result {key!r}, which {recorded.EVIDENCE / chapter}.json does not"
            f" hold: run the lab of {chapter}, or name another key in"
            " aipm/cases/dossier/gate.yml."
        )
    entry = found[key]
    low, high = entry.get("interval", (math.nan, math.nan))
    fields = {"value": entry["value"], "low": low, "high": high, "n": entry.get("n", math.nan)}
    kept = {name: piece[name] for name in ("chapter", "says", "format")}
    return fields | kept | {"unit": entry.get("unit") or "", "note": piece.get("caveat", "")}
