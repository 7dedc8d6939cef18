"""Read the datasheets of ``book/datasets.md``, the one place that says what each table holds."""

import re
from dataclasses import dataclass

import pandera.pandas as pa

from coursekit import ROOT

PAGE = ROOT / "book" / "datasets.md"
PARTS = ("Rows.", "How it came about.", "Terms.", "Known faults.", "Not for")
TITLE = re.compile(r"^## (?=.*\(`)", re.MULTILINE)
ROW = re.compile(
    r"^\| `(\w+)`(?: to `(\w+)`)? \| ([^|]+) \| ((?:[^|\\]|\\\|)*) \| [^|]+ \|$", re.MULTILINE
)
EMPTY = "; some empty"
KINDS = {
    "whole number": "int64",
    "number": "float64",
    "yes/no": "bool",
    "category": "category",
    "text": "str",
    "list": "object",
    "list of lists": "object",
}


@dataclass(frozen=True)
class Sheet:
    """What the page says of one table: its text, number of rows, and columns in order."""

    text: str
    rows: int
    columns: dict

    def schema(self):
        """The columns as a pandera.DataFrameSchema, in order and complete."""
        return pa.DataFrameSchema(self.columns, strict=True, ordered=True)


def read(path=PAGE):
    """Sheets of the page by the names in their titles, as in "## Credit (`credit`)"."""
    sheets = {}
    for sheet in TITLE.split(path.read_text(encoding="utf-8"))[1:]:
        title, _, text = sheet.partition("\n")
        said = re.search(r"\*\*Rows\.\*\*(.*)", text)
        said = said[1].strip(" .") if said else "0"
        each = {name: number for number, name in re.findall(r"([\d,]+) \(`(\w+)`\)", said)}
        for name in re.findall(r"`(\w+)`", title):
            rows = int(each.get(name, said).replace(",", ""))
            sheets[name] = Sheet(text, rows, _columns(text))
    return sheets


def _columns(text):
    """Each described column by name, as a pandera.Column."""
    columns = {}
    for first, last, kind, values in ROW.findall(text):
        for name in _series(first, last):
            columns[name] = _column(kind.strip(), values.strip())
    return columns


def _series(first, last):
    """Names of a row of the table, which is one column, or a numbered series."""
    if not last:
        return [first]
    stem, low, high = first[:-2], int(first[-2:]), int(last[-2:])
    return [f"{stem}{number:02}" for number in range(low, high + 1)]


def _column(kind, values):
    """A column of a kind whose values are a range, a list or a pattern in backticks."""
    nullable, values = EMPTY in values, values.replace(EMPTY, "")
    checks = []
    if pattern := re.fullmatch(r"`(.+)`", values):
        allowed = re.compile(pattern[1].replace(r"\|", "|"))
        checks.append(pa.Check(lambda value: bool(allowed.fullmatch(value)), element_wise=True))
    elif limits := re.fullmatch(r"(\S+) to (\S+)", values):
        low, high = (float(limit.replace(",", "").replace("−", "-")) for limit in limits.groups())
        checks.append(pa.Check.in_range(low, high))
    elif values:
        checks.append(pa.Check.isin(values.split(", ")))
    return pa.Column(KINDS.get(kind), checks, nullable=nullable)
