"""Hold what a tool says of its own certainty against what came true.

A model that gives *yes* the probability 0.1 is 90 % sure of a no. Everything here is about the
answer that is shown and how sure it is called.
"""

import numpy as np
import pandas as pd
from sklearn.metrics import brier_score_loss, roc_auc_score

from aipm.errors import CourseError
from aipm.estimates import share
from aipm.estimates.estimate import yes_or_no


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
    shown = pd.DataFrame({"chance": model.predict_proba(X)[:, 1], "truth": truth}, truth.index)
    shown["says_yes"] = shown["chance"] >= 0.5
    shown["sure"] = np.maximum(shown["chance"], 1 - shown["chance"])
    return shown.assign(right=shown["says_yes"] == shown["truth"])


def scores(shown):
    """Four figures of a table from :func:`answers`: ``AUC`` (of the chance), ``right`` (share),
    ``ECE`` (:func:`calibration_error`) and ``Brier`` (score), a dict of float."""
    return {
        "AUC": float(roc_auc_score(shown["truth"], shown["chance"])),
        "right": float(shown["right"].mean()),
        "ECE": calibration_error(shown["sure"], shown["right"]),
        "Brier": float(brier_score_loss(shown["truth"], shown["chance"])),
    }


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
    sure, right, band = _banded("reliability", sure, right, bins)
    rows, places = {}, 1 if bins <= 10 else 2
    for number in np.unique(band):
        inside = band == number
        found = share(right[inside])
        name = f"{number / bins:.{places}f} to {(number + 1) / bins:.{places}f}"
        rows[name] = {"n": found.n, "said": sure[inside].mean(), "right": found.value}
        rows[name] |= {"low": found.low, "high": found.high}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("sure")


def calibration_error(sure, right, bins=10):
    """Expected calibration error (ECE): in each band of :func:`reliability` the gap between said
    and right, weighted by the band's share of the answers.

    Above 0 by chance alone: see :func:`error_if_perfect`. Source: C. Guo, G. Pleiss, Y. Sun and
    K. Q. Weinberger (2017), "On calibration of modern neural networks", equation 3.
    """
    sure, right, band = _banded("calibration_error", sure, right, bins)
    return float(_gaps(sure - right, band, bins) / len(sure))


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
    sure, _, band = _banded("error_if_perfect", sure, np.ones(np.size(sure), bool), bins)
    rng = np.random.default_rng(seed)
    drawn = [_gaps(sure - (rng.random(len(sure)) < sure), band, bins) for _ in range(repeats)]
    return pd.Series(drawn) / len(sure)


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
            f"counted: {int(found.isna().sum())} answers have none like them among the fresh ones;"
            " give fewer borders."
        )
    return found


def team(sure, right, person, follows_from, person_if_wrong=None):
    """A simulated person and a tool, deciding together: expected shares, nothing is drawn.

    The person takes the tool's answer where it is sure enough, and else decides alone. No real
    person is so simple; change the assumptions and look again.

    Parameters
    ----------
    sure : array-like of float of shape (n,)
        What is shown, taken at its word.
    right : array-like of bool of shape (n,)
        Whether the tool's answer is right.
    person : float
        Share of all cases that the person alone gets right.
    follows_from : float
        How sure the tool must be for the person to take its answer.
    person_if_wrong : float, optional
        Share that the person gets right where the tool errs. Left out, it is ``person``: errors
        are independent. If given, the share where the tool is right makes up for it.

    Returns
    -------
    pandas.Series
        ``follows`` (share of the cases), ``team`` (share right), ``over_reliance`` (of the tool's
        wrong answers, the share followed) and ``under_reliance`` (of its right ones, the share
        not followed).
    """
    sure, right = _shares("team", sure), yes_or_no("team", right)
    alone, if_wrong = right.mean(), person if person_if_wrong is None else person_if_wrong
    if_right = (person - (1 - alone) * if_wrong) / alone if alone else person
    if not (0 <= if_wrong <= 1 and -1e-9 <= if_right <= 1 + 1e-9):
        raise CourseError(
            f"team: to be right on {person:.0%} of all cases and {if_wrong:.0%} of those where the"
            f" tool errs, a person would have to be right on {if_right:.0%} of the others."
        )
    follows = sure >= follows_from
    decided = np.where(follows, right, np.where(right, if_right, if_wrong))
    found = {"follows": follows.mean(), "team": decided.mean()}
    found["over_reliance"] = follows[~right].mean() if not right.all() else np.nan
    found["under_reliance"] = (~follows)[right].mean() if right.any() else np.nan
    return pd.Series(found)


def _banded(name, sure, right, bins):
    """Certainties, outcomes and the number of the band of each."""
    sure, right = _shares(name, sure), yes_or_no(name, right)
    if len(sure) != len(right):
        raise CourseError(f"{name}: {len(sure)} certainties, {len(right)} outcomes; give pairs.")
    return sure, right, np.searchsorted(np.arange(1, bins) / bins, sure, "right")


def _gaps(excess, band, bins):
    """Sum over bands of the absolute sum of certainty minus outcome."""
    return np.abs(np.bincount(band, weights=excess, minlength=bins)).sum()


def _shares(name, values):
    """Numbers between 0 and 1 as an array, or a refusal."""
    column = np.asarray(values, dtype=float).ravel()
    outside = int((~((column >= 0) & (column <= 1))).sum())
    if outside or not len(column):
        raise CourseError(
            f"{name}: {outside} of {len(column)} values are missing or outside 0 to 1; give"
            " probabilities, one at least."
        )
    return column
