"""Hold what a tool says of its own certainty against what came true.

A model that gives *yes* the probability 0.1 is 90 % sure of a no. Everything here is about the
answer that is shown and how sure it is called.
"""

import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss, roc_auc_score

from aipm.errors import CourseError
from aipm.estimates import share
from aipm.validation import (
    CLASSIFIER,
    SEED,
    SHARE,
    Count,
    Numbers,
    Several,
    Table,
    YesNo,
    checked,
)

SURE = Numbers(low=0, high=1)
BANDED = dict(equal=("sure", "right"), sure=SURE, right=YesNo(), bins=Count())


@checked(model=CLASSIFIER, X=Table(), truth=YesNo(index=True))
def answers(model, X, truth):
    """What a tool shows for each case: its answer, how sure it calls itself, and if it was right.

    Parameters
    ----------
    model : fitted scikit-learn classifier of two classes
    X : pandas.DataFrame of shape (n, n_columns)
    truth : pandas.Series of bool of shape (n,)

    Returns
    -------
    pandas.DataFrame
        With the index of ``truth``: ``chance`` (of a yes), ``truth``, ``says_yes`` (chance of one
        half or more), ``sure`` (0.5 to 1) and ``right``.
    """
    if len(X) != len(truth):
        raise CourseError(f"answers: X has {len(X)} rows and truth {len(truth)}; give one each.")
    shown = pd.DataFrame({"chance": model.predict_proba(X)[:, 1], "truth": truth}, truth.index)
    shown["says_yes"] = shown["chance"] >= 0.5
    shown["sure"] = np.maximum(shown["chance"], 1 - shown["chance"])
    return shown.assign(right=shown["says_yes"] == shown["truth"])


@checked(shown=Table(columns=("truth", "chance", "sure", "right"), numeric=True))
def scores(shown):
    """Four figures of what a tool showed.

    Parameters
    ----------
    shown : pandas.DataFrame
        From :func:`answers`, with both outcomes.

    Returns
    -------
    dict of str to float
        ``AUC`` (of the chance), ``right`` (share), ``ECE`` (:func:`calibration_error`) and
        ``Brier`` (score).

    Raises
    ------
    CourseError
        If a column is missing, or one of the outcomes.
    """
    if shown["truth"].nunique() < 2:
        raise CourseError("scores: shown holds a single outcome; give cases of both.")
    return {
        "AUC": float(roc_auc_score(shown["truth"], shown["chance"])),
        "right": float(shown["right"].mean()),
        "ECE": calibration_error(shown["sure"], shown["right"]),
        "Brier": float(brier_score_loss(shown["truth"], shown["chance"])),
    }


@checked(**BANDED)
def reliability(sure, right, bins=10):
    """The numbers of a reliability diagram: by band, how sure the tool was and how often right.

    Parameters
    ----------
    sure : array-like of float of shape (n,)
        How sure the tool called itself, between 0 and 1.
    right : array-like of bool of shape (n,)
    bins : int
        Bands of equal width between 0 and 1; a value on a border belongs to the upper band, so
        that an answer that is 0.5 sure stands with those just above it.

    Returns
    -------
    pandas.DataFrame
        A row for each band that holds answers, named such as ``"0.9 to 1.0"``: ``n``, ``said``
        (mean), ``right`` (share), and ``low`` and ``high``, its 95 % interval by Wilson.
    """
    band = _band(sure, bins)
    rows, places = {}, 1 if bins <= 10 else 2
    for number in np.unique(band):
        inside = band == number
        found = share(right[inside])
        name = f"{number / bins:.{places}f} to {(number + 1) / bins:.{places}f}"
        rows[name] = {"n": found.n, "said": sure[inside].mean(), "right": found.value}
        rows[name] |= {"low": found.low, "high": found.high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("sure")


@checked(**BANDED)
def calibration_error(sure, right, bins=10):
    """Expected calibration error (ECE): in each band of :func:`reliability` the gap between said
    and right, weighted by the band's share of the answers.

    Parameters
    ----------
    sure, right, bins
        As for :func:`reliability`.

    Returns
    -------
    float
        Between 0 and 1, and above 0 by chance alone: see :func:`error_if_perfect`.

    References
    ----------
    C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger (2017), "On calibration of modern neural
    networks", equation 3.
    """
    return float(_gaps(sure - right, _band(sure, bins), bins) / len(sure))


@checked(sure=SURE, bins=Count(), repeats=Count(), seed=SEED)
def error_if_perfect(sure, bins=10, repeats=200, seed=0):
    """What :func:`calibration_error` shows of a tool that is calibrated exactly.

    Parameters
    ----------
    sure : array-like of float of shape (n,)
    bins : int
    repeats : int
        How often outcomes are drawn, each right with the probability stated. (For diagrams this
        is consistency resampling: J. Bröcker and L. A. Smith, 2007, Weather and Forecasting 22.)
    seed : int

    Returns
    -------
    pandas.Series of shape (repeats,)
        The error in each repeat. Its mean is what chance alone contributes.
    """
    band = _band(sure, bins)
    rng = np.random.default_rng(seed)
    drawn = [_gaps(sure - (rng.random(len(sure)) < sure), band, bins) for _ in range(repeats)]
    return pd.Series(drawn) / len(sure)


@checked(
    fresh=Table(columns=("says_yes", "sure", "right")),
    shown=Table(columns=("says_yes", "sure"), unique=True),
    borders=Several(SHARE),
)
def counted(fresh, shown, borders):
    """For each answer, the share right among fresh answers like it: what a sentence such as "of
    100 answers like this, 83 were right" says (histogram binning).

    Parameters
    ----------
    fresh, shown : pandas.DataFrame
        From :func:`answers`; alike are those that say the same, equally sure.
    borders : list of float
        Of the bands of certainty, rising, the last at 1; all below the first is one band.

    Returns
    -------
    pandas.Series
        With the index of ``shown``.
    """
    columns, bands = ["says_yes", "band"], [-np.inf, *borders]
    fresh, shown = (
        table.assign(band=pd.cut(table["sure"], bands, labels=False)) for table in (fresh, shown)
    )
    found = shown.join(fresh.groupby(columns)["right"].mean().rename("of"), on=columns)["of"]
    if found.isna().any():
        raise CourseError(
            f"counted: fresh has no answers like {int(found.isna().sum())} of those shown;"
            " give fewer borders."
        )
    return found


def _band(sure, bins):
    """Number of the band of each certainty."""
    return np.searchsorted(np.arange(1, bins) / bins, sure, "right")


def _gaps(excess, band, bins):
    """Sum over bands of the absolute sum of certainty minus outcome."""
    return np.abs(np.bincount(band, weights=excess, minlength=bins)).sum()
