"""Estimates with their uncertainty: one line in a notebook, one object with value, interval, n and method.

Print an estimate and it reads as on a page, ``23 of 32, 72 % (55 to 84 %)``; ``evidence.record`` takes it whole.
``tests/test_estimates.py`` compares each with another implementation and counts how often its interval holds the truth.
"""

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from aipm.errors import CourseError
from aipm.estimate import Comparison, Estimate

__all__ = ["Comparison", "Estimate", "auc", "bootstrap", "difference", "mean", "paired", "share"]
LEVEL = 0.95
DRAWS = 1_000  # samples of a bootstrap; the limits then vary by about a twentieth of the interval's half width


def share(hits, of=None):
    """Share of cases that are so, with its 95 % interval by Wilson [1]_.

    Parameters
    ----------
    hits : int, or array-like of bool of shape (n,)
        How many, or for each case whether it is so.
    of : int, optional
        Of how many; only with a count.

    Returns
    -------
    Estimate
        ``value`` between 0 and 1; prints as ``23 of 32, 72 % (55 to 84 %)``.

    Raises
    ------
    CourseError
        If there is no case, a value is missing or not yes or no, or the count is above its total.

    References
    ----------
    .. [1] E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22, 209-212.
    """
    if of is None:
        answers = _yes_or_no("share", hits)
        hits, of = int(answers.sum()), len(answers)
    hits, of = int(hits), int(of)
    if not 0 <= hits <= of or of == 0:
        raise CourseError(f"share: {hits} of {of} is no share; give a count and its total, such as share(23, 32).")
    low, high = proportion_confint(hits, of, method="wilson")
    return Estimate(hits / of, low, high, of, "Wilson", "share", hits=hits)


def difference(first, second):
    """Difference of two shares of different people, first minus second, with its 95 % interval by Newcombe [1]_.

    Parameters
    ----------
    first, second : Estimate
        Two results of :func:`share`. For two answers about the same cases use :func:`paired`.

    Returns
    -------
    Estimate
        ``value`` between -1 and 1; ``n`` counts both groups; prints in percentage points.

    References
    ----------
    .. [1] R. G. Newcombe (1998), "Interval estimation for the difference between independent proportions: comparison of
       eleven methods", Statistics in Medicine 17, 873-890.
    """
    for name, given in (("first", first), ("second", second)):
        if getattr(given, "kind", None) != "share":
            raise CourseError(f"difference: {name} is {given!r}; give two shares, such as difference(share(23, 32), share(10, 30)).")
    low, high = confint_proportions_2indep(first.hits, first.n, second.hits, second.n, method="newcomb", compare="diff")
    return Estimate(first.value - second.value, low, high, first.n + second.n, "Newcombe", "difference")


def paired(first_right, second_right):
    """Compare two systems on the same cases; only cases on which they part carry information.

    Parameters
    ----------
    first_right, second_right : array-like of bool of shape (n,)
        For each case whether the system was right, in the same order.

    Returns
    -------
    Comparison
        ``only_first`` and ``only_second`` (cases that one alone got right), ``both``, ``neither``, ``p_value`` (McNemar's
        exact test) and ``difference`` (an Estimate, first minus second, by Bonett and Price [1]_).

    Raises
    ------
    CourseError
        If the columns differ in length, hold gaps, or hold something else than yes or no.

    References
    ----------
    .. [1] D. G. Bonett and R. M. Price (2012), "Adjusted Wald confidence interval for a difference of binomial
       proportions based on paired data", Journal of Educational and Behavioral Statistics 37(4), 479-488.
    """
    first, second = _yes_or_no("paired", first_right), _yes_or_no("paired", second_right)
    if len(first) != len(second):
        raise CourseError(f"paired: {len(first)} cases against {len(second)}; give both systems' answers to the same cases.")
    n, only_first, only_second = len(first), int((first & ~second).sum()), int((~first & second).sum())
    p_first, p_second = (only_first + 1) / (n + 2), (only_second + 1) / (n + 2)
    half = stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt((p_first + p_second - (p_first - p_second) ** 2) / (n + 2))
    middle = p_first - p_second
    value = (only_first - only_second) / n
    gap = Estimate(value, max(middle - half, -1.0), min(middle + half, 1.0), n, "Bonett-Price", "difference")
    p_value = float(mcnemar([[0, only_first], [only_second, 0]], exact=True).pvalue)
    return Comparison(only_first, only_second, int((first & second).sum()), int((~first & ~second).sum()), gap, p_value)


