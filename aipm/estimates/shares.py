"""Shares of cases, their differences, and two systems on the same cases."""

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from aipm.errors import CourseError
from aipm.estimates.estimate import LEVEL, Comparison, Estimate
from aipm.validation import INSIDE, Cases, Count, Kind, YesNo, checked

A_SHARE = Kind("a share", (Estimate,))


@checked(hits=Cases(), of=Count(), level=INSIDE)
def share(hits, of=None, level=LEVEL):
    """Share of cases that are so, with its interval by Wilson [1]_.

    Parameters
    ----------
    hits : int, or array-like of bool of shape (n,)
        How many, or for each case whether it is so.
    of : int, optional
        Of how many; only with a count.
    level : float
        Share of intervals that hold the truth, above 0 and below 1.

    Returns
    -------
    Estimate
        ``value`` between 0 and 1; prints as ``23 of 32, 72 % (55 to 84 %)``.

    Raises
    ------
    CourseError
        If there is no case, a value is missing or not yes or no, or a count stands without its
        total, above it, or is no whole number.

    References
    ----------
    .. [1] E. B. Wilson (1927), "Probable inference, the law of succession, and statistical
       inference", JASA 22, 209-212.

    Examples
    --------
    >>> print(share(23, 32))
    23 of 32, 72 % (55 to 84 %)
    """
    if np.ndim(hits):
        if of is not None:
            raise CourseError("share: hits is a column and of a total; leave out of.")
        hits, of = int(hits.sum()), len(hits)
    if of is None:
        raise CourseError(f"share: hits is {hits}, a count; say of how many, as in share(23, 32).")
    if hits > of:
        raise CourseError(f"share: hits is {hits:,}, above its total of {of:,}; exchange the two.")
    low, high = proportion_confint(hits, of, alpha=1 - level, method="wilson")
    low, high = low if hits else 0.0, high if hits < of else 1.0  # exactly
    return Estimate(hits / of, low, high, of, "Wilson", "share", hits=hits, level=level)


@checked(first=A_SHARE, second=A_SHARE, level=INSIDE)
def difference(first, second, level=LEVEL):
    """Difference of two shares of different people, first minus second, with its interval by
    Newcombe [1]_.

    Parameters
    ----------
    first, second : Estimate
        Two results of :func:`share`. For two answers about the same cases use :func:`paired`.
    level : float
        Share of intervals that hold the truth, above 0 and below 1.

    Returns
    -------
    Estimate
        ``value`` between -1 and 1; ``n`` counts both groups; prints in percentage points.

    Raises
    ------
    CourseError
        If one of the two is no share.

    References
    ----------
    .. [1] R. G. Newcombe (1998), "Interval estimation for the difference between independent
       proportions: comparison of eleven methods", Statistics in Medicine 17, 873-890.

    Examples
    --------
    >>> print(difference(share(23, 32), share(10, 30)))
    +39 points (+14 to +57)
    """
    for name, given in (("first", first), ("second", second)):
        if given.hits is None:
            raise CourseError(
                f"difference: {name} is a {given.kind}, {given}; give two shares, such as"
                " difference(share(23, 32), share(10, 30))."
            )
    low, high = confint_proportions_2indep(
        first.hits,
        first.n,
        second.hits,
        second.n,
        method="newcomb",
        compare="diff",
        alpha=1 - level,
    )
    value, n = first.value - second.value, first.n + second.n
    return Estimate(value, low, high, n, "Newcombe", "difference", level=level)


@checked(
    equal=("first_right", "second_right"), first_right=YesNo(), second_right=YesNo(), level=INSIDE
)
def paired(first_right, second_right, level=LEVEL):
    """Compare two systems on the same cases; only cases on which they disagree carry information.

    Parameters
    ----------
    first_right, second_right : array-like of bool of shape (n,)
        For each case whether the system was right, in the same order.
    level : float
        Share of intervals that hold the truth, above 0 and below 1.

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
    first, second, n = first_right, second_right, len(first_right)
    only_first, only_second = int((first & ~second).sum()), int((~first & second).sum())
    p_first, p_second = (only_first + 1) / (n + 2), (only_second + 1) / (n + 2)
    half = stats.norm.ppf((1 + level) / 2) * np.sqrt(
        (p_first + p_second - (p_first - p_second) ** 2) / (n + 2)
    )
    value, middle = (only_first - only_second) / n, p_first - p_second
    low, high = max(middle - half, -1.0), min(middle + half, 1.0)
    return Comparison(
        only_first,
        only_second,
        int((first & second).sum()),
        int((~first & ~second).sum()),
        Estimate(value, low, high, n, "Bonett-Price", "difference", level=level),
        float(mcnemar([[0, only_first], [only_second, 0]], exact=True).pvalue),
    )
