"""The running case Credit: a lender's model, its prototype against a rule, and loans for review."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

from aipm import datasets
from aipm.models.decisions import (
    PRICES,
    answers_to_questions,
    best_rule,
    cheapest_threshold,
    cost_of,
    even_threshold,
)
from aipm.models.preparation import prepare_columns


def new_model():
    """A logistic regression with the step that prepares its columns; not fitted."""
    return make_pipeline(prepare_columns(scaled=True), LogisticRegression(solver="liblinear"))


def prototype(applicants, went_bad, seed, rows=None, prices=PRICES):
    """Split the applicants at random, choose rule and model on 60 in 100, price both on the others.

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
        last at the threshold that was cheapest in training.
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
    threshold = cheapest_threshold(model.predict_proba(ready)[:, 1], bad, prices)
    score = model.predict_proba(prepare.transform(new))[:, 1]
    denied = {
        "deny all": True,
        "rule": new.eval(best_rule(answers_to_questions(fit), bad, prices)),
        "model at 0.5": score >= 0.5,
        "model": score >= threshold,
    }
    return pd.DataFrame({name: cost_of(bad_new, no, prices) for name, no in denied.items()})


def loans_to_review(seed):
    """Test loans of one random split, priced, with four orders in which people could look at them.

    Parameters
    ----------
    seed : int

    Returns
    -------
    pandas.DataFrame of shape (1_782, 8)
        ``risk``, ``bad``, ``denied`` (by the machine), ``cost`` of that decision in euros, and a
        column for each order, higher where a person looks first: ``random``, ``least sure``,
        ``nearest the threshold`` and ``expected cost`` (euros).
    """
    loans = datasets.credit()
    applicants, bad = loans.drop(columns="status"), loans["status"] == "bad"
    fit, new, bad_fit, bad_new = train_test_split(
        applicants, bad, test_size=0.4, stratify=bad, random_state=seed
    )
    risk = new_model().fit(fit, bad_fit).predict_proba(new)[:, 1]
    threshold = even_threshold()
    return pd.DataFrame({
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
    })
