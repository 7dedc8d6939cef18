"""Say how much each column moved a model's score, and how far such reasons survive another split,
another training or another model.
"""

import numpy as np
import pandas as pd
from sklearn.base import clone
from sklearn.model_selection import train_test_split

from aipm.errors import CourseError
from aipm.validation import (
    FUNCTION,
    INSIDE,
    SEED,
    TEXT,
    Count,
    Kind,
    Mapping,
    Table,
    YesNo,
    checked,
    same_length,
)

SCORER = Kind("a scikit-learn classifier", methods=("fit", "predict_proba", "decision_function"))


@checked(score=FUNCTION, people=Table(), background=Table(), seed=SEED)
def contributions(score, people, background, seed=0):
    """Shapley values [1]_ of the columns: by how much each moved a person's score away from the
    background's mean score.

    Columns are switched, one by one in random order, from another person's value to the person's
    own, and each is credited with the step it makes. Every person meets every background row once,
    so the values are exact for a sum of one-column terms, such as the log-odds of logistic
    regression; else they are an average over as many orders as there are background rows.

    Parameters
    ----------
    score : callable
        From a table of shape (m, n_columns) to m numbers, such as ``model.decision_function``.
    people : pandas.DataFrame of shape (n, n_columns)
    background : pandas.DataFrame of shape (rows, n_columns)
        Whom the people are compared with; the same columns.
    seed : int
        Start of the random orders.

    Returns
    -------
    pandas.DataFrame of shape (n, n_columns)
        In the unit of the score. Columns are switched as if they varied freely (an interventional
        value), so impossible mixtures are scored too.

    Raises
    ------
    CourseError
        If a table is empty, or the columns differ.

    References
    ----------
    .. [1] E. Strumbelj and I. Kononenko (2014), "Explaining prediction models and individual
       predictions with feature contributions", Knowledge and Information Systems 41, 647-665.
    """
    if list(people) != list(background):
        raise CourseError(
            "contributions: people and background have other columns; give the same ones in the"
            " same order."
        )
    rng = np.random.default_rng(seed)
    both = pd.concat([background, people], ignore_index=True)
    rows, width = background.shape
    own = rows + np.arange(len(people))
    other = (rng.integers(rows, size=len(people)) + np.arange(rows)[:, None]) % rows
    turns = rng.permuted(np.tile(np.arange(width), (rows, 1)), axis=1)[..., None]
    steps = np.arange(width + 1)[:, None]
    moved = np.zeros((width, len(people)))
    pieces = 1 + rows * len(people) * width // 100_000  # each scored at once, in bounded memory
    for draws in np.array_split(np.arange(rows), pieces):
        mixed = {}
        for place, column in enumerate(both):
            switched = steps > turns[draws, place, None]
            values = np.where(switched, own, other[draws, None])
            mixed[column] = both[column].array.take(values.ravel())
        scores = np.asarray(score(pd.DataFrame(mixed))).reshape(len(draws), width + 1, -1)
        moved += np.take_along_axis(np.diff(scores, axis=1), turns[draws], axis=1).sum(axis=0)
    return pd.DataFrame(moved.T / rows, people.index, people.columns)


@checked(moved=Table(numeric=True), catalogue=Mapping(TEXT, least=0))
def as_reasons(moved, catalogue):
    """Contributions of reasons: columns for which a person would be told the same are added up.

    Parameters
    ----------
    moved : pandas.DataFrame of shape (n, n_columns)
        As :func:`contributions` returns it.
    catalogue : dict of str to str
        From column to what people are told; a column that is not in it keeps its name.

    Returns
    -------
    pandas.DataFrame of shape (n, n_reasons)
    """
    return moved.T.rename(index=catalogue).groupby(level=0, sort=False).sum().T


@checked(
    first=SCORER,
    second=SCORER,
    X=Table(unique=True),
    y=YesNo(both=True, index=True),
    threshold=INSIDE,
    catalogue=Mapping(TEXT, least=0),
    repeats=Count(),
    people=Count(),
    background=Count(),
)
def reasons_over_splits(
    first, second, X, y, threshold, catalogue, repeats=8, people=100, background=50
):
    """Split the rows at random and see how often decisions and first reasons change: between two
    models, and when each is trained again on nine rows in ten.

    Parameters
    ----------
    first, second : scikit-learn classifiers
        With ``decision_function``; they are cloned and fitted.
    X : pandas.DataFrame of shape (n, n_columns)
    y : pandas.Series of bool of shape (n,)
    threshold : float
        Denied from this probability.
    catalogue : dict of str to str
        From column to reason, as for :func:`as_reasons`.
    repeats, people, background : int
        How many random splits; how many people, whom all four models deny, are given reasons; how
        many training rows they are compared with.

    Returns
    -------
    pandas.DataFrame of shape (repeats, 8)
        Shares: ``decisions`` that differ between the two models, ``first_reason`` that differs,
        ``in_four`` (the first model's first reason is among the second's four),
        ``reason_redrawn`` (the second's changes if only the random orders do), and for each
        model trained again ``decisions_first``, ``reason_first``, ``decisions_second`` and
        ``reason_second`` that change.
    """
    same_length("reasons_over_splits", X=X, y=y)
    found = []
    for seed in range(repeats):
        X_train, X_test, y_train, _ = train_test_split(
            X, y, test_size=0.4, stratify=y, random_state=seed
        )
        less = X_train.sample(frac=0.9, random_state=seed)
        models = [clone(first).fit(X_train, y_train), clone(second).fit(X_train, y_train)]
        models += [clone(model).fit(less, y_train[less.index]) for model in models]
        denied = [model.predict_proba(X_test)[:, 1] >= threshold for model in models]
        asked = X_test[np.all(denied, axis=0)]
        if len(asked) < people:
            raise CourseError(
                f"reasons_over_splits: people is {people}, and all four models deny {len(asked)};"
                " ask for fewer."
            )
        asked = asked.sample(people, random_state=seed)
        compared = X_train.sample(background, random_state=seed)
        moved = [
            as_reasons(contributions(model.decision_function, asked, compared), catalogue)
            for model in models
        ]
        reason = [values.idxmax(axis=1) for values in moved]
        again = contributions(models[1].decision_function, asked, compared, seed=1)
        redrawn = as_reasons(again, catalogue).idxmax(axis=1)
        in_four = moved[1].rank(axis=1, ascending=False) <= 4
        row = {"in_four": np.mean([in_four.loc[who, why] for who, why in reason[0].items()])}
        row["reason_redrawn"] = (reason[1] != redrawn).mean()
        for a, b, kind, why in (
            (0, 1, "decisions", "first_reason"),
            (0, 2, "decisions_first", "reason_first"),
            (1, 3, "decisions_second", "reason_second"),
        ):
            row[kind] = (denied[a] != denied[b]).mean()
            row[why] = (reason[a] != reason[b]).mean()
        found.append(row)
    return pd.DataFrame(found).rename_axis("repeat")
