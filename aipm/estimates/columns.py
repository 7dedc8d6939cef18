"""Estimates from columns: a mean, an AUC, or any statistic."""

import warnings

import numpy as np
import pandas as pd
from scipy import stats

from aipm.errors import CourseError
from aipm.estimates.estimate import LEVEL, Estimate
from aipm.validation import FUNCTION, INSIDE, Labels, Numbers, YesNo, checked, same_length

DRAWS = 1_000  # of a bootstrap; limits then vary by a twentieth of half the interval


@checked(equal=("values", "groups"), values=Numbers(least=2), groups=Labels(), level=INSIDE)
def mean(values, groups=None, level=LEVEL):
    """Mean of a column with its interval by Student's t.

    Parameters
    ----------
    values : array-like of shape (n,)
        Numbers or yes-or-no values.
    groups : array-like of shape (n,), optional
        What makes rows hang together, such as the day of a flight. The interval then rests on how
        much whole groups vary [1]_, and ``n`` counts groups.
    level : float
        Share of intervals that hold the truth, above 0 and below 1.

    Returns
    -------
    Estimate
        In the unit of the values; without an interval if nothing varies.

    Raises
    ------
    CourseError
        If a value or group is missing, or there are fewer than two values or groups.

    References
    ----------
    .. [1] W. G. Cochran (1977), Sampling Techniques, 3rd edition, chap. 9A: the mean per
       element of clusters of unequal size.

    Examples
    --------
    >>> print(mean([1, 2, 3, 4]))
    2.50 (0.45 to 4.55)
    """
    column, method = pd.Series(values), "Student's t"
    n, middle, error = len(column), column.mean(), column.sem()
    if groups is not None:
        by_group = column.groupby(groups).agg(["sum", "size"])
        n, method = len(by_group), "Student's t over groups"
        if n < 2:
            raise CourseError(f"mean: groups holds {n} group; an interval needs at least two.")
        spread = by_group["sum"] - middle * by_group["size"]
        error = np.sqrt(n / (n - 1) * (spread**2).sum()) / len(column)
    if error <= np.finfo(float).eps * abs(middle):
        same = "values are the same" if groups is None else "groups have the same mean"
        return Estimate.alone(middle, n, f"all {same}", "mean")
    half = stats.t.ppf((1 + level) / 2, n - 1) * error
    return Estimate(middle, middle - half, middle + half, n, method, "mean", level=level)


@checked(equal=("y_true", "y_score"), y_true=YesNo(both=True), y_score=Numbers(), level=INSIDE)
def auc(y_true, y_score, level=LEVEL):
    """Area under the ROC curve with its interval by DeLong [1]_, on the log-odds scale.

    Parameters
    ----------
    y_true : array-like of bool of shape (n,)
        Whether each case is positive.
    y_score : array-like of shape (n,)
        Higher where the model expects a positive.
    level : float
        Share of intervals that hold the truth, above 0 and below 1.

    Returns
    -------
    Estimate
        ``value`` is ``sklearn.metrics.roc_auc_score``; without an interval if the order is
        perfect.

    Raises
    ------
    CourseError
        If the columns differ in length, hold gaps, or a class has fewer than two cases.

    References
    ----------
    .. [1] E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson (1988), "Comparing the areas under
       two or more correlated receiver operating characteristic curves: a nonparametric approach",
       Biometrics 44(3), 837-845.
    """
    above, below = y_score[y_true], y_score[~y_true]
    if min(len(above), len(below)) < 2:
        raise CourseError(
            f"auc: y_true has {len(above)} positive cases and {len(below)} negative ones; an"
            " interval needs two of each."
        )
    ranks = stats.rankdata(y_score)
    # for each positive the share of negatives below it, and for each negative that above it
    wins = (ranks[y_true] - stats.rankdata(above)) / len(below)
    losses = 1 - (ranks[~y_true] - stats.rankdata(below)) / len(above)
    value, n = float(wins.mean()), len(y_score)
    error = np.sqrt(wins.var(ddof=1) / len(above) + losses.var(ddof=1) / len(below))
    if not 0 < value < 1 or error == 0:
        reason = "no case beats another" if 0 < value < 1 else "the order is perfect"
        return Estimate.alone(value, n, reason, "score")
    half = stats.norm.ppf((1 + level) / 2) * error / (value * (1 - value))
    low, high = 1 / (1 + np.exp(-(np.log(value / (1 - value)) + np.array([-half, half]))))
    return Estimate(value, low, high, n, "DeLong", "score", level=level)


@checked(statistic=FUNCTION, columns=Labels(least=2), level=INSIDE)
def bootstrap(statistic, *columns, level=LEVEL):
    """Any statistic with its interval by the bootstrap: cases drawn again with replacement,
    percentiles taken.

    Parameters
    ----------
    statistic : callable
        From the columns to one number, such as ``sklearn.metrics.cohen_kappa_score``.
    *columns : array-like of shape (n,)
        A case is a row across all columns, and is drawn whole.
    level : float
        Share of intervals that hold the truth, above 0 and below 1.

    Returns
    -------
    Estimate
        By ``scipy.stats.bootstrap``, seeded: the same columns give the same limits. Without an
        interval if every draw gives the same.

    Raises
    ------
    CourseError
        If the columns differ in length, hold gaps or fewer than two cases, or the statistic gives
        no number for them or for some of the draws.
    """
    if not columns:
        raise CourseError("bootstrap: columns is empty; give one column at least.")
    numbered = {f"column {place}": column for place, column in enumerate(columns, 1)}
    same_length("bootstrap", **numbered)
    value = _number(statistic, columns)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of draws without a number: they are counted below
        drawn = stats.bootstrap(
            (np.arange(len(columns[0])),),
            lambda rows: _number(statistic, [column[rows] for column in columns]),
            vectorized=False,
            n_resamples=DRAWS,
            confidence_level=level,
            method="percentile",
            rng=np.random.default_rng(0),
        )
    found, n = drawn.bootstrap_distribution, len(columns[0])
    if not (np.isfinite(value) and np.isfinite(found).all()):
        lost = int((~np.isfinite(found)).sum()) if np.isfinite(value) else len(found)
        raise CourseError(
            f"bootstrap: statistic is no number in {lost:,} of {len(found):,} draws; give more"
            " cases, or a statistic that is defined for every draw."
        )
    if found.min() == found.max():
        return Estimate.alone(value, n, "every draw gives the same", "score")
    low, high = drawn.confidence_interval
    return Estimate(value, low, high, n, "bootstrap", "score", level=level)


def _number(statistic, columns):
    """The statistic as a float, or a refusal."""
    found = statistic(*columns)
    if np.ndim(found):
        raise CourseError("bootstrap: statistic gives several values; return one number.")
    return float(found)
