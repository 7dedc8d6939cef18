"""Set an alarm: limits that nothing passes too often, how soon a change is seen, and what each
limit costs."""

import numpy as np
import pandas as pd
from scipy import stats

from aipm.errors import CourseError

WEEK = 7  # days drawn together, since bad days come in runs


def calm_psi(n_expected, n_actual, bins=10, repeats=10_000, seed=0):
    """PSI of samples in which nothing has changed, so that a limit can be read off.

    Parameters
    ----------
    n_expected : int or None
        Rows of the reference; None for one so large that its shares are known.
    n_actual : int
        Rows of the sample.
    bins : int
        Bins that hold equal shares while nothing changes.
    repeats : int
        How many pairs of samples are drawn.
    seed : int

    Returns
    -------
    numpy.ndarray of shape (repeats,)
        As :func:`aipm.operations.drift.psi` computes it, half a row added to each bin.
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


def psi_limit(n_expected, n_actual, bins=10, false_alarms=0.01):
    """PSI that a calm sample passes no oftener than ``false_alarms``, for independent rows.

    Chi-square with (bins - 1) degrees of freedom, times (1/n_expected + 1/n_actual) [1]_.

    Parameters
    ----------
    n_expected, n_actual : int
        Rows of the reference and of the sample.
    bins : int
    false_alarms : float
        Share between 0 and 1.

    Returns
    -------
    float

    References
    ----------
    .. [1] B. Yurdakul (2018), "Statistical Properties of Population Stability Index",
       dissertation, Western Michigan University.
    """
    return float(stats.chi2.ppf(1 - false_alarms, bins - 1) * (1 / n_expected + 1 / n_actual))


def days_to_see(change, scatter, reference_days, power=0.8, level=0.05):
    """Days until a change of a daily mean is seen, when the level before it is itself only
    estimated.

    Parameters
    ----------
    change : float
        Size of the change, in the unit of ``scatter``.
    scatter : float
        Standard deviation of one day.
    reference_days : int
        Days that set the level before the change; ``numpy.inf`` if it is known.
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
        If the change is not above 0.
    """
    if not change > 0:
        raise CourseError(
            f"days_to_see: the change is {change!r}; give a size above 0, such as 0.03 for three"
            " points."
        )
    z = stats.norm.ppf(1 - level / 2) + stats.norm.ppf(power)
    left = (change / (z * scatter)) ** 2 - 1 / reference_days
    return float(np.ceil(1 / left)) if left > 0 else np.inf


def price_of_limits(reference, limits, change, window=14, days=364, repeats=2000, seed=0):
    """What limits on a moving mean cost: false pages in calm years, and days until a lasting
    change is seen.

    Calm years are made of weeks drawn from the reference. So is the winter that sets each year's
    level: who watches knows the level no better than the reference tells.

    Parameters
    ----------
    reference : pandas.Series of shape (n_days,)
        Daily gaps while nothing was wrong, in order.
    limits : list of float
        In the unit of the reference.
    change : float
        Size of the lasting change, from day 100 on.
    window, days, repeats : int
        Days of the moving mean, days of a year, years drawn at random.
    seed : int

    Returns
    -------
    pandas.DataFrame
        A row a limit: ``false pages a year`` (mean) and ``days until seen`` (median).
    """
    rng, calm = np.random.default_rng(seed), (reference - reference.mean()).to_numpy()
    level = _weeks(rng, calm, len(calm) // WEEK + 1, repeats)[: len(calm)].mean(axis=0)
    year = _weeks(rng, calm, days // WEEK + 2, repeats) - level
    quiet = pd.DataFrame(year).rolling(window).mean()[window - 1 :]
    began = (np.arange(len(year)) >= 100)[:, np.newaxis]
    broken = pd.DataFrame(year + change * began).rolling(window).mean()[100:]
    rows = {}
    for limit in limits:
        outside, seen = quiet.abs() > limit, broken > limit
        waits = np.where(seen.any(), 1 + seen.to_numpy().argmax(axis=0), np.inf)
        pages = (outside & ~outside.shift(fill_value=False)).sum().mean()
        rows[limit] = {"false pages a year": pages, "days until seen": np.median(waits)}
    return pd.DataFrame(rows).T


def _weeks(rng, days, weeks, repeats):
    """Days of weeks drawn from consecutive days, shape (7 * weeks, repeats)."""
    start = rng.integers(0, len(days) - WEEK + 1, (weeks, 1, repeats))
    return days[start + np.arange(WEEK)[:, np.newaxis]].reshape(weeks * WEEK, repeats)
