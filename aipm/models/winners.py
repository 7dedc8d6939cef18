"""Choose the best of many models and see what becomes of its score."""

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.model_selection import train_test_split

from aipm.errors import CourseError
from aipm.models.selection import (
    MODELS,
    _column_aucs,
    cross_validated_auc,
    risk_scores,
)
from aipm.validation import SEED, Count, Several, Table, YesNo, checked, same_length


@checked(
    equal=("scores", "y_true"),
    scores=Table(numeric=True, least=4),
    y_true=YesNo(both=True),
    rows=Count(2),
    tries=Several(Count()),
    repeats=Count(),
    seed=SEED,
)
def claimed_and_delivered(scores, y_true, rows, tries, repeats=200, seed=0):
    """Choose the best model on a few rows, test it on all others; again, for other random splits.

    Parameters
    ----------
    scores : pandas.DataFrame of shape (n, n_models)
        Risk by model, from :func:`aipm.models.selection.risk_scores`, of rows on which no model
        was fitted.
    y_true : array-like of bool of shape (n,)
    rows : int
        How many of the n rows choose. Both parts get the same share of each outcome.
    tries : list of int
        How many of the models, drawn at random, compete: 1 is a model named in advance.
    repeats : int
        How often the rows are split at random.
    seed : int
        Which models compete.

    Returns
    -------
    pandas.DataFrame
        One line a repeat and number of tries: ``repeat``, ``tries``, ``claimed`` (the winner's
        AUC on the rows that chose), ``delivered`` (its AUC on the others), ``lost`` (the
        difference).

    Raises
    ------
    CourseError
        If more models should compete than there are, or no row is left to tell the truth.
    """
    n, n_models = scores.shape
    if max(tries) > n_models:
        raise CourseError(
            f"claimed_and_delivered: tries is {list(tries)}, and there are "
            f"{n_models} models; name between 1 and {n_models}."
        )
    if rows > n - 2:
        raise CourseError(
            f"claimed_and_delivered: rows is {rows} of {n}; leave some to choose "
            "and some to tell the truth."
        )
    order = rankdata(scores, method="dense", axis=0).astype("int16")  # all that AUC needs
    rng, table = np.random.default_rng(seed), []
    for repeat in range(repeats):
        choose, truth = train_test_split(
            np.arange(n), train_size=rows, stratify=y_true, random_state=repeat
        )
        claimed = pd.Series(_column_aucs(y_true[choose], order[choose]))
        named = rng.permutation(n_models)
        for k in tries:
            winner = claimed[named[:k]].idxmax()
            delivered = _column_aucs(y_true[truth], order[truth, winner])
            table.append((repeat, k, claimed[winner], delivered, claimed[winner] - delivered))
    return pd.DataFrame(table, columns=["repeat", "tries", "claimed", "delivered", "lost"])


@checked(
    models=MODELS,
    X=Table(unique=True),
    y=YesNo(both=True, index=True),
    rows=Count(10),
    repeats=Count(),
)
def promised_and_later(models, X, y, rows, repeats=15):
    """Small projects: each cross-validates the models on rows of its own, meets all others later.

    Parameters
    ----------
    models : list of scikit-learn classifiers
    X : pandas.DataFrame of shape (n, n_columns)
    y : pandas.Series of bool of shape (n,)
    rows : int
        How many rows a project owns.
    repeats : int
        How many projects; each draws its rows at random.

    Returns
    -------
    pandas.DataFrame
        One line a project and model: ``repeat``, ``model``, ``promised``
        (:func:`aipm.models.selection.cross_validated_auc` on its own rows), ``later`` (AUC on all
        others, trained on its own) and ``too_much`` (the difference).
    """
    same_length("promised_and_later", X=X, y=y)
    tables = []
    for repeat in range(repeats):
        X_own, X_later, y_own, y_later = train_test_split(
            X, y, train_size=rows, stratify=y, random_state=repeat
        )
        promised = cross_validated_auc(models, X_own, y_own)
        risks = risk_scores(models, X_own, y_own, X_later)
        later = pd.Series(_column_aucs(y_later.to_numpy(), risks))
        tables.append(pd.DataFrame({"repeat": repeat, "promised": promised, "later": later}))
    table = pd.concat(tables).rename_axis("model").reset_index()
    return table.assign(too_much=table["promised"] - table["later"])
