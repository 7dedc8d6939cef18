"""Forecast from a few labels what a model will do with many, and see what came."""

import numpy as np
import pandas as pd
import sklearn
from scipy import stats
from sklearn.base import clone
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, train_test_split

from aipm.errors import CourseError
from aipm.estimates import auc, mean
from aipm.models.decisions import cost_of, even_threshold
from aipm.validation import (
    CLASSIFIER,
    SEED,
    Count,
    Kind,
    Matrix,
    Number,
    Numbers,
    Several,
    Table,
    YesNo,
    checked,
    same_length,
)

FOLDS = 5
SHARES = [0.2, 0.4, 0.6, 0.8, 1.0]  # of the rows that train a fold: points of a learning curve


@checked(
    equal=("rows", "scores"),
    rows=Numbers(low=1, least=3),
    scores=Numbers(),
    ahead=Number(low=1),
)
def line_ahead(rows, scores, ahead):
    """Carry a learning curve on: a straight line in 1/√rows, with the 95 % band of the line.

    Parameters
    ----------
    rows : array-like of shape (n,)
        Rows that each score was trained on.
    scores : array-like of shape (n,)
    ahead : float
        Rows for which the line is read.

    Returns
    -------
    tuple of three floats
        Value, low, high. The band knows how far the scores lie from the line, and nothing of the
        rows that they were all scored on.

    Raises
    ------
    CourseError
        If there are fewer than three points, or as many scores as rows are not given.
    """
    steps = rows**-0.5
    if len(set(rows)) < 2:
        raise CourseError("line_ahead: rows are all the same; a line needs two sizes at least.")
    line = stats.linregress(steps, scores)
    far, n = ahead**-0.5, len(steps)
    value = line.intercept + line.slope * far
    left = scores - line.intercept - line.slope * steps
    spread = (steps - steps.mean()) @ (steps - steps.mean())
    error = np.sqrt(left @ left / (n - 2) * (1 / n + (far - steps.mean()) ** 2 / spread))
    half = stats.t.ppf(0.975, n - 2) * error
    return float(value), float(value - half), float(value + half)


@checked(
    equal=("table", "went_bad"),
    model=CLASSIFIER,
    table=Matrix(least=10),
    went_bad=YesNo(both=True),
    ahead=Count(),
    new=Count(),
    seed=SEED,
)
def forecast(model, table, went_bad, ahead, new, seed=0):
    """What is known of a model at ``ahead`` labels from the labels at hand.

    Parameters
    ----------
    model : scikit-learn classifier
        Left as it is.
    table : array-like of shape (n, n_columns)
        The labelled rows, ready to be trained on.
    went_bad : array-like of bool of shape (n,)
    ahead : int
        Labels the model will have.
    new : int
        Applicants on whom the promise will be checked; their luck counts too.
    seed : int
        Of the five folds.

    Returns
    -------
    dict of str to float
        ``line``, ``line_low``, ``line_high``: the learning curve carried on; ``rows``,
        ``rows_low``, ``rows_high``: the cross-validated AUC with a 95 % band for the AUC on
        ``new`` applicants; ``euros`` with its band likewise, what an applicant costs at a
        threshold of 1/6.
    """
    bad, rng = went_bad, np.random.default_rng(seed)
    risk, scores = np.zeros(len(bad)), np.zeros((FOLDS, len(SHARES)))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for fold, (train, test) in enumerate(folds.split(table, bad)):
        train = rng.permutation(train)
        for step, share in enumerate(SHARES):  # the last trains on all; its risks are kept
            some = train[: round(share * len(train))]
            fitted = clone(model).fit(table[some], bad[some])
            risk[test] = fitted.predict_proba(table[test])[:, 1]
            scores[fold, step] = roc_auc_score(bad[test], risk[test])
    sizes = np.array(SHARES) * len(bad) * (1 - 1 / FOLDS)
    wider = np.sqrt(1 + len(bad) / new)
    line = line_ahead(sizes, scores.mean(axis=0), ahead)
    found = dict(zip(["line", "line_low", "line_high"], line, strict=True))
    euros = mean(cost_of(bad, risk >= even_threshold()))
    for name, known in {"rows": auc(bad, risk), "euros": euros}.items():
        found |= {
            name: known.value,
            f"{name}_low": float(known.value - wider * (known.value - known.low)),
            f"{name}_high": float(known.value + wider * (known.high - known.value)),
        }
    return found


@checked(
    model=CLASSIFIER,
    prepare=Kind("a scikit-learn transformer", methods=("fit", "transform")),
    applicants=Table(unique=True),
    went_bad=YesNo(both=True, index=True),
    sizes=Several(Count(10)),
    repeats=Count(),
)
def checked_forecasts(model, prepare, applicants, went_bad, sizes, repeats=40):
    """Forecast from the first labels, then label more and see, for many random splits of the rows.

    Parameters
    ----------
    model : scikit-learn classifier
    prepare : scikit-learn transformer
        Makes the columns ready; fitted on the labels at hand, once for each size.
    applicants : pandas.DataFrame of shape (n, n_columns)
    went_bad : pandas.Series of bool of shape (n,)
    sizes : list of int
        Labels at hand, then as more of them arrive; the last leaves rows to check on.
    repeats : int
        How often the rows are split at random, by the seeds 0, 1, 2 …

    Returns
    -------
    pandas.DataFrame
        A row a repeat: what :func:`forecast` says from the first size of the last, and what came
        on the rows left over: ``auc_500`` and ``cost_500``, and so for each size.

    Raises
    ------
    CourseError
        If the sizes do not grow, or the last leaves no rows.
    """
    same_length("checked_forecasts", applicants=applicants, went_bad=went_bad)
    if list(sizes) != sorted(set(sizes)) or not 0 < sizes[-1] < len(applicants) - 1:
        raise CourseError(
            f"checked_forecasts: sizes {list(sizes)} of {len(applicants):,} rows; give growing"
            " sizes, the last of which leaves rows to check on."
        )
    with sklearn.config_context(skip_parameter_validation=True, assume_finite=True):
        return pd.DataFrame(
            [
                _one_repeat(model, prepare, applicants, went_bad, sizes, repeat)
                for repeat in range(repeats)
            ]
        )


def _one_repeat(model, prepare, applicants, went_bad, sizes, repeat):
    """A row of :func:`checked_forecasts`."""
    labelled, new, known, later = train_test_split(
        applicants, went_bad, train_size=sizes[-1], stratify=went_bad, random_state=repeat
    )
    row = {"repeat": repeat}
    for size in sizes:
        ready = clone(prepare).fit(labelled[:size])
        table, bad = ready.transform(labelled[:size]), known[:size].to_numpy()
        if size == sizes[0]:
            row |= forecast(model, table, bad, sizes[-1], len(new), seed=repeat)
        risk = clone(model).fit(table, bad).predict_proba(ready.transform(new))[:, 1]
        row[f"auc_{size}"] = roc_auc_score(later, risk)
        row[f"cost_{size}"] = cost_of(later, risk >= even_threshold()).mean()
    return row
