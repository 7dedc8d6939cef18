"""A/B tests of a yes-or-no outcome: the p-value of a difference, and tests that are looked at
more than once.

``tests/mathematics/test_experiments.py`` compares the p-value with statsmodels and the rules with
published boundaries.
"""

import numpy as np
import pandas as pd
from scipy import stats

from aipm.errors import CourseError
from aipm.estimates.estimate import yes_or_no

STRICT = {5: 2.040, 10: 2.087, 20: 2.126}  # z at the last look, 5 % over all, two-sided


def p_value(hits_a, n_a, hits_b, n_b):
    """Two-sided p-value of the difference of two shares, by the pooled z test.

    Parameters
    ----------
    hits_a, n_a, hits_b, n_b : int or array-like of int
        Yeses and cases of each arm; arrays of one shape give as many p-values.

    Returns
    -------
    float or numpy.ndarray
        1 where both arms have no yes, or nothing else.

    Raises
    ------
    CourseError
        If an arm has no case, or more yeses than cases.
    """
    hits_a, n_a, hits_b, n_b = (np.asarray(x, dtype=float) for x in (hits_a, n_a, hits_b, n_b))
    for arm, hits, n in (("A", hits_a, n_a), ("B", hits_b, n_b)):
        if (n <= 0).any() or (hits < 0).any() or (hits > n).any():
            raise CourseError(
                f"p_value: arm {arm} needs at least one case, and no more yeses than cases."
            )
    pooled = (hits_a + hits_b) / (n_a + n_b)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    gap = np.abs(hits_a / n_a - hits_b / n_b)
    return 2 * stats.norm.sf(np.divide(gap, spread, out=np.zeros_like(gap), where=spread > 0))[()]


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
    seed : int, default=0

    Returns
    -------
    pandas.DataFrame
        A row a test, a column a look (1 to ``looks``): the p-value of all cases so far.
    """
    cases, rng = yes_or_no("shuffled_tests", outcome), np.random.default_rng(seed)
    half = len(cases) // 2
    n, new = _steps(half, looks)
    if n[0] < 1:
        raise CourseError(
            f"shuffled_tests: {len(cases)} cases are too few for {looks} looks; give two a look."
        )
    dealt = rng.multivariate_hypergeometric(
        np.append(np.tile(new, 2), len(cases) - 2 * half), int(cases.sum()), size=repeats
    )  # how many yeses fall to each arm between two looks, if all cases are shuffled
    hits = dealt[:, :-1].reshape(repeats, 2, looks).cumsum(axis=2)
    return _by_look(p_value(hits[:, 0], n, hits[:, 1], n))


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
    seed : int, default=0

    Returns
    -------
    pandas.DataFrame
        A row a test, a column a look (1 to ``looks``): the p-value of all users so far.
    """
    if not (0 <= rate_a <= 1 and 0 <= rate_b <= 1 and per_arm >= looks >= 1):
        raise CourseError(
            "simulated_tests: give rates between 0 and 1, and at least one user an arm for each"
            " look."
        )
    rng = np.random.default_rng(seed)
    n, new = _steps(per_arm, looks)
    hits_a, hits_b = (
        rng.binomial(new, rate, (repeats, looks)).cumsum(axis=1) for rate in (rate_a, rate_b)
    )
    return _by_look(p_value(hits_a, n, hits_b, n))


def strict_early(looks=20):
    """P-values below which a test may stop, by O'Brien and Fleming [1]_: next to nothing at the
    first look, nearly 0.05 at the last.

    Parameters
    ----------
    looks : {5, 10, 20}, default=20
        Looks after equal numbers of users, agreed beforehand.

    Returns
    -------
    numpy.ndarray of shape (looks,)
        They keep false alarms at 5 % over all looks together.

    Raises
    ------
    CourseError
        If there is no published constant here for so many looks.

    References
    ----------
    .. [1] P. C. O'Brien and T. R. Fleming (1979), "A multiple testing procedure for clinical
       trials", Biometrics 35(3), 549-556.
    """
    if looks not in STRICT:
        raise CourseError(f"strict_early: {looks} looks; choose one of {sorted(STRICT)}.")
    return 2 * stats.norm.sf(STRICT[looks] * np.sqrt(looks / np.arange(1, looks + 1)))


def rule_table(no_effect, real_effect, bars):
    """What stopping at the first p-value below a bar leads to.

    Parameters
    ----------
    no_effect, real_effect : pandas.DataFrame
        Tests as :func:`shuffled_tests` and :func:`simulated_tests` give them, with the same looks.
    bars : dict of str to (float or array-like of shape (looks,))
        Name of the rule, and the p-value below which it stops, at every look or at each; 0 is a
        look at which it never stops.

    Returns
    -------
    pandas.DataFrame
        A row a rule: ``false alarms`` (share of the tests without effect that stop), ``found``
        (share of those with an effect), ``users needed`` (mean share of the users that a test
        with an effect takes).
    """
    rows = {}
    for name, bar in bars.items():
        stopped = real_effect.lt(bar, axis="columns")
        looks = np.where(
            stopped.any(axis=1), stopped.to_numpy().argmax(axis=1) + 1, len(stopped.T)
        )
        rows[name] = {
            "false alarms": no_effect.lt(bar, axis="columns").any(axis=1).mean(),
            "found": stopped.any(axis=1).mean(),
            "users needed": looks.mean() / len(stopped.T),
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _steps(total, looks):
    """Cases of an arm at each look, and those new since the look before."""
    n = np.linspace(0, total, looks + 1).round().astype(int)[1:]
    return n, np.diff(n, prepend=0)


def _by_look(p_values):
    return pd.DataFrame(p_values, columns=range(1, p_values.shape[1] + 1)).rename_axis(
        columns="look"
    )
