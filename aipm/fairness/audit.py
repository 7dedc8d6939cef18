"""Sort gaps between groups of people into four verdicts; say how often four fifths is wrong."""

import numpy as np
import pandas as pd
from scipy.stats import binom
from statsmodels.stats.proportion import confint_proportions_2indep

from aipm.errors import CourseError
from aipm.estimates import share

__all__ = ["compare_groups", "enough", "four_fifths_alarm", "verdict"]
LEAST, WIDEST = 30, 0.20  # a judgement: people under a rate, width of its interval (± 10 points)
COLUMNS = ["hits", "people", "rate", "gap", "low", "high", "verdict"]


def enough(rate):
    """Whether a rate rests on 30 people at least and is known to ± 10 points or better.

    Parameters
    ----------
    rate : aipm.estimates.Estimate
        What :func:`aipm.estimates.share` returns.

    Returns
    -------
    bool
    """
    return bool(rate.n >= LEAST and rate.high - rate.low <= WIDEST)


def verdict(rate, reference, margin=0.05, looks=1):
    """Verdict on the gap between a group's rate and that of a comparison group.

    Parameters
    ----------
    rate, reference : aipm.estimates.Estimate
        Two results of :func:`aipm.estimates.share`, about different people.
    margin : float
        The largest gap one would accept, as a share: 0.05 is five points.
    looks : int
        How many gaps are looked at; each interval is taken at 1 - 0.05 / ``looks``
        (Bonferroni).

    Returns
    -------
    str
        ``"insufficient"`` if either rate rests on too few people (:func:`enough`); else
        ``"beyond"`` if the whole interval of the gap, by Newcombe [1]_, lies outside the margin,
        ``"within"`` if it lies inside, and ``"cannot tell"`` if it crosses an edge.

    Raises
    ------
    CourseError
        If the margin is no share, or there is less than one look.

    References
    ----------
    .. [1] R. G. Newcombe (1998), "Interval estimation for the difference between independent
       proportions: comparison of eleven methods", Statistics in Medicine 17, 873-890.
    """
    if not 0 < margin < 1 or looks < 1:
        raise CourseError(
            f"verdict: margin {margin} and {looks} looks; give the margin as a "
            "share, such as 0.05, and one look at least."
        )
    if not (enough(rate) and enough(reference)):
        return "insufficient"
    low, high = _gap_interval(rate, reference, looks)
    if low > margin or high < -margin:
        return "beyond"
    return "within" if -margin < low and high < margin else "cannot tell"


def compare_groups(counts, against, margin=0.05):
    """Compare every group's rate with one group's, as many gaps at once as there are groups.

    Parameters
    ----------
    counts : pandas.DataFrame of shape (groups, 2)
        One row a group: how many people it happened to, and how many stand under the rate.
    against : label
        Row of the group to compare with.
    margin : float
        The largest gap one would accept, as a share.

    Returns
    -------
    pandas.DataFrame
        A row for each other group: ``hits``, ``people``, ``rate``, ``gap`` (group minus
        comparison), ``low`` and ``high`` (its interval at 1 - 0.05 / groups) and ``verdict``.
        Where that is insufficient, no number stands.

    Raises
    ------
    CourseError
        If there is no such group, or it holds nobody.
    """
    if against not in counts.index or counts.loc[against].iloc[1] < 1:
        raise CourseError(
            f"compare_groups: no people in group {against!r}; choose one of "
            f"{', '.join(map(str, counts.index))}."
        )
    reference = share(*counts.loc[against].astype(int))
    others = counts.drop(index=[against])
    rows = [
        _compare(int(hits), int(people), reference, margin, len(others))
        for hits, people in others.itertuples(index=False)
    ]
    return pd.DataFrame(rows, index=others.index, columns=COLUMNS)


def four_fifths_alarm(people, rate_a, rate_b):
    """Chance that one group's selection rate falls below four fifths of the other's.

    Parameters
    ----------
    people : int
        In each of the two groups.
    rate_a, rate_b : float
        Share of each group that the process truly selects.

    Returns
    -------
    float
        Exact: every pair of counts is weighed by its binomial probability.
    """
    count = np.arange(people + 1)
    fires = 5 * np.minimum.outer(count, count) < 4 * np.maximum.outer(count, count)
    chance = np.outer(binom.pmf(count, people, rate_a), binom.pmf(count, people, rate_b))
    return float((chance * fires).sum())


def _compare(hits, people, reference, margin, looks):
    rate = share(hits, people) if people else None
    if rate is None or not enough(rate):
        return hits, people, np.nan, np.nan, np.nan, np.nan, "insufficient"
    low, high = _gap_interval(rate, reference, looks)
    gap = rate.value - reference.value
    return hits, people, rate.value, gap, low, high, verdict(rate, reference, margin, looks)


def _gap_interval(rate, reference, looks):
    return confint_proportions_2indep(
        rate.hits,
        rate.n,
        reference.hits,
        reference.n,
        method="newcomb",
        compare="diff",
        alpha=0.05 / looks,
    )