def mean(values, groups=None):
    """Mean of a column with its 95 % interval by Student's t.

    Parameters
    ----------
    values : array-like of shape (n,)
        Numbers or yes-or-no values.
    groups : array-like of shape (n,), optional
        What makes rows hang together, such as the day of a flight. The interval then rests on how much whole groups
        vary [1]_, and ``n`` counts groups.

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
    .. [1] W. G. Cochran (1977), Sampling Techniques, 3rd edition, chapter 9A: the mean per element of clusters of unequal size.
    """
    column = _numbers("mean", values)
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
    .. [1] E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson (1988), "Comparing the areas under two or more correlated
       receiver operating characteristic curves: a nonparametric approach", Biometrics 44(3), 837-845.
    """
    positive, score = _yes_or_no("auc", y_true), _numbers("auc", y_score).to_numpy()
    if len(positive) != len(score):
        raise CourseError(f"auc: {len(positive)} outcomes and {len(score)} scores; give one score for each case.")
    above, below = score[positive], score[~positive]
    if min(len(above), len(below)) < 2:
        raise CourseError(f"auc: {len(above)} cases are positive and {len(below)} negative; an interval needs two of each.")
    ranks = stats.rankdata(score)
    wins = (ranks[positive] - stats.rankdata(above)) / len(below)  # for each positive, the share of negatives below it
    losses = 1 - (ranks[~positive] - stats.rankdata(below)) / len(above)
    value = float(wins.mean())
    error = np.sqrt(wins.var(ddof=1) / len(above) + losses.var(ddof=1) / len(below))
    if not 0 < value < 1:
        return Estimate(value, value, value, len(score), "no interval: the order is perfect", "score")
    half = stats.norm.ppf((1 + LEVEL) / 2) * error / (value * (1 - value))
    low, high = 1 / (1 + np.exp(-(np.log(value / (1 - value)) + np.array([-half, half]))))
    return Estimate(value, low, high, len(score), "DeLong", "score")


def bootstrap(statistic, *columns):
    """Any statistic with its 95 % interval by the bootstrap: cases drawn again with replacement, percentiles taken.

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
        raise CourseError(f"bootstrap: the columns have {', '.join(str(len(a)) for a in arrays)} rows; give columns of one length, two rows at least.")
    drawn = stats.bootstrap((np.arange(len(arrays[0])),), lambda rows: statistic(*(a[rows] for a in arrays)), vectorized=False,
                            n_resamples=DRAWS, confidence_level=LEVEL, method="percentile", rng=np.random.default_rng(0))
    low, high = drawn.confidence_interval
    return Estimate(float(statistic(*arrays)), low, high, len(arrays[0]), "bootstrap", "score")


def _yes_or_no(name, values):
    column = pd.Series(np.asarray(values).ravel())
    if column.empty or column.isna().any():
        raise CourseError(f"{name}: {int(column.isna().sum())} of {len(column)} cases lack an answer; give a yes or no for at least one case, without gaps.")
    if not column.isin([0, 1]).all():
        raise CourseError(f"{name}: {column[~column.isin([0, 1])].iloc[0]!r} is not a yes or no; give True and False, or 1 and 0.")
    return column.astype(bool).to_numpy()


def _numbers(name, values):
    column = pd.Series(np.asarray(values, dtype=float).ravel())
    if len(column) < 2 or column.isna().any():
        raise CourseError(f"{name}: {len(column)} values, of which {int(column.isna().sum())} are missing; give two at least, without gaps.")
    return column
