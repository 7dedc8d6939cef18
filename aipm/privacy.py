"""How many people in a table look alike, and who can be told to have been in one."""

import numpy as np
from sklearn.metrics import roc_auc_score

from aipm.errors import CourseError
from aipm.estimates.estimate import yes_or_no


def group_sizes(people, columns):
    """For each person, how many people of the table share their values in some columns.

    A person whose group has size 1 is singled out; the smallest size in the table is its k [1]_.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person.
    columns : list of str
        What somebody might know of a person. An empty cell counts as a value of its own, since
        whoever sees the table sees that it is empty.

    Returns
    -------
    pandas.Series of int
        The size of each person's group, the person included; the index is that of ``people``.

    Raises
    ------
    CourseError
        If no column is given, or one is not in the table.

    References
    ----------
    .. [1] L. Sweeney (2002), "k-anonymity: a model for protecting privacy", International Journal
       of Uncertainty, Fuzziness and Knowledge-Based Systems 10(5), 557-570.
    """
    columns = list(columns)
    missing = [column for column in columns if column not in people]
    if missing or not columns:
        raise CourseError(
            f"group_sizes: {missing or 'no column'} of {len(columns)} named; give a list of"
            f" columns out of {', '.join(map(str, people))}."
        )
    groups = people.groupby(columns, dropna=False, observed=True)
    return groups[columns[0]].transform("size")


def share_alone(people, columns):
    """Share of people whose values in some columns nobody else in the table has.

    Parameters
    ----------
    people, columns
        As for :func:`group_sizes`.

    Returns
    -------
    float
    """
    return float((group_sizes(people, columns) == 1).mean())


def membership(belief, was_in, false_alarms=0.01):
    """How well a model's belief in the truth tells who was in its training rows [1]_.

    Parameters
    ----------
    belief : array-like of shape (n,)
        For each person, the probability that the model gives to what really happened.
    was_in : array-like of bool of shape (n,)
        Whether the person was in the training rows.
    false_alarms : float
        Share of outsiders who may be taken for members.

    Returns
    -------
    (float, float)
        The AUC of guessing membership by belief, one half if it tells nothing; and the share of
        members whose belief is above that of all but ``false_alarms`` of the outsiders.

    References
    ----------
    .. [1] S. Yeom, I. Giacomelli, M. Fredrikson and S. Jha (2018), "Privacy risk in machine
       learning: analyzing the connection to overfitting", IEEE Computer Security Foundations
       Symposium.
    """
    belief, was_in = np.asarray(belief, dtype=float), yes_or_no("membership", was_in)
    limit = np.quantile(belief[~was_in], 1 - false_alarms)
    return float(roc_auc_score(was_in, belief)), float((belief[was_in] > limit).mean())
