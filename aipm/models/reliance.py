"""What a person and a tool reach together."""

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.validation import SHARE, Number, Numbers, YesNo, checked


@checked(
    equal=("sure", "right"),
    sure=Numbers(low=0, high=1),
    right=YesNo(),
    person=SHARE,
    follows_from=Number(low=0),
    person_if_wrong=SHARE,
)
def team(sure, right, person, follows_from, person_if_wrong=None):
    """A simulated person and a tool, deciding together: expected shares, nothing is drawn.

    The person takes the tool's answer where it is sure enough, and else decides alone. No real
    person is so simple; change the assumptions and look again.

    Parameters
    ----------
    sure : array-like of float of shape (n,)
        What is shown, taken at its word.
    right : array-like of bool of shape (n,)
        Whether the tool's answer is right.
    person : float
        Share of all cases that the person alone gets right.
    follows_from : float
        How sure the tool must be for the person to take its answer; above 1 is never.
    person_if_wrong : float, optional
        Share that the person gets right where the tool errs. Left out, it is ``person``: errors
        are independent. If given, the share where the tool is right makes up for it.

    Returns
    -------
    pandas.Series
        ``follows`` (share of the cases), ``team`` (share right), ``over_reliance`` (of the tool's
        wrong answers, the share followed) and ``under_reliance`` (of its right ones, the share
        not followed; the two are missing where the tool is never wrong, or never right).

    Raises
    ------
    CourseError
        If no person can be right so often in all and so often where the tool errs.
    """
    alone, if_wrong = right.mean(), person if person_if_wrong is None else person_if_wrong
    if_right = (person - (1 - alone) * if_wrong) / alone if alone else person
    if not (0 <= if_wrong <= 1 and -1e-9 <= if_right <= 1 + 1e-9):
        raise CourseError(
            f"team: person and person_if_wrong do not fit: who is right on {person:.0%} of all"
            f" cases and on {if_wrong:.0%} of those where the tool errs would have to be right on"
            f" {if_right:.0%} of the others."
        )
    follows = sure >= follows_from
    decided = np.where(follows, right, np.where(right, if_right, if_wrong))
    found = {"follows": follows.mean(), "team": decided.mean()}
    found["over_reliance"] = follows[~right].mean() if not right.all() else np.nan
    found["under_reliance"] = (~follows)[right].mean() if right.any() else np.nan
    return pd.Series(found)
