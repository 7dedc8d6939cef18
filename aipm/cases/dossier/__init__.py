"""Assemble the dossier of a product from what the labs recorded, and hold it against a gate.

``gate.yml`` names the ten lines of the gate and, for each case, the recorded result that
answers each. Whether a record still holds is judged by :mod:`aipm.course.recorded`, as everywhere.
"""

import datetime
import math
from pathlib import Path

import pandas as pd
import yaml

from aipm.course import plain
from aipm.course.recorded import EVIDENCE, problems, read
from aipm.errors import CourseError

ROOT = Path(__file__).resolve().parents[3]
PLAN = yaml.safe_load(Path(__file__).with_name("gate.yml").read_text(encoding="utf-8"))
FORM = Path(__file__).with_name("form.md")
NAMES = {"nobody": 0, "drafted": 0.5, "signed": 1}
SURE = {"high": 1, "medium": 0.5, "low": 0}
LAUNCH, STOP = 0.75, 0.25  # every function must reach the first; below the second nothing ships
FRESH = 183  # days after which a law is looked up again


def collect(case, folder=None):
    """What the chapters recorded for one case.

    Parameters
    ----------
    case : str
        ``"Credit"``, ``"Flights"`` or ``"Copilot"``.
    folder : path-like, optional
        Another folder of evidence than ``notebooks/evidence``.

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
    for piece in _case(case)["pieces"]:
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
            row |= _recorded(case, piece, folder)
        rows[piece.get("line", piece.get("key"))] = row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("line")


def law(case, today):
    """The facts of ``book/facts.yml`` that a case rests on, on a day such as ``"2026-11-25"``:
    a table with ``points``, 1, one half or 0 by how sure each is, 0 if checked too long ago."""
    entries = yaml.safe_load((ROOT / "book" / "facts.yml").read_text(encoding="utf-8"))
    known, wanted = {entry["id"]: entry for entry in entries}, _case(case)["facts"]
    if lacking := [name for name in wanted if name not in known]:
        raise CourseError(f"{case} rests on the fact {lacking[0]!r}; add it to book/facts.yml.")
    table = pd.DataFrame([known[name] for name in wanted]).set_index("id")
    age = datetime.date.fromisoformat(today) - table["checked"]
    return table.assign(points=table["sure"].map(SURE) * [days.days <= FRESH for days in age])


def gate(pieces, case, today, names="drafted"):
    """The ten lines of the gate with their points.

    Parameters
    ----------
    pieces : pandas.DataFrame
        From :func:`collect`, with what was measured since.
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


def sections(lines):
    """Mean of the points of each NIST function, a pandas.Series in the gate's order."""
    return lines.groupby("function", sort=False)["points"].mean()


def verdict(lines, launch=LAUNCH, stop=STOP):
    """``"launch"`` if no line is at 0 and every function reaches ``launch``; ``"stop"`` if one
    lies below ``stop``; else ``"limit"``."""
    weakest = sections(lines).min()
    if weakest >= launch and lines["points"].min() > 0:
        return "launch"
    return "stop" if weakest < stop else "limit"


def shown(piece):
    """A piece's value as a page writes it: with its interval and n, where there are any."""
    if math.isnan(piece["value"]):
        return "not measured"
    value, low, high = (
        format(piece[name], piece["format"]).replace("-", "−").replace("%", "\N{NO-BREAK SPACE}%")
        for name in ("value", "low", "high")
    )
    if high.endswith("%"):
        low = low[:-2]  # the sign stands once
    interval = "" if math.isnan(piece["low"]) else f" ({low} to {high})"
    return value + interval + ("" if math.isnan(piece["n"]) else f", n = {piece['n']:,.0f}")


def write(path, case, pieces, today, names="drafted"):
    """Write model card, gate and plans of a case as one Markdown document; returns its path."""
    lines, about, text = gate(pieces, case, today, names), _case(case), FORM.read_text("utf-8")
    card = pieces.assign(found=pieces.apply(shown, axis=1), chapter=pieces["chapter"].str[:2])
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
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    plain.put(Path(path), filled.encode())
    return Path(path)


def _table(cells):
    """Rows of a Markdown table."""
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in cells.to_numpy())


def _case(case):
    if case not in PLAN["cases"]:
        raise CourseError(f"There is no case {case!r}; choose one of {', '.join(PLAN['cases'])}.")
    return PLAN["cases"][case]


def _recorded(case, piece, folder):
    """Value, interval and n of a piece, or a refusal that names the chapter and the key."""
    chapter, key = piece["chapter"], piece["key"]
    if found := problems(ROOT, chapter, folder):
        raise CourseError(f"{case} cannot rest on chapter {chapter}: {found[0]}")
    results = read(ROOT, chapter, folder)["results"]
    if key not in results:
        raise CourseError(
            f"{case} needs the result {key!r}, which {EVIDENCE / chapter}.json does not hold: run"
            f" the lab of {chapter}, or name another key in aipm/cases/dossier/gate.yml."
        )
    entry = results[key]
    low, high = entry.get("interval", (math.nan, math.nan))
    fields = {"value": entry["value"], "low": low, "high": high, "n": entry.get("n", math.nan)}
    kept = {name: piece[name] for name in ("chapter", "says", "format")}
    return fields | kept | {"unit": entry.get("unit") or "", "note": piece.get("caveat", "")}


def _points(piece):
    """Points of a measured line, and why."""
    if math.isnan(piece["value"]):
        return 0, piece["note"]
    sure = not math.isnan(piece["low"])
    low, high = (piece["low"], piece["high"]) if sure else (piece["value"], piece["value"])
    if low > piece["limit_high"] or high < piece["limit_low"]:
        return 0, "fails: all of it lies beyond the limit"
    if low < piece["limit_low"] or high > piece["limit_high"]:
        return 0.5, "cannot tell: the interval holds the limit"
    if not sure or piece["note"]:
        return 0.5, piece["note"] or "no interval"
    return 1, "holds, with its interval"
