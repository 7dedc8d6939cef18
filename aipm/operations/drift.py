"""Measure how far a distribution has moved since a model was trained."""

import datetime

import numpy as np
import pandas as pd
from pandas.api import types

from aipm.errors import CourseError
from aipm.validation import Count, Labels, Numbers, checked
from aipm.validation.words import brief, is_number

__all__ = ["psi"]
HALF_A_ROW = 0.5  # added to every bin, so that an empty one does not make the index infinite
ROWS_A_CATEGORY = 5  # on average; the usual condition of chi-square, which the index resembles
DATES = (datetime.date, datetime.time, datetime.timedelta, pd.Period)  # pandas' own are among them
DATES += (np.datetime64, np.timedelta64)


@checked(expected=Labels(index=True), actual=Labels(index=True), bins=Count(2, 10_000))
def psi(expected, actual, bins=10):
    """Population stability index of ``actual`` against ``expected``.

    The sum over bins of (q - p) ln(q / p), where p and q are the shares of the two samples.
    It is zero when all shares agree, never negative, and the same when the samples change places
    in the same bins. Half a row is added to every bin first; where whole bins are empty, the
    size of the index says little more than that.

    Parameters
    ----------
    expected : array-like of shape (n_expected,)
        Values at reference time: numbers, or categories (text, booleans, a pandas categorical).
        Dates are neither; turn them into numbers first, such as an hour or days since.
    actual : array-like of shape (n_actual,)
        Values now, of the same kind.
    bins : int, default=10
        Bins for numbers, cut at the quantiles of ``expected``. Where these coincide because
        ``expected`` has only a few values, each value is a bin, and so is what lies between two.
        Categories are compared one by one. More than ``bins`` of them need five rows each on
        average in the smaller sample: of categories that have a row each, every new row is news,
        and the index is large although nothing moved.

    Returns
    -------
    float
        The index, without unit; natural logarithm.

    Raises
    ------
    CourseError
        If a sample is empty, holds missing values, dates or both numbers and other values, or is
        not one column; if one holds numbers and the other categories; if there are too many
        categories for the rows; or if ``bins`` is not a whole number above one.

    Notes
    -----
    Where nothing has changed and rows are independent, the index is about chi-square with
    (bins - 1) degrees of freedom times (1/n_expected + 1/n_actual) [1]_: a limit that ignores
    the sample size is no limit.

    References
    ----------
    .. [1] B. Yurdakul (2018), "Statistical Properties of Population Stability Index",
       dissertation, Western Michigan University.

    Examples
    --------
    >>> round(psi(["rain", "sun", "sun", "sun"], ["sun", "sun", "sun", "sun"]), 3)
    0.27
    """
    before, now = _sample("expected", expected), _sample("actual", actual)
    numeric = [types.is_float_dtype(sample) for sample in (before, now)]
    if numeric[0] != numeric[1]:
        kinds = ["numbers" if is_float else "categories" for is_float in numeric]
        raise CourseError(
            f"psi: expected holds {kinds[0]} and actual holds {kinds[1]}; give two samples of one"
            " kind."
        )
    if numeric[0]:
        before, now = _binned(before, now, bins)
    try:
        counts = pd.concat([s.value_counts() for s in (before, now)], axis=1).fillna(0)
    except TypeError:
        raise CourseError(
            "psi: expected or actual holds lists or other values that cannot be told apart; turn"
            " them into text or numbers."
        ) from None
    counts = counts[counts.any(axis=1)]  # a category that nobody has is no bin
    fewest = min(len(before), len(now))
    if not numeric[0] and len(counts) > max(bins, fewest / ROWS_A_CATEGORY):
        raise CourseError(
            f"psi: expected and actual hold {len(counts):,} categories in {fewest:,} rows, fewer"
            f" than {ROWS_A_CATEGORY} rows each; join the rare ones, or give numbers."
        )
    p, q = ((counts + HALF_A_ROW) / (counts + HALF_A_ROW).sum()).to_numpy().T
    return float(np.sum((q - p) * np.log(q / p)))


def _sample(name, column):
    """A column of floats or of categories, or a refusal of what is neither."""
    told = f"psi: {name}"
    if types.is_numeric_dtype(column) and not types.is_bool_dtype(column):
        return pd.Series(Numbers()(told, column))
    values = pd.Series(
        column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column
    )
    dates = values.map(lambda value: isinstance(value, DATES)).to_numpy(dtype=bool)
    if dates.any():
        raise CourseError(
            f"{told} holds dates, first {brief(values.iloc[int(dates.argmax())])}; turn them into"
            " numbers first, such as an hour of the day or days since a date."
        )
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column
    numbers = values.map(lambda v: is_number(v) and not isinstance(v, (bool, np.bool_)))
    numbers = numbers.to_numpy(dtype=bool)
    if numbers.all():
        return pd.Series(Numbers()(told, column))
    if numbers.any():
        other = values[~numbers].iloc[0]
        raise CourseError(
            f"{told} holds numbers in {numbers.sum():,} of {len(numbers):,} rows and"
            f" {brief(other)} in another; make all of them numbers, or all text."
        )
    return column


def _binned(before, now, bins):
    """Two samples of numbers as the numbers of their bins."""
    cuts = np.unique(np.quantile(before, np.arange(1, bins) / bins, method="inverted_cdf"))
    if len(cuts) == bins - 1 or before.nunique() > bins:
        return (pd.Series(np.searchsorted(cuts, sample)) for sample in (before, now))
    cuts = np.unique(before)  # odd bins are its values, even ones what lies between
    places = (np.searchsorted(cuts, s) + np.searchsorted(cuts, s, "right") for s in (before, now))
    return (pd.Series(place) for place in places)
