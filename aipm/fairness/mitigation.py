"""Say what a fix does to people: four rates in each group, and who gains or loses an offer."""

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.estimates import paired, share
from aipm.validation import Labels, YesNo, checked
from aipm.validation.words import brief

__all__ = ["moved", "rates_by_group"]
PER = 10_000
ANSWER, GROUP = YesNo(index=True), Labels(index=True)


@checked(offered=ANSWER, qualified=ANSWER, group=GROUP)
def rates_by_group(offered, qualified, group):
    """Four rates in each group, each with its interval and the people under it.

    Parameters
    ----------
    offered : pandas.Series of bool of shape (n,)
        Whether each person gets the offer; the index says who it is.
    qualified : pandas.Series of bool
        Whether each person should; it may hold more people than ``offered``.
    group : pandas.Series of str
        Each person's group; it may hold more people than ``offered``.

    Returns
    -------
    pandas.DataFrame of shape (n_groups, 4)
        A row a group, with results of :func:`aipm.estimates.share`. ``offered``: of all;
        ``qualified``: offered, of the qualified; ``others``: offered, of all others;
        ``precision``: qualified, of those offered. ``None`` where nobody stands under a rate.

    Raises
    ------
    CourseError
        If an answer is missing or not yes or no, two people share an index, or people lack an
        outcome or a group.
    """
    people = _people("rates_by_group", qualified, group, offered=offered)
    rows = {
        name: {
            "offered": _share(part["offered"]),
            "qualified": _share(part.loc[part["qualified"], "offered"]),
            "others": _share(part.loc[~part["qualified"], "offered"]),
            "precision": _share(part.loc[part["offered"], "qualified"]),
        }
        for name, part in people.groupby("group", observed=True)
    }
    return pd.DataFrame(rows).T


@checked(before=ANSWER, after=ANSWER, qualified=ANSWER, group=GROUP)
def moved(before, after, qualified, group):
    """How many people of 10,000 gain and lose an offer when one rule replaces another.

    Parameters
    ----------
    before, after : pandas.Series of bool of shape (n,)
        Whether each person gets the offer, by the old rule and by the new one.
    qualified, group : pandas.Series
        As in :func:`rates_by_group`.

    Returns
    -------
    pandas.DataFrame of shape (2 * n_groups, 5)
        A row for the qualified and for the others in each group. In people of 10,000 customers,
        whatever their group: ``gained`` and ``lost`` an offer, ``net`` (gained minus lost), and
        ``low`` and ``high``, its 95 % interval for paired shares by Bonett and Price [1]_.

    Raises
    ------
    CourseError
        As in :func:`rates_by_group`, or if the two rules are about different people.

    References
    ----------
    .. [1] D. G. Bonett and R. M. Price (2012), "Adjusted Wald confidence interval for a
       difference of binomial proportions based on paired data", Journal of Educational and
       Behavioral Statistics 37, 479-488.
    """
    people = _people("moved", qualified, group, before=before, after=after)
    rows = {}
    for name, _ in people.groupby("group", observed=True):
        for kind in ("qualified", "others"):
            member = (people["group"] == name) & (people["qualified"] == (kind == "qualified"))
            change = paired(people["after"] & member, people["before"] & member)
            net = change.difference
            counts = np.array([change.only_first, change.only_second]) / len(people)
            rows[name, kind] = PER * np.array([*counts, net.value, net.low, net.high])
    columns = ["gained", "lost", "net", "low", "high"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).set_axis(
        pd.MultiIndex.from_tuples(rows, names=["group", "who"])
    )


def _people(function, qualified, group, **rules):
    """One row a person that the rules are about, matched by index."""
    known = {"qualified": qualified, "group": group}
    for name, column in (rules | known).items():
        if not column.index.is_unique:
            twice = brief(column.index[column.index.duplicated()][0])
            raise CourseError(
                f"{function}: {name} holds two people with the index {twice}; give each person an"
                " index of their own."
            )
    (first, one), *others = rules.items()
    for name, rule in others:
        if not rule.index.equals(one.index):
            raise CourseError(
                f"{function}: {first} and {name} are about different people; give both the same"
                " index, in the same order."
            )
    for name, column in known.items():
        if _unnamed(one) and len(column) != len(one):
            raise CourseError(
                f"{function}: {first} has {len(one):,} people, {name} {len(column):,}, and no"
                f" index of {first} says who is who; give it as pandas.Series({first},"
                " index=people.index)."
            )
        if lacking := int((~one.index.isin(column.index)).sum()):
            raise CourseError(
                f"{function}: {name} lacks {lacking:,} of {len(one):,} people; give it for"
                " everybody, with the same index."
            )
    return pd.DataFrame(rules | {name: column.loc[one.index] for name, column in known.items()})


def _unnamed(column):
    """Whether an index only counts rows, as pandas gives it to what came without one."""
    return column.index.equals(pd.RangeIndex(len(column)))


def _share(column):
    return share(column) if len(column) else None
