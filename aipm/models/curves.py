"""Train on more and more rows and see what each of them bought."""

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedShuffleSplit

from aipm.errors import CourseError
from aipm.models.decisions import EUROS, PRICES, cost_of, even_threshold
from aipm.validation import (
    CLASSIFIER,
    SEED,
    Count,
    Labels,
    Several,
    Table,
    YesNo,
    checked,
    same_length,
)

TRAINED = dict(
    model=CLASSIFIER, applicants=Table(unique=True), went_bad=YesNo(index=True), prices=EUROS
)

CURVE = Table(columns=("repeat", "rows", "auc", "cost"), numeric=True)


@checked(**TRAINED, train=Labels(), test=Labels())
def learn_and_score(model, applicants, went_bad, train, test, prices=PRICES):
    """Train a copy of a model on some rows and judge it on others.

    Parameters
    ----------
    model : scikit-learn classifier
        Left as it is.
    applicants : pandas.DataFrame of shape (n, n_columns)
    went_bad : pandas.Series of bool of shape (n,)
        The outcome, with the same index.
    train, test : array-like of labels
        Which rows, by index; none may be in both.
    prices : dict
        Euros for each error, as in :func:`aipm.models.decisions.cost_of`.

    Returns
    -------
    dict of str to float
        ``auc``; ``cost``, euros an applicant if everybody is denied whose risk is at least that at
        which both errors are expected to cost the same (1/6 at the course's prices); ``level``,
        mean risk minus the share that went bad.

    Raises
    ------
    CourseError
        If a row is in both sets, or one of them holds a single outcome.
    """
    same_length("learn_and_score", applicants=applicants, went_bad=went_bad)
    train, test = pd.Index(train), pd.Index(test)
    for name, rows in (("train", train), ("test", test)):
        if unknown := len(rows.difference(applicants.index)):
            raise CourseError(
                f"learn_and_score: {name} names {unknown} rows that are not in applicants; give"
                " labels of its index."
            )
    shared = test[test.isin(train)]
    if len(shared):
        raise CourseError(
            f"learn_and_score: {len(shared)} rows are in both sets, row {shared[0]} for one; a"
            " model is judged on rows it has not met."
        )
    learned, bad = went_bad.loc[train].to_numpy(), went_bad.loc[test].to_numpy()
    for name, outcomes in (("train", learned), ("test", bad)):
        if outcomes.all() or not outcomes.any():
            raise CourseError(
                f"learn_and_score: the {len(outcomes)} rows of {name} hold a single outcome; give"
                " both good and bad ones."
            )
    fitted = clone(model).fit(applicants.loc[train], learned)
    risk = fitted.predict_proba(applicants.loc[test])[:, 1]
    return {
        "auc": float(roc_auc_score(bad, risk)),
        "cost": float(cost_of(bad, risk >= even_threshold(prices), prices).mean()),
        "level": float(risk.mean() - bad.mean()),
    }


@checked(**TRAINED, sizes=Several(Count()), repeats=Count(), seed=SEED)
def learning_curve(model, applicants, went_bad, sizes, repeats=50, seed=0, prices=PRICES):
    """Score a model trained on more and more rows, for many random splits of the rows.

    Each repeat sets the largest size aside for training, in random order, and scores on all other
    rows. A smaller size takes the first rows of the larger, so within a repeat a step up adds rows
    and changes nothing else. ``sklearn.model_selection.learning_curve`` gives the same AUC; this
    adds what the decisions cost.

    Parameters
    ----------
    model : scikit-learn classifier
        Left as it is.
    applicants : pandas.DataFrame of shape (n, n_columns)
    went_bad : pandas.Series of bool of shape (n,)
    sizes : list of int
        Rows to train on; the largest leaves some to score on.
    repeats : int
        How often the rows are split at random.
    seed : int
        Which rows fall where.
    prices : dict
        As in :func:`learn_and_score`.

    Returns
    -------
    pandas.DataFrame
        A row for each repeat and size: ``repeat``, ``rows``, ``auc``, ``cost``, ``level``.

    Raises
    ------
    CourseError
        If the largest size leaves no rows to score on.
    """
    same_length("learning_curve", applicants=applicants, went_bad=went_bad)
    largest = max(sizes)
    if not 0 < largest < len(applicants) - 1:
        raise CourseError(
            f"learning_curve: sizes go up to {largest:,} of {len(applicants):,} rows and leave too"
            " few to score on; give a smaller largest size."
        )
    split = StratifiedShuffleSplit(repeats, train_size=largest, random_state=seed)
    found = []
    for repeat, (train, test) in enumerate(split.split(np.zeros(len(went_bad)), went_bad)):
        train, test = applicants.index[train], applicants.index[test]
        found += [
            {"repeat": repeat, "rows": size}
            | learn_and_score(model, applicants, went_bad, train[:size], test, prices)
            for size in sizes
        ]
    return pd.DataFrame(found)


@checked(curve=CURVE, first=Count(), last=Count())
def bought(curve, first, last):
    """What a step along a learning curve bought, repeat by repeat.

    Parameters
    ----------
    curve : pandas.DataFrame
        From :func:`learning_curve`.
    first, last : int
        Two of its sizes.

    Returns
    -------
    pandas.DataFrame of shape (n_repeats, 2)
        ``points``, hundredths of AUC gained; ``euros``, saved an applicant.
    """
    if missing := {first, last} - set(curve["rows"]):
        raise CourseError(
            f"bought: first and last are {first} and {last}, and curve has no rows of"
            f" {min(missing)}; choose two of its sizes."
        )
    by_repeat = curve.pivot(index="repeat", columns="rows", values=["auc", "cost"])
    return pd.DataFrame(
        {
            "points": 100 * (by_repeat["auc"][last] - by_repeat["auc"][first]),
            "euros": by_repeat["cost"][first] - by_repeat["cost"][last],
        }
    )
