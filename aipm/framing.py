"""Price the decisions of a rule and of a model on the same applicants: the machinery of chapter 1.

Each step is done once by hand in the lab; here it has a name, and can be repeated.
"""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

from aipm.errors import CourseError
from aipm.preparation import prepare_columns

PRICES = {"bad approved": 5_000, "good denied": 1_000}
CUTS = np.arange(5, 100, 5) / 100
FIFTHS = [0.2, 0.4, 0.6, 0.8]


def cost_of(went_bad, denied, prices=PRICES):
    """What each decision cost, compared with the right one.

    Parameters
    ----------
    went_bad : array-like of bool of shape (n,)
        Whether each applicant failed to repay.
    denied : array-like of bool of shape (n,), or bool
        Whether each was denied; one value for all is allowed.
    prices : dict
        Euros for each of the two errors, under ``"bad approved"`` and ``"good denied"``.

    Returns
    -------
    numpy.ndarray of shape (n,)
        Euros; 0 where the decision was right.

    Raises
    ------
    CourseError
        If a price is missing or the lengths differ.
    """
    bad, no = np.asarray(went_bad, dtype=bool), np.asarray(denied, dtype=bool)
    missing = set(PRICES) - set(prices)
    if missing:
        raise CourseError(f"cost_of: prices has no {sorted(missing)[0]!r}; give euros for both.")
    if no.ndim and len(no) != len(bad):
        raise CourseError(
            f"cost_of: {len(bad)} outcomes and {len(no)} decisions; give one decision for each."
        )
    return prices["bad approved"] * (bad & ~no) + prices["good denied"] * (~bad & no)


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


def best_rule(answers, went_bad, prices=PRICES):
    """Of all rules "deny if this or that", the one that would have cost least.

    Parameters
    ----------
    answers : pandas.DataFrame of bool of shape (n, n_questions)
        From :func:`answers_to_questions`, of training rows: on them the rule is chosen, so there
        it flatters itself a little.
    went_bad : array-like of bool of shape (n,)
    prices : dict
        As in :func:`cost_of`.

    Returns
    -------
    str
        Two of the questions, joined by ``or``; ``applicants.eval`` says whom it denies.

    Raises
    ------
    CourseError
        If there are fewer than two questions, or as many outcomes as rows are not given.
    """
    bad, questions = np.asarray(went_bad, dtype=bool), list(answers)
    if len(questions) < 2 or len(bad) != len(answers):
        raise CourseError(
            f"best_rule: {len(questions)} questions, {len(answers)} rows and {len(bad)} outcomes;"
            " give two questions at least and one outcome for each row."
        )
    yes = answers.to_numpy(dtype=float)
    cost = prices["good denied"] * _either(yes[~bad])
    cost += prices["bad approved"] * (bad.sum() - _either(yes[bad]))
    cost[np.tril_indices(len(questions))] = np.inf  # each pair once, none with itself
    first, second = np.unravel_index(cost.argmin(), cost.shape)
    return f"{questions[first]} or {questions[second]}"


def _either(yes):
    """For each pair of columns, the rows where at least one is 1; shape (n_columns, n_columns)."""
    both, one = yes.T @ yes, yes.sum(axis=0)
    return one[:, None] + one - both


def new_model():
    """A logistic regression with the step that prepares its columns; not fitted."""
    return make_pipeline(prepare_columns(scaled=True), LogisticRegression(solver="liblinear"))


def even_cut(prices=PRICES):
    """The risk at which denying and approving are expected to cost the same, a float: 1/6 at the
    course's prices."""
    return prices["good denied"] / (prices["good denied"] + prices["bad approved"])


def cheapest_cut(score, went_bad, prices=PRICES):
    """Of the cuts 0.05, 0.10 … 0.95, the one from which denying would have cost least.

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
    score = np.asarray(score)
    return float(min(CUTS, key=lambda cut: cost_of(went_bad, score >= cut, prices).mean()))


def prototype(applicants, went_bad, seed, rows=None, prices=PRICES):
    """Deal the applicants anew, choose rule and model on 60 in 100, price both on the others.

    Parameters
    ----------
    applicants : pandas.DataFrame of shape (n, n_columns)
    went_bad : pandas.Series of bool of shape (n,)
    seed : int
        Which applicants fall where.
    rows : int, optional
        Use only so many of the applicants, as a smaller prototype would.
    prices : dict
        As in :func:`cost_of`.

    Returns
    -------
    pandas.DataFrame of shape (n_test, 4)
        Euros for each test applicant: ``deny all``, ``rule``, ``model at 0.5`` and ``model``, the
        last at the cut that was cheapest in training.
    """
    if rows is not None:
        applicants, _, went_bad, _ = train_test_split(
            applicants, went_bad, train_size=rows, stratify=went_bad, random_state=seed
        )
    fit, new, bad, bad_new = train_test_split(
        applicants, went_bad, test_size=0.4, stratify=went_bad, random_state=seed
    )
    prepare, model = new_model()
    ready = prepare.fit_transform(fit)  # once: it takes longer than the model
    model.fit(ready, bad)
    cut = cheapest_cut(model.predict_proba(ready)[:, 1], bad, prices)
    score = model.predict_proba(prepare.transform(new))[:, 1]
    denied = {
        "deny all": True,
        "rule": new.eval(best_rule(answers_to_questions(fit), bad, prices)),
        "model at 0.5": score >= 0.5,
        "model": score >= cut,
    }
    return pd.DataFrame({name: cost_of(bad_new, no, prices) for name, no in denied.items()})


def verdict(saving, needed):
    """Hold a saving against a kill criterion.

    Parameters
    ----------
    saving : aipm.estimates.Estimate
        Of a model over the best rule, with its interval.
    needed : float
        What it must save at least, in the same unit.

    Returns
    -------
    str
        ``"go"`` if the whole interval lies above, ``"stop"`` if it lies below, else
        ``"cannot tell"``.
    """
    if saving.low > needed:
        return "go"
    return "stop" if saving.high < needed else "cannot tell"
