"""Choose the best of many models and see what becomes of its score.

Each step can be done by hand with scikit-learn; here it has a name, and runs for 200 models.
"""

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.base import clone
from sklearn.model_selection import ParameterSampler, StratifiedKFold, train_test_split
from sklearn.tree import DecisionTreeClassifier

from aipm.errors import CourseError
from aipm.models.preparation import prepare_columns

SETTINGS = {"max_depth": range(2, 13), "min_samples_leaf": range(1, 51)}
SETTINGS["max_features"] = np.linspace(0.1, 1, 10)


def random_trees(number, seed=0):
    """Decision trees with random settings, as a team tries them that searches for a good one.

    Parameters
    ----------
    number : int
        How many trees.
    seed : int
        Which settings are drawn, and how each tree breaks its ties.

    Returns
    -------
    list of sklearn.tree.DecisionTreeClassifier
        Not fitted. Depth 2 to 12, 1 to 50 rows a leaf, a tenth to all of the columns at each
        question, drawn by ``sklearn.model_selection.ParameterSampler``.
    """
    settings = ParameterSampler(SETTINGS, number, random_state=seed)
    return [DecisionTreeClassifier(**setting, random_state=seed) for setting in settings]


def risk_scores(models, X_fit, y_fit, X_new):
    """Fit every model on the same rows and ask each for the risk of new ones.

    Parameters
    ----------
    models : list of scikit-learn classifiers
        Left as they are: copies are fitted.
    X_fit : pandas.DataFrame of shape (n_fit, n_columns)
    y_fit : array-like of bool of shape (n_fit,)
        True where the outcome is the one to be predicted.
    X_new : pandas.DataFrame of shape (n_new, n_columns)

    Returns
    -------
    pandas.DataFrame of shape (n_new, n_models)
        Probabilities, one column a model, numbered from 0. The columns are prepared as by
        :func:`aipm.models.preparation.prepare_columns`, learned from ``X_fit`` alone.
    """
    prepare = prepare_columns().fit(X_fit)
    ready_fit, ready_new = prepare.transform(X_fit), prepare.transform(X_new)
    fitted = [clone(model).fit(ready_fit, y_fit) for model in models]
    risks = {number: model.predict_proba(ready_new)[:, 1] for number, model in enumerate(fitted)}
    return pd.DataFrame(risks, index=X_new.index)


def auc_by_column(y_true, scores):
    """AUC of every column at once.

    Parameters
    ----------
    y_true : array-like of bool of shape (n,)
    scores : array-like of shape (n, n_models)
        One column a model; higher where it expects True.

    Returns
    -------
    pandas.Series of shape (n_models,)
        For each column ``sklearn.metrics.roc_auc_score``, from the ranks of the cases [1]_.

    Raises
    ------
    CourseError
        If the lengths differ, or one of the two outcomes is missing.

    References
    ----------
    .. [1] J. A. Hanley and B. J. McNeil (1982), "The meaning and use of the area under a receiver
       operating characteristic (ROC) curve", Radiology 143(1), 29-36.
    """
    scores, positive = pd.DataFrame(scores), np.asarray(y_true).astype(bool)
    n, n_positive = len(positive), positive.sum()
    if len(scores) != n:
        raise CourseError(
            f"auc_by_column: {n} outcomes and {len(scores)} rows of scores; "
            "give one row for each outcome."
        )
    if n_positive in (0, n):
        raise CourseError(f"auc_by_column: all {n} outcomes are the same; AUC needs both.")
    ranks = rankdata(scores, axis=0)
    negatives_below = ranks[positive].mean(axis=0) - (n_positive + 1) / 2  # a positive, on average
    return pd.Series(negatives_below / (n - n_positive), index=scores.columns)


def claimed_and_delivered(scores, y_true, rows, tries, repeats=200, seed=0):
    """Choose the best model on a few rows, test it on all others; again, for other random splits.

    Parameters
    ----------
    scores : pandas.DataFrame of shape (n, n_models)
        Risk by model, from :func:`risk_scores`, of rows on which no model was fitted.
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
        One line a repeat and number of tries: ``repeat``, ``tries``, ``claimed`` (the winner's AUC on
        the rows that chose), ``delivered`` (its AUC on the others), ``lost`` (the difference).

    Raises
    ------
    CourseError
        If more models should compete than there are, or no row is left to tell the truth.
    """
    (n, n_models), y_true = scores.shape, np.asarray(y_true)
    if not 1 <= min(tries) <= max(tries) <= n_models:
        raise CourseError(
            f"claimed_and_delivered: tries is {list(tries)}, and there are "
            f"{n_models} models; name between 1 and {n_models}."
        )
    if not 2 <= rows <= n - 2:
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
        claimed, named = auc_by_column(y_true[choose], order[choose]), rng.permutation(n_models)
        for k in tries:
            winner = claimed[named[:k]].idxmax()
            delivered = auc_by_column(y_true[truth], order[truth, winner])[0]
            table.append((repeat, k, claimed[winner], delivered, claimed[winner] - delivered))
    return pd.DataFrame(table, columns=["repeat", "tries", "claimed", "delivered", "lost"])


def cross_validated_auc(models, X, y, folds=5):
    """Mean AUC of every model over folds, each scored by copies trained on the other folds.

    Parameters
    ----------
    models : list of scikit-learn classifiers
    X : pandas.DataFrame of shape (n, n_columns)
    y : pandas.Series of bool of shape (n,)
    folds : int

    Returns
    -------
    pandas.Series of shape (n_models,)
        The mean of ``sklearn.model_selection.cross_val_score`` with ``scoring="roc_auc"``.
    """
    by_fold = []
    for fit, score in StratifiedKFold(folds, shuffle=True, random_state=0).split(X, y):
        risks = risk_scores(models, X.iloc[fit], y.iloc[fit], X.iloc[score])
        by_fold.append(auc_by_column(y.iloc[score], risks))
    return pd.concat(by_fold, axis=1).mean(axis=1)


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
        (:func:`cross_validated_auc` on its own rows), ``later`` (AUC on all others, trained on
        its own) and ``too_much`` (the difference).
    """
    tables = []
    for repeat in range(repeats):
        X_own, X_later, y_own, y_later = train_test_split(
            X, y, train_size=rows, stratify=y, random_state=repeat
        )
        promised = cross_validated_auc(models, X_own, y_own)
        later = auc_by_column(y_later, risk_scores(models, X_own, y_own, X_later))
        tables.append(pd.DataFrame({"repeat": repeat, "promised": promised, "later": later}))
    table = pd.concat(tables).rename_axis("model").reset_index()
    return table.assign(too_much=table["promised"] - table["later"])
