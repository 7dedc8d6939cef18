"""Agreement of people who label the same items: Krippendorff's alpha [1]_ for any number of
raters, with its interval, and Cohen's kappa for two columns of yes and no.

Alpha allows gaps. ``tests/aipm/estimates/test_agreement.py`` compares it with
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
from aipm.validation import INSIDE, Choice, Labels, Matrix, YesNo, checked

MEASUREMENTS = ("nominal", "ordinal", "interval")
RATINGS = Matrix(gaps=True)


@checked(ratings=RATINGS, measurement=Choice(MEASUREMENTS))
def alpha(ratings, measurement="nominal"):
    """Krippendorff's alpha: 1 is perfect agreement, 0 what shuffled ratings would reach.

    Parameters
    ----------
    ratings : pandas.DataFrame or array-like of shape (n_items, n_raters)
        One row an item, one column a rater; numbers or yes and no. A gap (NaN) is a rater who did
        not rate the item. An item with fewer than two ratings has nothing to compare and does not
        count, as its author defines it.
    measurement : str
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
        If there is no such measurement, no item has two ratings, or all ratings are the same.
    """
    counts, values = _counts("alpha", ratings)
    return _alpha(counts, values, measurement, np.ones(len(counts)))


@checked(
    equal=("ratings", "groups"),
    ratings=RATINGS,
    measurement=Choice(MEASUREMENTS),
    groups=Labels(),
    level=INSIDE,
)
def alpha_estimate(ratings, measurement="nominal", groups=None, level=LEVEL):
    """Krippendorff's alpha with its interval by the bootstrap: items drawn again with
    replacement, percentiles taken.

    Parameters
    ----------
    ratings, measurement
        As in :func:`alpha`.
    groups : array-like of shape (n_items,), optional
        What makes items hang together, such as the review that a sentence comes from. Whole
        groups are then drawn, and ``n`` counts groups.
    level : float
        Share of intervals that hold the truth, above 0 and below 1.

    Returns
    -------
    aipm.estimates.Estimate
        The interval speaks of other items by the same raters; it does not know other raters.

    Raises
    ------
    CourseError
        As :func:`alpha` does, or if there are fewer than two items or groups.
    """
    counts, values = _counts("alpha_estimate", ratings)
    kept = (~np.isnan(ratings)).sum(axis=1) >= 2
    units = np.arange(len(counts)) if groups is None else pd.factorize(groups[kept])[0]
    n = int(units.max()) + 1
    if n < 2:
        raise CourseError(
            f"alpha_estimate: ratings and groups leave {n} unit to draw; an interval needs two."
        )
    rng = np.random.default_rng(0)
    drawn = [
        _alpha(counts, values, measurement, np.bincount(rng.integers(0, n, n), minlength=n)[units])
        for _ in range(DRAWS)
    ]
    value = _alpha(counts, values, measurement, np.ones(len(counts)))
    drawn = np.array(drawn)[~np.isnan(drawn)]  # a draw of items that are all alike has no alpha
    if len(drawn) < DRAWS / 2 or drawn.min() == drawn.max():
        return Estimate.alone(value, n, "too few draws vary", "score")
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(value, low, high, n, "bootstrap", "score", level=level)


@checked(equal=("first", "second"), first=YesNo(), second=YesNo())
def kappa(first, second):
    """Cohen's kappa of two columns of yes and no: ``sklearn.metrics.cohen_kappa_score``, quick
    enough for a bootstrap.

    Parameters
    ----------
    first, second : array-like of bool of shape (n,)

    Returns
    -------
    float
        0 where luck alone already agrees on every case.
    """
    agree, yes, also = (first == second).mean(), first.mean(), second.mean()
    luck = yes * also + (1 - yes) * (1 - also)
    return float((agree - luck) / (1 - luck)) if luck < 1 else 0.0


def _counts(name, table):
    """How often each item got each value, (n_items, n_values), and the values in order."""
    table = table[(~np.isnan(table)).sum(axis=1) >= 2]
    if not len(table):
        raise CourseError(
            f"{name}: ratings holds no item with two ratings; agreement needs at least one."
        )
    values = np.unique(table[~np.isnan(table)])
    if len(values) < 2:
        raise CourseError(
            f"{name}: ratings are all {values[0]:g}; without any variation agreement says nothing."
        )
    return np.stack([(table == value).sum(axis=1) for value in values], axis=1), values


def _alpha(counts, values, measurement, weights):
    """Alpha of items that count as often as their weights say; NaN if nothing varies."""
    share = weights / (counts.sum(axis=1) - 1)
    pairs = counts.T @ (counts * share[:, None]) - np.diag(share @ counts)
    totals = pairs.sum(axis=0)
    distance = _distance(values, totals, measurement)
    expected = (np.outer(totals, totals) * distance).sum() / (totals.sum() - 1)
    return float(1 - (pairs * distance).sum() / expected) if expected > 0 else np.nan


def _distance(values, totals, measurement):
    """What a disagreement between each two values weighs."""
    if measurement == "nominal":
        return 1.0 - np.eye(len(values))
    # An ordinal step is the number of ratings passed on the way, half of those at either end.
    place = values if measurement == "interval" else np.cumsum(totals) - totals / 2
    return np.subtract.outer(place, place) ** 2
