"""Measure how far a distribution has moved since a model was trained."""

import numpy as np
import pandas as pd
from pandas.api import types

from aipm.errors import CourseError

HALF_A_ROW = 0.5  # added to every bin, so that an empty one does not make the index infinite


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
    actual : array-like of shape (n_actual,)
        Values now, of the same kind.
    bins : int, default=10
        Bins for numbers, cut at the quantiles of ``expected``. Categories are compared value by
        value, and so are numbers whose cuts coincide because there are only a few of them.

    Returns
    -------
    float
        The index, without unit; natural logarithm.

    Raises
    ------
    CourseError
        If a sample is empty, holds missing values or is not one column; if one holds numbers and
        the other categories; or if ``bins`` is not a whole number above one.

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
    if not types.is_integer(bins) or bins < 2:
        raise CourseError(f"psi: bins is {bins!r}; give a whole number of at least 2.")
    before, now = _column("expected", expected), _column("actual", actual)
    numeric = [types.is_numeric_dtype(s) and not types.is_bool_dtype(s) for s in (before, now)]
    if numeric[0] != numeric[1]:
        kinds = ["numbers" if is_number else "categories" for is_number in numeric]
        raise CourseError(
            f"psi: expected holds {kinds[0]} and actual holds {kinds[1]}; give two samples of one"
            " kind."
        )
    if numeric[0]:
        cuts = np.unique(np.quantile(before, np.arange(1, bins) / bins, method="inverted_cdf"))
        if len(cuts) == bins - 1 or before.nunique() > bins:
            before, now = (
                pd.Series(np.searchsorted(cuts, sample, side="left")) for sample in (before, now)
            )
    counts = pd.concat([before.value_counts(), now.value_counts()], axis=1).fillna(0)
    counts = counts[counts.any(axis=1)] + HALF_A_ROW  # a category that nobody has is no bin
    p, q = (counts / counts.sum()).to_numpy().T
    return float(np.sum((q - p) * np.log(q / p)))


def _column(name, values):
    """One column without gaps, or a refusal that names it."""
    if np.ndim(values) != 1:
        raise CourseError(
            f"psi: {name} has {np.ndim(values)} dimensions; give one column of values."
        )
    sample = pd.Series(values)
    if sample.empty:
        raise CourseError(f"psi: {name} is empty; give at least one row.")
    missing = int(sample.isna().sum())
    if missing:
        raise CourseError(
            f"psi: {name} lacks a value in {missing:,} of {len(sample):,} rows; "
            "drop them and watch the share of missing rows as a number of its own."
        )
    return sample
