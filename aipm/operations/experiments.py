"""A/B tests of a yes-or-no outcome: the p-value of a difference, and simulated tests that are
looked at more than once.

``tests/aipm/operations/test_experiments.py`` compares the p-value with statsmodels.
"""

import numpy as np
import pandas as pd
from scipy import stats

from aipm.errors import CourseError
from aipm.validation import SEED, SHARE, Count, Kind, Numbers, YesNo, checked, same_length
from aipm.validation.words import is_number

__all__ = ["p_value", "shuffled_tests", "simulated_tests"]
COUNTS = Kind("a whole number, or a column of them")  # which of the two, the body tells
LOOKS, REPEATS = Count(1, 10_000), Count(1, 10**6)


@checked(hits_a=COUNTS, n_a=COUNTS, hits_b=COUNTS, n_b=COUNTS)
def p_value(hits_a, n_a, hits_b, n_b):
    """Two-sided p-value of the difference of two shares, by the pooled z test.

    Parameters
    ----------
    hits_a, n_a, hits_b, n_b : int or array-like of int of shape (n,)
        Yeses and cases of each arm, whole numbers; columns of one length give as many p-values,
        and may stand beside single numbers.

    Returns
    -------
    float or numpy.ndarray of float of shape (n,)
        1 where both arms have no yes, or nothing else.

    Raises
    ------
    CourseError
        If a count is missing or no whole number, an arm has no case or more yeses than cases, or
        columns differ in length.

    Examples
    --------
    >>> print(round(p_value(65, 1_000, 90, 1_000), 3))
    0.037
    """
    given = {"hits_a": (hits_a, 0), "n_a": (n_a, 1), "hits_b": (hits_b, 0), "n_b": (n_b, 1)}
    found = {name: _counts(name, *value) for name, value in given.items()}
    same_length("p_value", **{name: value for name, value in found.items() if np.ndim(value)})
    for arm in "ab":
        hits, n = found[f"hits_{arm}"], found[f"n_{arm}"]
        if np.any(above := hits > n):
            raise CourseError(
                f"p_value: hits_{arm} is above n_{arm} in {np.sum(above):,} of"
                f" {np.size(above):,} tests; give the yeses first and all cases of the arm second."
            )
    return _p_values(*found.values())[()]


@checked(outcome=YesNo(), looks=LOOKS, repeats=REPEATS, seed=SEED)
def shuffled_tests(outcome, looks=20, repeats=2000, seed=0):
    """A/A tests: real outcomes, shuffled between two equal arms, so that no difference can
    be anything but luck.

    Parameters
    ----------
    outcome : array-like of bool of shape (n,)
        What became of each case.
    looks : int, default=20
        How often each test is looked at, after equal numbers of cases.
    repeats : int, default=2000
        How many tests.
    seed : int, default=0

    Returns
    -------
    pandas.DataFrame of shape (repeats, looks)
        A row a test, a column a look (1 to ``looks``): the p-value of all cases so far.

    Raises
    ------
    CourseError
        If an outcome is missing or not yes or no, or there are fewer than two cases a look.
    """
    cases, rng = outcome, np.random.default_rng(seed)
    half = len(cases) // 2
    n, new = _steps(half, looks)
    if n[0] < 1:
        raise CourseError(
            f"shuffled_tests: outcome has {len(cases):,} cases, too few for {looks} looks; give"
            " two cases a look at least."
        )
    dealt = rng.multivariate_hypergeometric(
        np.append(np.tile(new, 2), len(cases) - 2 * half), int(cases.sum()), size=repeats
    )  # how many yeses fall to each arm between two looks, if all cases are shuffled
    hits = dealt[:, :-1].reshape(repeats, 2, looks).cumsum(axis=2)
    return _by_look(_p_values(hits[:, 0], n, hits[:, 1], n))


@checked(rate_a=SHARE, rate_b=SHARE, per_arm=Count(), looks=LOOKS, repeats=REPEATS, seed=SEED)
def simulated_tests(rate_a, rate_b, per_arm, looks=20, repeats=2000, seed=0):
    """A/B tests of simulated users, with the true rates known.

    Parameters
    ----------
    rate_a, rate_b : float
        True shares of yes, between 0 and 1.
    per_arm : int
        Users in each arm at the last look.
    looks : int, default=20
        How often each test is looked at, after equal numbers of users.
    repeats : int, default=2000
        How many tests.
    seed : int, default=0

    Returns
    -------
    pandas.DataFrame of shape (repeats, looks)
        A row a test, a column a look (1 to ``looks``): the p-value of all users so far.

    Raises
    ------
    CourseError
        If a rate is no share, or there are fewer users in an arm than looks.
    """
    if per_arm < looks:
        raise CourseError(
            f"simulated_tests: per_arm is {per_arm:,} for {looks:,} looks; give one user an arm"
            " for each look at least."
        )
    rng = np.random.default_rng(seed)
    n, new = _steps(per_arm, looks)
    hits_a, hits_b = (
        rng.binomial(new, rate, (repeats, looks)).cumsum(axis=1) for rate in (rate_a, rate_b)
    )
    return _by_look(_p_values(hits_a, n, hits_b, n))


def _counts(name, value, low):
    """A whole number or a column of them, as floats, or a refusal."""
    told = f"p_value: {name}"
    if is_number(value):
        return float(Count(low)(told, value))
    column = Numbers(low=low)(told, value)
    if (broken := column % 1 != 0).any():
        raise CourseError(
            f"{told} is no whole number in {broken.sum():,} of {len(column):,} rows, first"
            f" {column[broken][0]:g}; give counts of cases."
        )
    return column


def _p_values(hits_a, n_a, hits_b, n_b):
    """The pooled z test, for numbers or arrays that are known to be counts."""
    pooled = (hits_a + hits_b) / (n_a + n_b)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    gap = np.abs(hits_a / n_a - hits_b / n_b)
    return 2 * stats.norm.sf(np.divide(gap, spread, out=np.zeros_like(gap), where=spread > 0))


def _steps(total, looks):
    """Cases of an arm at each look, and those new since the look before."""
    n = np.linspace(0, total, looks + 1).round().astype(int)[1:]
    return n, np.diff(n, prepend=0)


def _by_look(p_values):
    return pd.DataFrame(p_values, columns=range(1, p_values.shape[1] + 1)).rename_axis(
        columns="look"
    )
