"""The running case Credit: a lender's model, its prototype against a rule, loans for review."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

from aipm import datasets
from aipm.errors import CourseError
from aipm.models.decisions import (
    EUROS,
    PRICES,
    answers_to_questions,
    best_rule,
    cheapest_threshold,
    cost_of,
    even_threshold,
)
from aipm.models.preparation import prepare_columns
from aipm.validation import SEED, Count, Table, YesNo, checked


def new_model():
    """A logistic regression with the step that prepares its columns.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Not fitted.
    """
    return make_pipeline(prepare_columns(scaled=True), LogisticRegression(solver="liblinear"))


@checked(
    equal=("applicants", "went_bad"),
    applicants=Table(),
    went_bad=YesNo(both=True),
    seed=SEED,
    rows=Count(10),
    prices=EUROS,
)
def prototype(applicants, went_bad, seed, rows=None, prices=PRICES):
    """Split the applicants at random, choose rule and model on 60 in 100, and price both on the
    others.

    Parameters
    ----------
    applicants : pandas.DataFrame of shape (n, n_columns)
        What is known of each applicant, such as :func:`aipm.datasets.credit` without ``status``.
    went_bad : array-like of bool of shape (n,)
        Whether each failed to repay, in the same order.
    seed : int
        Which applicants fall where.
    rows : int, optional
        Use only so many of the applicants, as a smaller prototype would.
    prices : dict
        Euros for each error, as in :func:`aipm.models.decisions.cost_of`.

    Returns
    -------
    pandas.DataFrame of shape (n_test, 4)
        Euros for each test applicant: ``deny all``, ``rule``, ``model at 0.5`` and ``model``, the
        last at the threshold that was cheapest in training.

    Raises
    ------
    CourseError
        If there are fewer applicants than ``rows``, or hardly any who repaid or failed to.
    """
    if rows is not None and rows > len(applicants) - 2:
        raise CourseError(
            f"prototype: rows is {rows:,}, of {len(applicants):,} applicants; give two fewer than"
            " these at most, or leave rows out."
        )
    _two_of_each(went_bad)
    if rows is not None:
        applicants, _, went_bad, _ = train_test_split(
            applicants, went_bad, train_size=rows, stratify=went_bad, random_state=seed
        )
        _two_of_each(went_bad)
    fit, new, bad, bad_new = train_test_split(
        applicants, went_bad, test_size=0.4, stratify=went_bad, random_state=seed
    )
    prepare, model = new_model()
    ready = prepare.fit_transform(fit)  # once: it takes longer than the model
    model.fit(ready, bad)
    threshold = cheapest_threshold(model.predict_proba(ready)[:, 1], bad, prices)
    score = model.predict_proba(prepare.transform(new))[:, 1]
    denied = {
        "deny all": True,
        "rule": new.eval(best_rule(answers_to_questions(fit), bad, prices)),
        "model at 0.5": score >= 0.5,
        "model": score >= threshold,
    }
    return pd.DataFrame({name: cost_of(bad_new, no, prices) for name, no in denied.items()})


@checked(seed=SEED)
def loans_to_review(seed):
    """Test loans of one random split, priced, with four orders in which people could look at them.

    Parameters
    ----------
    seed : int
        Which loans are test loans.

    Returns
    -------
    pandas.DataFrame of shape (1_782, 8)
        ``risk``, ``bad``, ``denied`` (by the machine), ``cost`` of that decision in euros, and a
        column for each order, higher where a person looks first: ``random``, ``least sure``,
        ``nearest the threshold`` and ``expected cost`` (euros). Source:
        :func:`aipm.datasets.credit`.
    """
    loans = datasets.credit()
    applicants, bad = loans.drop(columns="status"), loans["status"] == "bad"
    fit, new, bad_fit, bad_new = train_test_split(
        applicants, bad, test_size=0.4, stratify=bad, random_state=seed
    )
    risk = new_model().fit(fit, bad_fit).predict_proba(new)[:, 1]
    threshold = even_threshold()
    return pd.DataFrame(
        {
            "risk": risk,
            "bad": bad_new.to_numpy(),
            "denied": risk >= threshold,
            "cost": cost_of(bad_new, risk >= threshold),
            "random": np.random.default_rng(seed).random(len(risk)),
            "least sure": -abs(risk - 0.5),
            "nearest the threshold": -abs(risk - threshold),
            "expected cost": np.minimum(
                PRICES["bad approved"] * risk, PRICES["good denied"] * (1 - risk)
            ),
        }
    )


def _two_of_each(went_bad):
    """A split into two needs two applicants of each outcome."""
    fewest = np.bincount(went_bad, minlength=2).min()
    if fewest < 2:
        raise CourseError(
            f"prototype: went_bad holds one outcome {fewest} times in {len(went_bad)} applicants;"
            " give two of each at least."
        )
