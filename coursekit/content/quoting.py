"""Write a lab's numbers as a reader sees them, and find where the book quotes them."""

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from aipm.errors import CourseError, EvidenceError
from aipm.estimates.printing import NBSP
from aipm.estimates.printing import show as written

REFERENCE = re.compile(
    r"(?:(?P<chapter>\w+)/)?(?P<key>\w+)(?:\[(?P<part>\w+)\])?(?::(?P<spec>.+))?"
)
ROLE = re.compile(r"\{result\}`([^`]+)`")
CHAPTER = re.compile(r"\d\d_\w+")


@dataclass(frozen=True)
class Quote:
    """A place that quotes a lab's number: the page, the role's text, the chapter of the lab."""

    page: str
    text: str
    chapter: str

    def shown(self, evidence):
        """What a reader sees, drawn from some evidence of the chapter."""
        return show(evidence, REFERENCE.fullmatch(self.text))


def quotes(root):
    """Every place of the book that quotes a lab's number, a list of :class:`Quote`: pages with
    their front matter, quizzes and work documents. Other pages, such as the cheat sheet, are
    drawn from these.
    """
    found, book = [], Path(root) / "book"
    for path in sorted([*book.rglob("*.md"), *book.rglob("*.yml")]):
        for text in ROLE.findall(path.read_text(encoding="utf-8")):
            reference = REFERENCE.fullmatch(text.strip())
            chapter = reference and (reference["chapter"] or path.stem)
            if chapter and CHAPTER.fullmatch(chapter):  # else the build names what is wrong
                found.append(Quote(path.relative_to(root).as_posix(), text.strip(), chapter))
    return found


def number(value, spec):
    """A value as a reader sees it.

    Parameters
    ----------
    value : float, int, bool or str
    spec : str or None
        Python's format specification, or ``pp`` with its precision, such as ``.0pp``, for
        a difference of shares in percentage points.

    Returns
    -------
    str
        With a true minus sign, and with no place to break a line.

    Raises
    ------
    EvidenceError
        If the specification does not suit the value.
    """
    if isinstance(value, (bool, str)):
        if spec:
            raise EvidenceError(
                f"the value is {value!r}, which takes no format; leave out ':{spec}'."
            )
        return value if isinstance(value, str) else "yes" if value else "no"
    if spec is None and isinstance(value, float):
        raise EvidenceError(
            f"the value is {value}; say how to write it, for example with ':.2f' or ':.1%'."
        )
    try:
        return written(value, spec or "")
    except CourseError:
        raise EvidenceError(
            f"{spec!r} is not a format for {value!r}; write for example ':.2f', ':.1%', ':,' or"
            " ':pp'."
        ) from None


def show(evidence, reference):
    """Text for a reference such as ``best_test_auc[interval]:.2f``, already split by REFERENCE."""
    key, part, spec = reference["key"], reference["part"], reference["spec"]
    entry = pick(evidence, "results", key)
    if part is None:
        return number(entry["value"], spec)
    if part == "n":
        if "n" not in entry:
            raise EvidenceError(
                f"{key!r} was recorded without n; give it in the lab, as in record(…,"
                " n=len(y_test))."
            )
        return number(entry["n"], spec)
    if part not in ("interval", "low", "high"):
        raise EvidenceError(f"{key}[{part}] is not known; write [n], [interval], [low] or [high].")
    if "interval" not in entry:
        raise EvidenceError(
            f"{key!r} was recorded without an interval; give it in the lab, as in record(…,"
            " interval=(low, high))."
        )
    low, high = (number(limit, spec) for limit in entry["interval"])
    return {"low": low, "high": high, "interval": f"{low}{NBSP}to{NBSP}{high}"}[part]


def pick(evidence, kind, key):
    entries = evidence[kind]
    if key not in entries:
        close = difflib.get_close_matches(key, entries, 3, 0.5)
        hint = (
            f"did you mean {' or '.join(close)}?" if close else f"it has {_some(sorted(entries))}."
        )
        raise EvidenceError(f"{evidence['chapter']} records no {kind[:-1]} {key!r}; {hint}")
    return entries[key]


def _some(names, most=8):
    """A few names for a message."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "") or "none"
