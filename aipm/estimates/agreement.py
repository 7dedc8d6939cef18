"""Agreement of people who label the same items: Krippendorff's alpha [1]_, with its interval.

Any number of raters, gaps allowed. ``tests/mathematics/test_agreement.py`` compares it with
another implementation and with the worked example of its author.

References
----------
.. [1] K. Krippendorff (2011), "Computing Krippendorff's alpha-reliability", University of
   Pennsylvania, https://repository.upenn.edu/handle/20.500.14332/2089
"""

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.estimates.columns import DRAWS
from aipm.estimates.estimate import LEVEL, Estimate

LEVELS = ("nominal", "ordinal", "interval")


def alpha(ratings, level="nominal"):
    """Krippendorff's alpha: 1 is perfect agreement, 0 what shuffled ratings would reach.

    Parameters
    ----------
    ratings : pandas.DataFrame or array-like of shape (n_items, n_raters)
        One row an item, one column a rater; numbers or yes and no. A gap (NaN) is a rater who did
        not rate the item. An item with fewer than two ratings has nothing to compare and does not
        count, as its author defines it.
    level : str
        What a disagreement weighs. ``"nominal"``: two answers are the same or not.
        ``"ordinal"``: the more ratings lie between two answers, the more. ``"interval"``: the
        square of their distance.

    Returns
    -------
    float
        At most 1; below 0, raters disagree more than shuffled ones would.

    Raises
    ------
    CourseError
        If there is no such level, no item has two ratings, or all ratings are the same.
    """
    counts, values = _counts(ratings, level)
    return _alpha(counts, values, level, np.ones(len(counts)))


def alpha_estimate(ratings, level="nominal", groups=None):
    """Krippendorff's alpha with its 95 % interval by the bootstrap: items drawn again with
    replacement, percentiles taken.

    Parameters
    ----------
    ratings, level
        As in :func:`alpha`.
    groups : array-like of shape (n_items,), optional
        What makes items hang together, such as the review that a sentence comes from. Whole
        groups are then drawn, and ``n`` counts groups.

    Returns
    -------
    aipm.estimates.Estimate
        The interval speaks of other items by the same raters; it does not know other raters.

    Raises
    ------
    CourseError
        As :func:`alpha` does, or if there are fewer than two items or groups.
    """
    table = pd.DataFrame(ratings)
    if groups is not None and len(groups) != len(table):
        raise CourseError(
            f"alpha_estimate: {len(table)} items and {len(groups)} groups; give one group an item."
        )
    counts, values = _counts(table, level)
    kept = table.notna().sum(axis=1).to_numpy() >= 2
    units = np.arange(len(counts)) if groups is None else pd.factorize(np.asarray(groups)[kept])[0]
    n = int(units.max()) + 1
    if n < 2:
        raise CourseError(f"alpha_estimate: there is {n} unit to draw; an interval needs two.")
    rng = np.random.default_rng(0)
    drawn = [
        _alpha(counts, values, level, np.bincount(rng.integers(0, n, n), minlength=n)[units])
        for _ in range(DRAWS)
    ]
    low, high = np.nanquantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    value = _alpha(counts, values, level, np.ones(len(counts)))
    return Estimate(value, low, high, n, "bootstrap", "score")


def kappa(first, second):
    """Cohen's kappa of two columns of yes and no: ``sklearn.metrics.cohen_kappa_score``, quick
    enough for a bootstrap.

    Parameters
    ----------
    first, second : numpy.ndarray of bool of shape (n,)

    Returns
    -------
    float
        0 where luck alone already agrees on every case.
    """
    agree, yes, also = (first == second).mean(), first.mean(), second.mean()
    luck = yes * also + (1 - yes) * (1 - also)
    return float((agree - luck) / (1 - luck)) if luck < 1 else 0.0


def _counts(ratings, level):
    """How often each item got each value, (n_items, n_values), and the values in order."""
    if level not in LEVELS:
        raise CourseError(f"alpha: there is no level {level!r}; there are {', '.join(LEVELS)}.")
    table = pd.DataFrame(ratings).astype(float).to_numpy()
    table = table[(~np.isnan(table)).sum(axis=1) >= 2]
    if not len(table):
        raise CourseError(
            "alpha: no item has two ratings; agreement needs at least one such item."
        )
    values = np.unique(table[~np.isnan(table)])
    if len(values) < 2:
        raise CourseError(
            f"alpha: all ratings are {values[0]:g}; without any variation agreement says nothing."
        )
    return np.stack([(table == value).sum(axis=1) for value in values], axis=1), values


def _alpha(counts, values, level, weights):
    """Alpha of items that count as often as their weights say; NaN if nothing varies."""
    share = weights / (counts.sum(axis=1) - 1)
    pairs = counts.T @ (counts * share[:, None]) - np.diag(share @ counts)
    totals = pairs.sum(axis=0)
    distance = _distance(values, totals, level)
    expected = (np.outer(totals, totals) * distance).sum() / (totals.sum() - 1)
    return float(1 - (pairs * distance).sum() / expected) if expected > 0 else np.nan


def _distance(values, totals, level):
    """What a disagreement between each two values weighs."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    # An ordinal step is the number of ratings passed on the way, half of those at either end.
    place = values if level == "interval" else np.cumsum(totals) - totals / 2
    return np.subtract.outer(place, place) ** 2
