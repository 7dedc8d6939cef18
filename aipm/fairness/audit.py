"""Hold gaps between groups of people against a margin, if there are people enough to read them."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.estimates import Estimate, difference, share
from aipm.validation import INSIDE, Count, Kind, Numbers, Table, checked
from aipm.validation.words import brief

__all__ = ["Gap", "compare_groups", "enough", "gap"]
LEAST, WIDEST = 30, 0.20  # a judgement: people under a rate, width of its interval (± 10 points)
COLUMNS = ["hits", "people", "rate", "gap", "low", "high", "verdict"]
A_SHARE = Kind("a share", (Estimate,))
A_LABEL = Kind("the label of a row", (Hashable,))


@dataclass(frozen=True)
class Gap(Estimate):
    """Difference of two groups' rates, which knows whether there are people enough to read it.

    Attributes
    ----------
    enough : bool
        Whether both rates rest on people enough (:func:`enough`). All others are those of
        :class:`aipm.estimates.Estimate`.
    """

    enough: bool = True

    def against(self, low, high):
        """Hold the gap against the largest one would accept, below and above 0.

        Returns
        -------
        str
            ``"insufficient"`` if there are not people enough, else what
            :meth:`aipm.estimates.Estimate.against` says.
        """
        said = super().against(low, high)
        return said if self.enough else "insufficient"


@checked(rate=A_SHARE)
def enough(rate):
    """Whether a rate rests on 30 people at least and is known to ± 10 points or better.

    Parameters
    ----------
    rate : aipm.estimates.Estimate
        What :func:`aipm.estimates.share` returns.

    Returns
    -------
    bool

    Raises
    ------
    CourseError
        If this is no share.
    """
    _refuse_other("enough", rate=rate)
    return rate.n >= LEAST and rate.high - rate.low <= WIDEST


@checked(rate=A_SHARE, reference=A_SHARE, looks=Count())
def gap(rate, reference, looks=1):
    """Gap between a group's rate and that of a comparison group, with its interval.

    Parameters
    ----------
    rate, reference : aipm.estimates.Estimate
        Two results of :func:`aipm.estimates.share`, about different people.
    looks : int, default=1
        How many gaps are looked at; each interval is taken at 1 - 0.05 / ``looks``
        (Bonferroni).

    Returns
    -------
    Gap
        Rate minus reference, by Newcombe [1]_. ``gap(…).against(-0.05, 0.05)`` says how it lies
        to a margin of five points: ``"within"``, ``"beyond"``, ``"cannot tell"``, or
        ``"insufficient"`` if either rate rests on too few people.

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
    >>> few, many = share(3, 6), share(230, 1_000)
    >>> gap(share(420, 1_000), many).against(-0.05, 0.05), gap(few, many).against(-0.05, 0.05)
    ('beyond', 'insufficient')
    """
    _refuse_other("gap", rate=rate, reference=reference)
    found = difference(rate, reference, level=1 - 0.05 / looks)
    return Gap(**vars(found), enough=enough(rate) and enough(reference))


@checked(counts=Table(least=2, numeric=True, unique=True), against=A_LABEL, margin=INSIDE)
def compare_groups(counts, against, margin=0.05):
    """Compare every group's rate with one group's, as many gaps at once as there are groups.

    Parameters
    ----------
    counts : pandas.DataFrame of shape (n_groups, 2)
        One row a group, each with a label of its own: how many people it happened to, and how
        many stand under the rate. Whole numbers, the first not above the second.
    against : label
        Row of the group to compare with.
    margin : float, default=0.05
        The largest gap one would accept, as a share: 0.05 is five points.

    Returns
    -------
    pandas.DataFrame of shape (n_groups - 1, 7)
        A row for each other group: ``hits``, ``people``, ``rate``, ``gap`` (group minus
        comparison), ``low`` and ``high`` (its interval at 1 - 0.05 / (n_groups - 1)) and
        ``verdict``, as in :func:`gap`. Where that is insufficient, no number stands.

    Raises
    ------
    CourseError
        If a count is missing, below 0 or no whole number, more are hit than there are people,
        two groups have one label, or there is no such group or nobody in it.
    """
    counts = _whole(counts)
    labels = list(counts.index)
    if against not in labels or counts.iloc[labels.index(against), 1] < 1:
        raise CourseError(
            f"compare_groups: against is {brief(against)}, a group without people in counts;"
            f" choose one of {', '.join(map(str, labels[:10]))}."
        )
    place = labels.index(against)
    reference = share(*map(int, counts.iloc[place]))
    others = counts[np.arange(len(counts)) != place]
    rows = [
        _compare(int(hits), int(people), reference, margin, len(others))
        for hits, people in others.itertuples(index=False)
    ]
    return pd.DataFrame(rows, index=others.index, columns=COLUMNS)


def _refuse_other(name, **rates):
    """Refuse an estimate that is no share; its count is what the rules here rest on."""
    for argument, rate in rates.items():
        if rate.hits is None:
            raise CourseError(f"{name}: {argument} is a {rate.kind}, {rate}; give a share.")


def _whole(counts):
    """The two columns of counts, if each can be counts."""
    if counts.shape[1] != 2:
        raise CourseError(
            f"compare_groups: counts has {counts.shape[1]} columns; give two, how many people it"
            " happened to and how many stand under the rate."
        )
    for column in counts:
        told = f"compare_groups: counts, column {column!r},"
        values = Numbers(low=0)(told, counts[column])
        if (broken := values % 1 != 0).any():
            first = counts.index[broken][0]
            raise CourseError(
                f"{told} is no whole number in row {brief(first)}; give counts of people."
            )
    if (above := counts.iloc[:, 0] > counts.iloc[:, 1]).any():
        row = brief(counts.index[above][0])
        raise CourseError(
            f"compare_groups: counts has more hits than people in row {row}; put the"
            " hits first and all people of the group second."
        )
    return counts


def _compare(hits, people, reference, margin, looks):
    """One row of :func:`compare_groups`."""
    found = gap(rate := share(hits, people), reference, looks) if people else None
    if found is None or not found.enough:
        return hits, people, np.nan, np.nan, np.nan, np.nan, "insufficient"
    said = found.against(-margin, margin)
    return hits, people, rate.value, found.value, found.low, found.high, said
