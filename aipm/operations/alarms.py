"""Set an alarm: limits that nothing passes too often, how soon a change is seen, and what each
limit costs.
"""

import numpy as np
import pandas as pd
from scipy import stats

from aipm.errors import CourseError
from aipm.validation import INSIDE, SEED, Count, Number, Numbers, Several, checked

__all__ = ["calm_psi", "days_to_see", "price_of_limits", "psi_limit"]
WEEK = 7  # days drawn together, since bad days come in runs
BREAK = 100  # day of a year on which the lasting change begins
BINS, REPEATS, SIZE = Count(2, 1_000), Count(1, 100_000), Number(above=0, high=10**12)
SELDOM = Number(10**-9, below=1)  # a share of calm times; far rarer ones no formula here can tell


@checked(n_actual=Count(), n_expected=Count(), bins=BINS, repeats=REPEATS, seed=SEED)
def calm_psi(n_actual, n_expected=None, bins=10, repeats=10_000, seed=0):
    """PSI of samples in which nothing has changed, so that a limit can be read off.

    Parameters
    ----------
    n_actual : int
        Rows of the sample.
    n_expected : int, optional
        Rows of the reference; left out, it is so large that its shares are known.
    bins : int, default=10
        Bins that hold equal shares while nothing changes.
    repeats : int, default=10_000
        How many pairs of samples are drawn.
    seed : int, default=0

    Returns
    -------
    numpy.ndarray of float of shape (repeats,)
        As :func:`aipm.operations.drift.psi` computes it, half a row added to each bin.

    Raises
    ------
    CourseError
        If a number of rows, bins or repeats is no whole number of 1 or more (bins: 2).
    """
    rng, shares = np.random.default_rng(seed), np.full(bins, 1 / bins)
    q = rng.multinomial(n_actual, shares, size=repeats) + 0.5
    p = (
        np.tile(shares, (repeats, 1))
        if n_expected is None
        else rng.multinomial(n_expected, shares, size=repeats) + 0.5
    )
    p, q = (part / part.sum(axis=1, keepdims=True) for part in (p, q))
    return ((q - p) * np.log(q / p)).sum(axis=1)


@checked(n_actual=Count(), n_expected=Count(), bins=BINS, false_alarms=SELDOM)
def psi_limit(n_actual, n_expected=None, bins=10, false_alarms=0.01):
    """PSI that a calm sample passes no oftener than ``false_alarms``, for independent rows.

    Chi-square with (bins - 1) degrees of freedom, times (1/n_expected + 1/n_actual) [1]_.

    Parameters
    ----------
    n_actual, n_expected, bins
        As for :func:`calm_psi`.
    false_alarms : float, default=0.01
        Share of calm samples, above 0 and below 1.

    Returns
    -------
    float
        In the unit of the index, which has none.

    Raises
    ------
    CourseError
        As for :func:`calm_psi`, or if the share is none.

    References
    ----------
    .. [1] B. Yurdakul (2018), "Statistical Properties of Population Stability Index",
       dissertation, Western Michigan University.

    Examples
    --------
    >>> round(psi_limit(1_000), 3), round(psi_limit(1_000, 1_000), 3)
    (0.022, 0.043)
    """
    known = 0 if n_expected is None else 1 / n_expected
    return float(stats.chi2.ppf(1 - false_alarms, bins - 1) * (known + 1 / n_actual))


@checked(change=SIZE, scatter=SIZE, reference_days=Count(), power=INSIDE, level=SELDOM)
def days_to_see(change, scatter, reference_days=None, power=0.8, level=0.05):
    """Days until a change of a daily mean is seen, when the level before it is itself only
    estimated.

    Parameters
    ----------
    change : float
        Size of the change, above 0, in the unit of ``scatter``.
    scatter : float
        Standard deviation of one day, above 0.
    reference_days : int, optional
        Days that set the level before the change; left out, the level is known.
    power, level : float
        Share of changes that are seen, and of calm times that raise an alarm (two-sided).

    Returns
    -------
    float
        Whole days, or infinity if no number of days is enough. Days count as independent; runs of
        bad days take longer.

    Raises
    ------
    CourseError
        If a size is not above 0, there is no whole day, or the power is not above the level.

    Examples
    --------
    >>> days_to_see(0.05, 0.12), days_to_see(0.05, 0.12, 59), days_to_see(0.03, 0.12, 59)
    (46.0, 194.0, inf)
    """
    if power <= level:
        raise CourseError(
            f"days_to_see: power is {power:g} and level {level:g}; give a power above the level,"
            " since calm times already raise so many alarms."
        )
    z = float(stats.norm.ppf(1 - level / 2) + stats.norm.ppf(power))
    size = change / scatter / z
    left = size * size - (0 if reference_days is None else 1 / reference_days)
    return max(float(np.ceil(1 / left)), 1.0) if left > 0 else np.inf


@checked(
    reference=Numbers(least=WEEK, index=True),
    limits=Several(SIZE),
    change=SIZE,
    window=Count(1, BREAK),
    days=Count(BREAK + 1, 10_000),
    repeats=REPEATS,
    seed=SEED,
)
def price_of_limits(reference, limits, change, window=14, days=364, repeats=2000, seed=0):
    """What limits on a moving mean cost: false pages in calm years, and days until a lasting
    change is seen.

    Calm years are made of weeks drawn from the reference. So is the winter that sets each year's
    level: who watches knows the level no better than the reference tells.

    Parameters
    ----------
    reference : array-like of float of shape (n_days,)
        Daily gaps while nothing was wrong, in order; a week at least.
    limits : list of float
        Above 0, in the unit of the reference.
    change : float
        Size of the lasting change, from day 100 on; above 0, in the unit of the reference.
    window : int, default=14
        Days of the moving mean, at most the 100 before the change.
    days : int, default=364
        Days of a year, more than 100.
    repeats : int, default=2000
        Years drawn at random.
    seed : int, default=0

    Returns
    -------
    pandas.DataFrame of shape (n_limits, 2)
        A row a limit: ``false pages a year`` (mean) and ``days until seen`` (median; infinite if
        half of the years end before).

    Raises
    ------
    CourseError
        If a day is missing or no number, a size is not above 0, or the window is too long.
    """
    rng, calm = np.random.default_rng(seed), (reference - reference.mean()).to_numpy()
    level = _weeks(rng, calm, len(calm) // WEEK + 1, repeats)[: len(calm)].mean(axis=0)
    year = _weeks(rng, calm, -(-(days + window) // WEEK), repeats) - level
    quiet = pd.DataFrame(year).rolling(window).mean()[window - 1 : window + days]
    began = (np.arange(len(year)) >= BREAK)[:, np.newaxis]
    broken = pd.DataFrame(year + change * began).rolling(window).mean()[BREAK:]
    rows = []
    for limit in limits:
        outside, seen = quiet.abs() > limit, broken > limit
        waits = np.where(seen.any(), 1 + seen.to_numpy().argmax(axis=0), np.inf)
        pages = (outside & ~outside.shift(fill_value=False)).sum().mean()
        rows.append({"false pages a year": pages, "days until seen": np.median(waits)})
    return pd.DataFrame(rows, index=limits)


def _weeks(rng, days, weeks, repeats):
    """Days of weeks drawn from consecutive days, shape (7 * weeks, repeats)."""
    start = rng.integers(0, len(days) - WEEK + 1, (weeks, 1, repeats))
    return days[start + np.arange(WEEK)[:, np.newaxis]].reshape(weeks * WEEK, repeats)
