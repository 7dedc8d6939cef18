"""Say what a fix does to people: four rates in each group, and who gains or loses an offer."""

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.estimates import paired, share

__all__ = ["moved", "rates_by_group"]
PER = 10_000


def rates_by_group(offered, qualified, group):
    """Four rates in each group, each with its interval and the people under it.

    Parameters
    ----------
    offered : pandas.Series of bool of shape (n,)
        Whether each person gets the offer.
    qualified : pandas.Series of bool
        Whether each person should; it may hold more people than ``offered``.
    group : pandas.Series of str
        Each person's group; it may hold more people than ``offered``.

    Returns
    -------
    pandas.DataFrame
        A row a group, with results of :func:`aipm.estimates.share`. ``offered``: of all;
        ``qualified``: offered, of the qualified; ``others``: offered, of all others;
        ``precision``: qualified, of those offered. ``None`` where nobody stands under a rate.

    Raises
    ------
    CourseError
        If people lack an outcome or a group.
    """
    people = _people(qualified, group, offered=offered)
    rows = {
        name: {
            "offered": _share(part["offered"]),
            "qualified": _share(part.loc[part["qualified"], "offered"]),
            "others": _share(part.loc[~part["qualified"], "offered"]),
            "precision": _share(part.loc[part["offered"], "qualified"]),
        }
        for name, part in people.groupby("group")
    }
    return pd.DataFrame(rows).T


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
    pandas.DataFrame
        A row for the qualified and for the others in each group. In people of 10,000 customers,
        whatever their group: ``gained`` and ``lost`` an offer, ``net`` (gained minus lost), and
        ``low`` and ``high``, its 95 % interval for paired shares by Bonett and Price [1]_.

    Raises
    ------
    CourseError
        If people lack an outcome or a group, or the two rules are about different people.

    References
    ----------
    .. [1] D. G. Bonett and R. M. Price (2012), "Adjusted Wald confidence interval for a
       difference of binomial proportions based on paired data", Journal of Educational and
       Behavioral Statistics 37, 479-488.
    """
    people = _people(qualified, group, before=before, after=after)
    rows = {}
    for name in sorted(people["group"].unique()):
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


def _people(qualified, group, **rules):
    first = next(iter(rules.values()))
    if not all(rule.index.equals(first.index) for rule in rules.values()):
        raise CourseError("moved: the two rules are about different people; give the same rows.")
    known = first.index.isin(qualified.index) & first.index.isin(group.index)
    if first.empty or not known.all():
        raise CourseError(
            f"mitigation: {int((~known).sum())} of {len(first)} people lack an outcome or a group;"
            " give both for everybody, and one person at least."
        )
    known_of = {"qualified": qualified[first.index], "group": group[first.index]}
    people = pd.DataFrame({**rules, **known_of})
    return people.astype(dict.fromkeys([*rules, "qualified"], bool))


def _share(column):
    return share(column) if len(column) else None
