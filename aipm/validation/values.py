"""Single values, lists, tables and objects."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.validation.columns import Numbers, YesNo
from aipm.validation.words import between, brief, is_number


@dataclass(frozen=True)
class Number:
    """One finite number; ``above`` and ``below`` are not allowed themselves."""

    low: float = -math.inf
    high: float = math.inf
    above: float = -math.inf
    below: float = math.inf
    whole: bool = False
    infinite: bool = False  # plus and minus infinity are numbers, too

    def __call__(self, name, value):
        value = value.item() if isinstance(value, np.generic) else value
        plain = is_number(value) and not isinstance(value, bool) and value == value
        plain = plain and not (isinstance(value, int) and abs(value) > 10**15)
        fits = (
            plain
            and self.low <= value <= self.high
            and (self.above < value < self.below or self.infinite and abs(value) == math.inf)
        )
        if not fits or (self.whole and value != int(value)):
            low, high = max(self.low, self.above), min(self.high, self.below)
            kind = "a whole number" if self.whole else "a number"
            hint = ", not per cent" if plain and 0 <= low < 1e-6 and high == 1 < value else ""
            where = between(low, high, self.above >= self.low, self.below <= self.high)
            raise CourseError(f"{name} is {brief(value)}; give {kind}{where}{hint}.")
        return int(value) if self.whole else value


def Count(low=1, high=10**12):
    """One whole number."""
    return Number(low, high, whole=True)


SHARE = Number(0, 1)  # one share, the borders included
INSIDE = Number(above=0, below=1)  # one share, the borders not
SEED = Count(0, 2**32 - 1)


@dataclass(frozen=True)
class Table:
    """A pandas.DataFrame with rows, columns of different names; some of them, or all, may have
    to be numbers.
    """

    columns: tuple = ()
    least: int = 1
    numeric: bool = False
    unique: bool = False  # no two rows with one label

    def __call__(self, name, table):
        if not isinstance(table, pd.DataFrame):
            raise CourseError(f"{name} is {brief(table)}; give a pandas table.")
        if len(table) < self.least or not table.shape[1]:
            raise CourseError(
                f"{name} has {len(table):,} rows and {table.shape[1]} columns; give a column and"
                f" {self.least} rows at least."
            )
        labels = [("columns", table.columns)] + [("rows", table.index)] * self.unique
        for what, names in labels:
            if not names.is_unique:
                twice = names[names.duplicated()][0]
                raise CourseError(f"{name} has two {what} named {twice!r}; name them apart.")
        if missing := [column for column in self.columns if column not in table]:
            raise CourseError(f"{name} has no column {missing[0]!r}; add it.")
        columns = list(self.columns or table) if self.numeric else []
        plain = columns and {kind.kind for kind in table.dtypes[columns]} <= set("biuf")
        if plain and np.isfinite(table[columns].to_numpy(dtype=float)).all():
            return table
        for column in columns:
            Numbers()(f"{name}, column {column!r},", table[column])
        return table


@dataclass(frozen=True)
class Matrix:
    """Numbers in rows and columns, without gaps unless they are allowed: a two-dimensional array
    or a table of numbers.
    """

    gaps: bool = False
    least: int = 1
    frame: bool = False  # hand on a table with the names of its columns

    def __call__(self, name, values):
        table = values if isinstance(values, pd.DataFrame) else None
        if table is None:
            if not _regular(values) or np.ndim(values) != 2:
                raise CourseError(f"{name} is {brief(values)}; give rows and columns of numbers.")
            table = pd.DataFrame(values)
        if len(table) < self.least or not table.shape[1]:
            raise CourseError(f"{name} has {len(table)} rows; give {self.least} at least.")
        plain = {kind.kind for kind in table.dtypes} <= set("biuf")
        if plain and np.isfinite(table.to_numpy(dtype=float)).all():
            return table.astype(float) if self.frame else table.to_numpy(dtype=float)
        for place, column in enumerate(table):
            numbers = table.iloc[:, place]
            numbers = numbers[numbers.notna()] if self.gaps else numbers
            if len(numbers):
                Numbers()(f"{name}, column {column!r},", numbers)
        return table.astype(float) if self.frame else table.astype(float).to_numpy()


@dataclass(frozen=True)
class Cases:
    """For each case yes or no; or one value for all, by default their count."""

    single: object = Count(0)

    def __call__(self, name, value):
        alone = _regular(value) and np.ndim(value) == 0
        return self.single(name, value) if alone else YesNo()(name, value)


@dataclass(frozen=True)
class Choice:
    """One of some values."""

    options: tuple

    def __call__(self, name, value):
        value = value.item() if isinstance(value, np.generic) else value
        if not any(type(value) is type(option) and value == option for option in self.options):
            told = ", ".join(map(repr, self.options))
            raise CourseError(f"{name} is {brief(value)}; choose one of {told}.")
        return value


@dataclass(frozen=True)
class Kind:
    """An object of a class or with some methods, in words that a reader knows."""

    words: str
    classes: tuple = (object,)
    methods: tuple = ()
    options: tuple = ()

    def __call__(self, name, value):
        able = all(callable(getattr(value, method, None)) for method in self.methods)
        if value is None or not isinstance(value, self.classes) or not able:
            raise CourseError(f"{name} is {brief(value)}; give {self.words}.")
        return value


TEXT = Kind("a text", (str,))
FLAG = Kind("True or False", (bool, np.bool_))
FUNCTION = Kind("a function", methods=("__call__",))
MODEL = Kind("a scikit-learn model", methods=("fit", "predict"))
CLASSIFIER = Kind("a scikit-learn classifier", methods=("fit", "predict_proba"))


@dataclass(frozen=True)
class Several:
    """A list of values of one kind."""

    kind: object
    least: int = 1

    def __call__(self, name, values):
        if isinstance(values, (str, bytes, dict)) or not hasattr(values, "__iter__"):
            raise CourseError(f"{name} is {brief(values)}; give a list.")
        found = [self.kind(name, value) for value in values]
        if len(found) < self.least:
            raise CourseError(f"{name} has {len(found)} values; give {self.least} at least.")
        return found


@dataclass(frozen=True)
class Mapping:
    """A dict with some keys, and values of one kind."""

    kind: object
    keys: tuple = ()
    least: int = 1

    def __call__(self, name, values):
        if not isinstance(values, dict) or len(values) < self.least:
            raise CourseError(f"{name} is {brief(values)}; give a dict.")
        if missing := [key for key in self.keys if key not in values]:
            raise CourseError(f"{name} has no {missing[0]!r}; add it.")
        return {key: self.kind(f"{name}, {key!r},", value) for key, value in values.items()}


def _regular(values):
    """Whether numpy can tell how many dimensions the values have."""
    try:
        np.ndim(values)
    except ValueError:
        return False
    return True
