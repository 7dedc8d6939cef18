"""Estimates from columns: a mean, an AUC, or any statistic."""

import numpy as np
from scipy import stats

from aipm.errors import CourseError
from aipm.estimates.estimate import LEVEL, Estimate, numbers, yes_or_no

DRAWS = 1_000  # of a bootstrap; limits then vary by a twentieth of half the interval


def mean(values, groups=None):
    """Mean of a column with its 95 % interval by Student's t.

    Parameters
    ----------
    values : array-like of shape (n,)
        Numbers or yes-or-no values.
    groups : array-like of shape (n,), optional
        What makes rows hang together, such as the day of a flight. The interval then rests on how
        much whole groups vary [1]_, and ``n`` counts groups.

    Returns
    -------
    Estimate
        In the unit of the values.

    Raises
    ------
    CourseError
        If a value is missing, or there are fewer than two values or groups.

    References
    ----------
    .. [1] W. G. Cochran (1977), Sampling Techniques, 3rd edition, chapter 9A: the mean per
       element of clusters of unequal size.
    """
    column = numbers("mean", values)
    if groups is None:
        low, high = stats.t.interval(LEVEL, len(column) - 1, column.mean(), column.sem())
        return Estimate(column.mean(), low, high, len(column), "Student's t", "mean")
    by_group = column.groupby(np.asarray(groups)).agg(["sum", "size"])
    n, middle = len(by_group), column.mean()
    if n < 2:
        raise CourseError(f"mean: there is {n} group; an interval needs at least two.")
    spread = by_group["sum"] - middle * by_group["size"]
    standard_error = np.sqrt(n / (n - 1) * (spread**2).sum()) / len(column)
    half = stats.t.ppf((1 + LEVEL) / 2, n - 1) * standard_error
    return Estimate(middle, middle - half, middle + half, n, "Student's t over groups", "mean")


def auc(y_true, y_score):
    """Area under the ROC curve with its 95 % interval by DeLong [1]_, on the log-odds scale.

    Parameters
    ----------
    y_true : array-like of bool of shape (n,)
        Whether each case is positive.
    y_score : array-like of shape (n,)
        Higher where the model expects a positive.

    Returns
    -------
    Estimate
        ``value`` is ``sklearn.metrics.roc_auc_score``.

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
    positive, score = yes_or_no("auc", y_true), numbers("auc", y_score).to_numpy()
    if len(positive) != len(score):
        raise CourseError(
            f"auc: {len(positive)} outcomes and {len(score)} scores; give one score for each case."
        )
    above, below = score[positive], score[~positive]
    if min(len(above), len(below)) < 2:
        raise CourseError(
            f"auc: {len(above)} cases are positive and {len(below)} negative; an interval needs"
            " two of each."
        )
    ranks = stats.rankdata(score)
    wins = (ranks[positive] - stats.rankdata(above)) / len(
        below
    )  # for each positive, the share of negatives below it
    losses = 1 - (ranks[~positive] - stats.rankdata(below)) / len(above)
    value = float(wins.mean())
    error = np.sqrt(wins.var(ddof=1) / len(above) + losses.var(ddof=1) / len(below))
    if not 0 < value < 1:
        return Estimate(
            value, value, value, len(score), "no interval: the order is perfect", "score"
        )
    half = stats.norm.ppf((1 + LEVEL) / 2) * error / (value * (1 - value))
    low, high = 1 / (1 + np.exp(-(np.log(value / (1 - value)) + np.array([-half, half]))))
    return Estimate(value, low, high, len(score), "DeLong", "score")


def bootstrap(statistic, *columns):
    """Any statistic with its 95 % interval by the bootstrap: cases drawn again with replacement,
    percentiles taken.

    Parameters
    ----------
    statistic : callable
        From the columns to one number, such as ``sklearn.metrics.cohen_kappa_score``.
    *columns : array-like of shape (n,)
        A case is a row across all columns, and is drawn whole.

    Returns
    -------
    Estimate
        By ``scipy.stats.bootstrap``, seeded: the same columns give the same limits.

    Raises
    ------
    CourseError
        If the columns differ in length or hold fewer than two cases.
    """
    arrays = [np.asarray(column) for column in columns]
    sizes = {len(array) for array in arrays}
    if len(sizes) != 1 or max(sizes) < 2:
        raise CourseError(
            f"bootstrap: the columns have {', '.join(str(len(a)) for a in arrays)} rows; give"
            " columns of one length, two rows at least."
        )
    drawn = stats.bootstrap(
        (np.arange(len(arrays[0])),),
        lambda rows: statistic(*(a[rows] for a in arrays)),
        vectorized=False,
        n_resamples=DRAWS,
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(0),
    )
    low, high = drawn.confidence_interval
    return Estimate(float(statistic(*arrays)), low, high, len(arrays[0]), "bootstrap", "score")
