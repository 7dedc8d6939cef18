"""Fit many models, score them all at once, and cross-validate them."""

import numpy as np
import pandas as pd
from scipy.stats import rankdata
from sklearn.base import clone
from sklearn.model_selection import ParameterSampler, StratifiedKFold
from sklearn.tree import DecisionTreeClassifier

from aipm.models.preparation import prepare_columns
from aipm.validation import (
    CLASSIFIER,
    SEED,
    Count,
    Matrix,
    Several,
    Table,
    YesNo,
    checked,
    same_length,
)

MODELS = Several(CLASSIFIER)

SETTINGS = {"max_depth": range(2, 13), "min_samples_leaf": range(1, 51)}
SETTINGS["max_features"] = np.linspace(0.1, 1, 10)


@checked(number=Count(), seed=SEED)
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


@checked(models=MODELS, X_fit=Table(), y_fit=YesNo(both=True), X_new=Table())
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
    same_length("risk_scores", X_fit=X_fit, y_fit=y_fit)
    prepare = prepare_columns().fit(X_fit)
    ready_fit, ready_new = prepare.transform(X_fit), prepare.transform(X_new)
    fitted = [clone(model).fit(ready_fit, y_fit) for model in models]
    risks = {number: model.predict_proba(ready_new)[:, 1] for number, model in enumerate(fitted)}
    return pd.DataFrame(risks, index=X_new.index)


@checked(equal=("y_true", "scores"), y_true=YesNo(both=True), scores=Matrix(frame=True))
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
    return pd.Series(_column_aucs(y_true, scores), index=scores.columns)


@checked(models=MODELS, X=Table(unique=True), y=YesNo(both=True, index=True), folds=Count(2))
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
    same_length("cross_validated_auc", X=X, y=y)
    by_fold = []
    for fit, score in StratifiedKFold(folds, shuffle=True, random_state=0).split(X, y):
        risks = risk_scores(models, X.iloc[fit], y.iloc[fit], X.iloc[score])
        by_fold.append(pd.Series(_column_aucs(y.iloc[score].to_numpy(), risks)))
    return pd.concat(by_fold, axis=1).mean(axis=1)


def _column_aucs(positive, scores):
    """AUC of each column of scores, or of one column."""
    ranks, count = rankdata(scores, axis=0), positive.sum()
    below = ranks[positive].mean(axis=0) - (count + 1) / 2  # negatives below a positive
    return below / (len(positive) - count)
