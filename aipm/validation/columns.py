"""Columns: of groups, of yes and no, of numbers."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api import types

from aipm.errors import CourseError
from aipm.validation.words import between, brief, is_number


@dataclass(frozen=True)
class Labels:
    """A column of groups, such as days or sexes: anything but missing values."""

    least: int = 1
    index: bool = False  # hand on a pandas.Series with the caller's index

    def __call__(self, name, values):
        return self._given(self._column(name, values))

    def _is_plain(self, values, kinds):
        """Whether values are an array whose every check numpy makes at once."""
        array = type(values) is np.ndarray and values.ndim == 1 and values.dtype.kind in kinds
        return array and not self.index and len(values) >= max(self.least, 1)

    def _given(self, column):
        return column if self.index else column.to_numpy()

    def _column(self, name, values):
        try:
            dimensions = values.ndim if hasattr(values, "ndim") else np.ndim(values)
        except ValueError:
            dimensions = 2  # lists of unequal lengths
        if dimensions != 1:
            what = f"has {dimensions} dimensions" if dimensions else f"is {brief(values)}"
            raise CourseError(f"{name} {what}; give one column of values.")
        column = values if isinstance(values, pd.Series) else pd.Series(values)
        if len(column) < self.least:
            raise CourseError(f"{name} has {len(column)} rows; give {self.least} at least.")
        _refuse(name, column, column.isna(), "is missing", "fill these rows, or leave them out")
        if len(column) and np.ndim(column.iloc[0]):
            raise CourseError(f"{name} has a list in each row; give one column of values.")
        return column


@dataclass(frozen=True)
class YesNo(Labels):
    """A column of True and False, or 1 and 0."""

    both: bool = False  # at least one of each

    def __call__(self, name, values):
        if self._is_plain(values, "b"):
            column = values
        else:
            column = self._column(name, values)
        if not types.is_bool_dtype(column.dtype):
            wrong = ~(_are_numbers(column) & column.isin([0, 1]))
            _refuse(name, column, wrong, "is not yes or no", "give True and False, such as by ==")
            column = column.map(bool)
        column = column.astype(bool)
        if self.both and column.all() == column.any():
            raise CourseError(f"{name} is all {bool(column.all())}; give cases of both kinds.")
        return column if isinstance(column, np.ndarray) else self._given(column)


@dataclass(frozen=True)
class Numbers(Labels):
    """A column of finite numbers."""

    low: float = -math.inf
    high: float = math.inf

    def __call__(self, name, values):
        if self._is_plain(values, "biuf"):
            plain = values.astype(float)
            if np.isfinite(plain).all() and self.low <= plain.min() <= plain.max() <= self.high:
                return plain
        column = self._column(name, values)
        wrong = ~_are_numbers(column)
        _refuse(name, column, wrong, "is not a number", "turn text and dates into numbers first")
        column = column.astype(float)
        _refuse(name, column, ~np.isfinite(column), "is not finite", "leave these rows out")
        outside = (column < self.low) | (column > self.high)
        hint = "divide per cent by 100" if (self.low, self.high) == (0, 1) else "correct them"
        _refuse(name, column, outside, f"is not{between(self.low, self.high)}", hint)
        return self._given(column)


def _are_numbers(column):
    """For each value whether it is one real number."""
    if types.is_numeric_dtype(column.dtype) and not types.is_complex_dtype(column.dtype):
        return np.ones(len(column), dtype=bool)
    return column.map(is_number).to_numpy(dtype=bool)


def _refuse(name, column, wrong, what, advice):
    """One sentence about the rows of a column that are wrong, if there are any."""
    wrong = np.asarray(wrong, dtype=bool)
    if wrong.any():
        first = int(wrong.argmax())
        raise CourseError(
            f"{name} {what} in {wrong.sum():,} of {len(column):,} rows, the first"
            f"{'' if what == 'is missing' else f', {brief(column.iloc[first])},'} at position"
            f" {first}; {advice}."
        )
