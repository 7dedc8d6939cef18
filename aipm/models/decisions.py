"""Price decisions that err in two ways, find the threshold from which deciding costs least, and
find the best rule of two lines to compare a model with.
"""

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.validation import (
    FLAG,
    Cases,
    Count,
    Mapping,
    Number,
    Numbers,
    Table,
    YesNo,
    checked,
    same_length,
)

PRICES = {"bad approved": 5_000, "good denied": 1_000}
THRESHOLDS = np.arange(5, 100, 5) / 100
FIFTHS = [0.2, 0.4, 0.6, 0.8]
EUROS = Mapping(Number(low=0), keys=tuple(PRICES))


@checked(went_bad=YesNo(), denied=Cases(single=FLAG), prices=EUROS)
def cost_of(went_bad, denied, prices=PRICES):
    """What each decision cost, compared with the right one.

    Parameters
    ----------
    went_bad : array-like of bool of shape (n,)
        Whether each applicant failed to repay.
    denied : array-like of bool of shape (n,), or bool
        Whether each was denied; one value for all is allowed.
    prices : dict
        Euros for each of the two errors, under ``"bad approved"`` and ``"good denied"``; 0 or
        more.

    Returns
    -------
    numpy.ndarray of shape (n,)
        Euros; 0 where the decision was right.

    Raises
    ------
    CourseError
        If a price or an answer is missing, or the lengths differ.
    """
    if np.ndim(denied):
        same_length("cost_of", went_bad=went_bad, denied=denied)
    approved = prices["bad approved"] * (went_bad & np.logical_not(denied))
    return approved + prices["good denied"] * (~went_bad & denied)


@checked(prices=EUROS)
def even_threshold(prices=PRICES):
    """The risk at which denying and approving are expected to cost the same.

    Parameters
    ----------
    prices : dict
        As in :func:`cost_of`; one of them above 0.

    Returns
    -------
    float
        Between 0 and 1; 1/6 at the course's prices.

    Raises
    ------
    CourseError
        If both errors cost nothing.

    References
    ----------
    C. Elkan (2001), "The foundations of cost-sensitive learning", IJCAI, equation 2.
    """
    if not sum(prices[name] for name in PRICES):
        raise CourseError("even_threshold: prices are both 0; give one error a price.")
    return prices["good denied"] / (prices["good denied"] + prices["bad approved"])


@checked(equal=("score", "went_bad"), score=Numbers(), went_bad=YesNo(), prices=EUROS)
def cheapest_threshold(score, went_bad, prices=PRICES):
    """Of the thresholds 0.05, 0.10 … 0.95, the one from which denying would have cost least.

    Parameters
    ----------
    score : array-like of shape (n,)
    went_bad : array-like of bool of shape (n,)
    prices : dict
        As in :func:`cost_of`.

    Returns
    -------
    float
    """
    return float(
        min(
            THRESHOLDS,
            key=lambda threshold: cost_of(went_bad, score >= threshold, prices).mean(),
        )
    )


@checked(applicants=Table())
def answers_to_questions(applicants):
    """Answers of all applicants to every yes-or-no question that could be a line of a rule.

    Parameters
    ----------
    applicants : pandas.DataFrame of shape (n, n_columns)

    Returns
    -------
    pandas.DataFrame of bool of shape (n, n_questions)
        A column a question, named as ``applicants.eval`` reads it, such as ``"seniority < 8"``:
        each number below, or from, the values that cut its column into fifths, and each word. An
        empty cell answers no.
    """
    answers = {}
    for name in applicants.select_dtypes("number"):
        values = applicants[name].to_numpy()
        for limit in applicants[name].quantile(FIFTHS).round().unique():
            answers[f"{name} < {limit:.0f}"] = values < limit
            answers[f"{name} >= {limit:.0f}"] = values >= limit
    for name in applicants.select_dtypes("category"):
        words = applicants[name].cat
        for code, word in enumerate(words.categories):
            answers[f"{name} == '{word}'"] = words.codes.to_numpy() == code
    return pd.DataFrame(answers, index=applicants.index)


@checked(answers=Table(numeric=True), went_bad=YesNo(), prices=EUROS, lines=Count(2))
def best_rule(answers, went_bad, prices=PRICES, lines=2):
    """Of all rules "deny if this or that", the one that would have cost least.

    Parameters
    ----------
    answers : pandas.DataFrame of bool of shape (n, n_questions)
        From :func:`answers_to_questions`, of training rows: on them the rule is chosen, so there
        it flatters itself a little.
    went_bad : array-like of bool of shape (n,)
    prices : dict
        As in :func:`cost_of`.
    lines : int, default=2
        Questions in the rule, 2 or more. The best pair is found among all pairs; each further
        line is the one that then helps most.

    Returns
    -------
    str
        Questions joined by ``or``; ``applicants.eval`` says whom they deny.

    Raises
    ------
    CourseError
        If there are fewer questions than lines, or as many outcomes as rows are not given.
    """
    bad, questions = went_bad, list(answers)
    same_length("best_rule", answers=answers, went_bad=bad)
    if len(questions) < lines:
        raise CourseError(
            f"best_rule: answers has {len(questions)} columns for {lines} lines; give a question"
            " a line at least."
        )
    yes = answers.to_numpy(dtype=float)
    cost = prices["good denied"] * _either(yes[~bad])
    cost += prices["bad approved"] * (bad.sum() - _either(yes[bad]))
    cost[np.tril_indices(len(questions))] = np.inf  # each pair once, none with itself
    chosen = list(np.unravel_index(cost.argmin(), cost.shape))
    while len(chosen) < lines:
        denied = np.maximum(yes, yes[:, chosen].max(axis=1, keepdims=True))
        cost = prices["good denied"] * denied[~bad].sum(axis=0)
        cost += prices["bad approved"] * (bad.sum() - denied[bad].sum(axis=0))
        cost[chosen] = np.inf
        chosen.append(cost.argmin())
    return " or ".join(questions[each] for each in chosen)


def _either(yes):
    """For each pair of columns, the rows where at least one is 1; shape (n_columns, n_columns)."""
    both, one = yes.T @ yes, yes.sum(axis=0)
    return one[:, None] + one - both
