"""Shares of cases, their differences, and two systems on the same cases."""

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from aipm.errors import CourseError
from aipm.estimates.estimate import LEVEL, Comparison, Estimate, yes_or_no


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
    .. [1] E. B. Wilson (1927), "Probable inference, the law of succession, and statistical
       inference", JASA 22, 209-212.
    """
    if of is None:
        answers = yes_or_no("share", hits)
        hits, of = int(answers.sum()), len(answers)
    hits, of = int(hits), int(of)
    if not 0 <= hits <= of or of == 0:
        raise CourseError(
            f"share: {hits} of {of} is no share; give a count and its total, such as share(23,"
            " 32)."
        )
    low, high = proportion_confint(hits, of, method="wilson")
    return Estimate(hits / of, low, high, of, "Wilson", "share", hits=hits)


def difference(first, second):
    """Difference of two shares of different people, first minus second, with its 95 % interval by
    Newcombe [1]_.

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
    .. [1] R. G. Newcombe (1998), "Interval estimation for the difference between independent
       proportions: comparison of eleven methods", Statistics in Medicine 17, 873-890.
    """
    for name, given in (("first", first), ("second", second)):
        if getattr(given, "kind", None) != "share":
            raise CourseError(
                f"difference: {name} is {given!r}; give two shares, such as difference(share(23,"
                " 32), share(10, 30))."
            )
    low, high = confint_proportions_2indep(
        first.hits, first.n, second.hits, second.n, method="newcomb", compare="diff"
    )
    return Estimate(
        first.value - second.value, low, high, first.n + second.n, "Newcombe", "difference"
    )


def paired(first_right, second_right):
    """Compare two systems on the same cases; only cases on which they part carry information.

    Parameters
    ----------
    first_right, second_right : array-like of bool of shape (n,)
        For each case whether the system was right, in the same order.

    Returns
    -------
    Comparison
        ``only_first`` and ``only_second`` (cases that one alone got right), ``both``,
        ``neither``, ``p_value`` (McNemar's exact test) and ``difference`` (an Estimate, first
        minus second, by Bonett and Price [1]_).

    Raises
    ------
    CourseError
        If the columns differ in length, hold gaps, or hold something else than yes or no.

    References
    ----------
    .. [1] D. G. Bonett and R. M. Price (2012), "Adjusted Wald confidence interval for a
       difference of binomial proportions based on paired data", Journal of Educational and
       Behavioral Statistics 37(4), 479-488.
    """
    first, second = yes_or_no("paired", first_right), yes_or_no("paired", second_right)
    if len(first) != len(second):
        raise CourseError(
            f"paired: {len(first)} cases against {len(second)}; give both systems' answers to the"
            " same cases."
        )
    n, only_first, only_second = (
        len(first),
        int((first & ~second).sum()),
        int((~first & second).sum()),
    )
    p_first, p_second = (only_first + 1) / (n + 2), (only_second + 1) / (n + 2)
    half = stats.norm.ppf((1 + LEVEL) / 2) * np.sqrt(
        (p_first + p_second - (p_first - p_second) ** 2) / (n + 2)
    )
    middle = p_first - p_second
    value = (only_first - only_second) / n
    gap = Estimate(
        value, max(middle - half, -1.0), min(middle + half, 1.0), n, "Bonett-Price", "difference"
    )
    p_value = float(mcnemar([[0, only_first], [only_second, 0]], exact=True).pvalue)
    return Comparison(
        only_first,
        only_second,
        int((first & second).sum()),
        int((~first & ~second).sum()),
        gap,
        p_value,
    )
