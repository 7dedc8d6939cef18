"""The running case Credit: a lender's model, and loans for review."""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline

from aipm import datasets
from aipm.cases import lender
from aipm.errors import CourseError
from aipm.models.decisions import PRICES, cost_of, even_threshold
from aipm.models.preparation import prepare_columns
from aipm.validation import SEED, Table, YesNo, checked


def new_model():
    """A logistic regression with the step that prepares its columns.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Not fitted.
    """
    return make_pipeline(prepare_columns(scaled=True), LogisticRegression(solver="liblinear"))


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


@checked(
    equal=("applicants", "went_bad"), applicants=Table(), went_bad=YesNo(both=True), seed=SEED
)
def another_past(applicants, went_bad, seed):
    """Share of the applicants about whom models of two random halves decide differently.

    Parameters
    ----------
    applicants : pandas.DataFrame of shape (n, n_columns)
    went_bad : array-like of bool of shape (n,)
        Whether each failed to repay, in the same order.
    seed : int
        Which applicants fall into which half.

    Returns
    -------
    float
        Between 0 and 1, at the threshold ``aipm.cases.lender.THRESHOLD``.

    Raises
    ------
    CourseError
        If there are fewer than five of either outcome.
    """
    _five_of_each(went_bad, "another_past")
    places = np.random.default_rng(seed).permutation(len(applicants))
    denied = []
    for half in np.array_split(places, 2):
        model = new_model().fit(applicants.iloc[half], np.asarray(went_bad)[half])
        denied.append(model.predict_proba(applicants)[:, 1] >= lender.THRESHOLD)
    return float((denied[0] != denied[1]).mean())


def _five_of_each(went_bad, function):
    """Five groups need an applicant of each outcome each."""
    fewest = np.bincount(went_bad, minlength=2).min()
    if fewest < 5:
        raise CourseError(
            f"{function}: went_bad holds one outcome {fewest} times in {len(went_bad)} applicants;"
            " give five of each at least."
        )
