"""Choose the best of many models and see what becomes of its score: the machinery of chapter 5.

Every step can be done by hand with scikit-learn; here it has a name, and runs for 200 models at once.
"""

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.base import clone
from sklearn.model_selection import ParameterSampler, StratifiedKFold, train_test_split
from sklearn.tree import DecisionTreeClassifier

from aipm.errors import CourseError
from aipm.preparation import prepare_columns

__all__ = ["auc_by_column", "claimed_and_delivered", "cross_validated_auc", "promised_and_later", "random_trees", "risk_scores"]
SETTINGS = {"max_depth": range(2, 13), "min_samples_leaf": range(1, 51), "max_features": np.linspace(0.1, 1, 10)}


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
        Not fitted. Depth 2 to 12, 1 to 50 rows a leaf, a tenth to all of the columns at each question, drawn by
        ``sklearn.model_selection.ParameterSampler``.
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
        :func:`aipm.preparation.prepare_columns`, learned from ``X_fit`` alone.
    """
    prepare = prepare_columns().fit(X_fit)
    ready_fit, ready_new = prepare.transform(X_fit), prepare.transform(X_new)
    fitted = (clone(model).fit(ready_fit, y_fit) for model in models)
    return pd.DataFrame({number: model.predict_proba(ready_new)[:, 1] for number, model in enumerate(fitted)}, index=X_new.index)


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
        For each column what ``sklearn.metrics.roc_auc_score`` gives, from the ranks of the cases [1]_.

    Raises
    ------
    CourseError
        If the lengths differ, or one of the two outcomes is missing.

    References
    ----------
    .. [1] J. A. Hanley and B. J. McNeil (1982), "The meaning and use of the area under a receiver operating
       characteristic (ROC) curve", Radiology 143(1), 29-36.
    """
    scores, positive = pd.DataFrame(scores), np.asarray(y_true).astype(bool)
    if len(scores) != len(positive):
        raise CourseError(f"auc_by_column: {len(positive)} outcomes and {len(scores)} rows of scores; give one row for each outcome.")
    if positive.all() or not positive.any():
        raise CourseError(f"auc_by_column: all {len(positive)} outcomes are the same; AUC needs both.")
    ranks = rankdata(scores, axis=0)
    above = ranks[positive].mean(axis=0) - (positive.sum() + 1) / 2  # negatives below a positive, on average
    return pd.Series(above / (~positive).sum(), index=scores.columns)


def claimed_and_delivered(scores, y_true, rows, tries, deals=200, seed=0):
    """Choose the best model on a few rows, see how it does on all others, and do so again with the rows dealt anew.

    Parameters
    ----------
    scores : pandas.DataFrame of shape (n, n_models)
        Risk by model, from :func:`risk_scores`, of rows on which no model was fitted.
    y_true : array-like of bool of shape (n,)
    rows : int
        How many of the n rows choose; the others tell the truth. Both get the same share of each outcome.
    tries : list of int
        How many of the models, drawn at random, compete: 1 is a model named in advance.
    deals : int
        How often the rows are dealt.
    seed : int
        Which models compete.

    Returns
    -------
    pandas.DataFrame
        One line a deal and number of tries, with columns ``deal``, ``tries``, ``claimed`` (the winner's AUC on the rows
        that chose), ``delivered`` (its AUC on the others) and ``lost``, the difference.

    Raises
    ------
    CourseError
        If more models should compete than there are, or no row is left to tell the truth.
    """
    number, positions, y_true = scores.shape[1], np.arange(len(scores)), np.asarray(y_true)
    if not 1 <= min(tries) <= max(tries) <= number:
        raise CourseError(f"claimed_and_delivered: tries is {list(tries)}, and there are {number} models; name between 1 and {number}.")
    if not 2 <= rows <= len(positions) - 2:
        raise CourseError(f"claimed_and_delivered: rows is {rows} of {len(positions)}; leave some to choose and some to tell the truth.")
    order = rankdata(scores, method="dense", axis=0).astype("int16")  # all that AUC needs, and quicker to rank again
    rng, table = np.random.default_rng(seed), []
    for deal in range(deals):
        choose, truth = train_test_split(positions, train_size=rows, stratify=y_true, random_state=deal)
        on_chosen = auc_by_column(y_true[choose], order[choose])
        named = rng.permutation(number)
        winners = [on_chosen[named[:k]].idxmax() for k in tries]
        on_others = auc_by_column(y_true[truth], order[truth][:, winners])
        table += [(deal, k, on_chosen[winner], later) for k, winner, later in zip(tries, winners, on_others)]
    table = pd.DataFrame(table, columns=["deal", "tries", "claimed", "delivered"])
    return table.assign(lost=table["claimed"] - table["delivered"])


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
        What ``sklearn.model_selection.cross_val_score`` with ``scoring="roc_auc"`` gives on average.
    """
    parts = StratifiedKFold(folds, shuffle=True, random_state=0).split(X, y)
    by_fold = [auc_by_column(y.iloc[score], risk_scores(models, X.iloc[fit], y.iloc[fit], X.iloc[score])) for fit, score in parts]
    return pd.concat(by_fold, axis=1).mean(axis=1)


def promised_and_later(models, X, y, rows, projects=15):
    """Many small projects: each cross-validates the models on a few rows of its own, and meets all others later.

    Parameters
    ----------
    models : list of scikit-learn classifiers
    X : pandas.DataFrame of shape (n, n_columns)
    y : pandas.Series of bool of shape (n,)
    rows : int
        How many rows a project owns.
    projects : int
        How many; each draws its rows anew.

    Returns
    -------
    pandas.DataFrame
        One line a project and model: ``project``, ``model``, ``promised`` (:func:`cross_validated_auc` on its own
        rows), ``later`` (AUC on all others, trained on its own) and ``too_much``, the difference.
    """
    tables = []
    for project in range(projects):
        X_own, X_later, y_own, y_later = train_test_split(X, y, train_size=rows, stratify=y, random_state=project)
        later = auc_by_column(y_later, risk_scores(models, X_own, y_own, X_later))
        promised = cross_validated_auc(models, X_own, y_own)
        tables.append(pd.DataFrame({"project": project, "model": later.index, "promised": promised, "later": later}))
    table = pd.concat(tables, ignore_index=True)
    return table.assign(too_much=table["promised"] - table["later"])
