"""A trial on past loans: rules and a model decide about loans that they have not seen."""

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedKFold, train_test_split

from aipm.cases import lender
from aipm.cases.credit import _five_of_each, new_model
from aipm.cases.credit_form import cheapest_points, form_points
from aipm.errors import CourseError
from aipm.estimates import mean
from aipm.models.decisions import (
    EUROS,
    PRICES,
    answers_to_questions,
    best_rule,
    cost_of,
    even_threshold,
)
from aipm.validation import SEED, TEXT, Count, Number, Table, YesNo, checked

TRIAL = {
    "equal": ("applicants", "went_bad"),
    "applicants": Table(),
    "went_bad": YesNo(both=True),
    "seed": SEED,
    "prices": EUROS,
}


@checked(decided=Table(), way=TEXT, prices=EUROS, review=Number(low=0))
def total_cost(decided, way, prices=PRICES, review=lender.REVIEW):
    """What the decisions of one way cost: errors, and a person who reads each refusal.

    Parameters
    ----------
    decided : pandas.DataFrame of shape (n, n_columns)
        From :func:`prototype`, or a table with the columns ``went_bad`` and ``way`` of yes or no.
    way : str
        Column that says whether each applicant is denied.
    prices : dict
        Euros for each error, as in :func:`aipm.models.decisions.cost_of`.
    review : float
        Euros for reading one refusal.

    Returns
    -------
    pandas.Series of float of shape (n,)
        Euros for each applicant.

    Raises
    ------
    CourseError
        If a column is missing or not yes or no, or a price is below 0.
    """
    Table(columns=("went_bad", way))("total_cost: decided", decided)
    errors = cost_of(decided["went_bad"], decided[way], prices)  # refuses what is no yes or no
    return pd.Series(errors + review * decided[way].to_numpy(dtype=float), decided.index)


@checked(**TRIAL, lines=Count(2))
def decide_by_rule(applicants, went_bad, seed, lines=2, prices=PRICES):
    """Decide about each loan by the best rule of so many lines that has not seen it.

    Parameters
    ----------
    applicants, went_bad, seed, prices
        As in :func:`prototype`.
    lines : int, default=2
        Questions in each rule, see :func:`aipm.models.decisions.best_rule`.

    Returns
    -------
    pandas.Series of bool of shape (n,)
        Whether each applicant is denied.

    Raises
    ------
    CourseError
        If there are fewer than five of either outcome.
    """
    _five_of_each(went_bad, "decide_by_rule")
    went_bad = pd.Series(np.asarray(went_bad), applicants.index)
    denied = np.zeros(len(applicants), dtype=bool)
    for learn, decide in _groups(applicants, went_bad, seed):
        answers = answers_to_questions(applicants.iloc[learn])
        rule = best_rule(answers, went_bad.iloc[learn], prices, lines)
        denied[decide] = applicants.iloc[decide].eval(rule)
    return pd.Series(denied, applicants.index)


@checked(**TRIAL, rows=Count(10))
def prototype(applicants, went_bad, seed, rows=None, prices=PRICES):
    """Decide on each loan by rules and by a model that have not seen it (cross-validation).

    The loans are split at random into five groups. Rules and model are chosen on four groups and
    decide on the fifth, in turn, so that each loan is decided on once.

    Parameters
    ----------
    applicants : pandas.DataFrame of shape (n, n_columns)
        What is known of each applicant, such as :func:`aipm.datasets.credit` without ``status``.
    went_bad : array-like of bool of shape (n,)
        Whether each failed to repay, in the same order.
    seed : int
        Which loans fall into which group.
    rows : int, optional
        Use only so many of the loans, as a smaller prototype would.
    prices : dict
        Euros for each error, as in :func:`aipm.models.decisions.cost_of`; they set the model's
        threshold, see :func:`aipm.models.decisions.even_threshold`.

    Returns
    -------
    pandas.DataFrame of shape (n or rows, 7)
        ``went_bad``; the model's ``score``; and whether each way denies the loan: ``two lines``,
        ``three lines``, ``form`` (from so many points as were cheapest in the other groups),
        ``model at 0.5`` and ``model``. Rows in the order of ``applicants``.

    Raises
    ------
    CourseError
        If there are fewer applicants than ``rows``, or fewer than five of either outcome.
    """
    if rows is not None and rows > len(applicants) - 2:
        raise CourseError(
            f"prototype: rows is {rows:,}, of {len(applicants):,} applicants; give two fewer than"
            " these at most, or leave rows out."
        )
    _five_of_each(went_bad, "prototype")
    went_bad = pd.Series(np.asarray(went_bad), applicants.index)
    if rows is not None:
        drawn, _ = train_test_split(
            np.arange(len(applicants)), train_size=rows, stratify=went_bad, random_state=seed
        )
        drawn.sort()
        applicants, went_bad = applicants.iloc[drawn], went_bad.iloc[drawn]
        _five_of_each(went_bad, "prototype")
    decided, places, points = [], [], form_points(applicants)
    for learn, decide in _groups(applicants, went_bad, seed):
        places.extend(decide)
        fit, bad, new = applicants.iloc[learn], went_bad.iloc[learn], applicants.iloc[decide]
        rule = best_rule(answers_to_questions(fit), bad, prices, lines=3)
        enough = cheapest_points(points.iloc[learn], bad, prices)
        score = new_model().fit(fit, bad).predict_proba(new)[:, 1]
        ways = {
            "score": score,
            "two lines": new.eval(" or ".join(rule.split(" or ")[:2])),  # the best pair leads
            "three lines": new.eval(rule),
            "form": points.iloc[decide] >= enough,
            "model at 0.5": score >= 0.5,
            "model": score >= even_threshold(prices),
        }
        decided.append(pd.DataFrame({"went_bad": went_bad.iloc[decide]} | ways, new.index))
    return pd.concat(decided).iloc[np.argsort(places)]


@checked(decided=Table(), prices=EUROS, review=Number(low=0))
def saving_over_best(decided, prices=PRICES, review=lender.REVIEW):
    """What the model saves over the cheapest of the rules, the form and denying everybody.

    Parameters
    ----------
    decided : pandas.DataFrame of shape (n, 7)
        From :func:`prototype`, at the same prices.
    prices, review
        As in :func:`total_cost`; denying everybody takes no review.

    Returns
    -------
    (str, aipm.estimates.Estimate)
        The cheapest way, and the mean saving in euros per applicant with its interval.

    Raises
    ------
    CourseError
        If a column is missing or not yes or no, or a price is below 0.
    """
    rules = ("two lines", "three lines", "form")
    ways = {way: total_cost(decided, way, prices, review) for way in rules}
    ways["deny all"] = cost_of(decided["went_bad"], True, prices)
    best = min(ways, key=lambda way: ways[way].mean())
    return best, mean(ways[best] - total_cost(decided, "model", prices, review))


def _groups(applicants, went_bad, seed):
    """Places to learn from and to decide about, five times."""
    return StratifiedKFold(5, shuffle=True, random_state=seed).split(applicants, went_bad)
