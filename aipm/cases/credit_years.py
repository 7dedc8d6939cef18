"""Let a lending model make its own training data for some years.

Applications and outcomes are real. That a model decides, and that the outcome of those it
refuses stays unknown, is simulated: here every outcome is known and can be looked up.
"""

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from aipm.errors import CourseError
from aipm.models.decisions import EUROS, PRICES, cost_of, even_threshold
from aipm.models.preparation import prepare_columns
from aipm.validation import SHARE, Choice, Count, Table, YesNo, checked

FIRST, YEAR, YEARS = 500, 600, 4  # loans before there was a model; applicants a year
POLICIES = ("last year's approved", "all outcomes ever", "everybody, last year")
NEEDED = FIRST + (YEARS + 1) * YEAR  # a year is left to judge on


@checked(
    equal=("applicants", "went_bad"),
    applicants=Table(),
    went_bad=YesNo(both=True),
    learns_from=Choice(POLICIES),
    explore=SHARE,
    years=Count(1, YEARS),
    repeats=Count(1, 1_000),
    prices=EUROS,
)
def lending_years(
    applicants, went_bad, learns_from, explore=0.0, years=YEARS, repeats=20, prices=PRICES
):
    """Train a version on loans made without a model, let it approve, train the next on what became
    known, and so on.

    Version 1 learns from 500 loans drawn by lot. Each year 600 new applicants arrive; the version
    in charge denies those whose risk is at least that at which both errors are expected to cost
    the same (1/6 at the course's prices). All versions are judged on the applicants that are left,
    whose outcomes nobody learns from.

    Parameters
    ----------
    applicants : pandas.DataFrame of shape (n, n_columns)
        3,500 at least, such as :func:`aipm.datasets.credit` without ``status``.
    went_bad : array-like of bool of shape (n,)
        Whether each failed to repay, in the same order.
    learns_from : str
        ``"last year's approved"`` (loans of the past year alone), ``"all outcomes ever"`` (these,
        those of earlier years and the first 500), or ``"everybody, last year"`` (what no lender
        can do: the outcomes of those refused too).
    explore : float
        Share of a year's refused who are drawn by lot and approved all the same.
    years : int
        Versions after the first, at most four.
    repeats : int
        How often the applicants are assigned to years at random; repeat 0 is the same at every
        call, and so on.
    prices : dict
        Euros for each error, as in :func:`aipm.models.decisions.cost_of`.

    Returns
    -------
    pandas.DataFrame
        A row a repeat and version, its index: ``rows`` learned from, ``auc`` and ``cost`` (euros
        an applicant) on the applicants left, ``denied`` (share of them), ``claimed`` and ``true``
        (risk and share gone bad among those whom version 1 would refuse), ``claimed_approved`` and
        ``true_approved`` (among the others), ``explored`` (people) and ``price`` (euros that
        approving them cost in that year, against denying them).

    Raises
    ------
    CourseError
        If there are too few applicants, a version would learn from one outcome only, or the first
        would refuse nobody or all.
    """
    if len(applicants) < NEEDED:
        raise CourseError(
            f"lending_years: applicants has {len(applicants):,} rows; give {NEEDED:,} at least,"
            f" the last {YEAR} to judge on."
        )
    threshold = even_threshold(prices)
    x = np.asarray(prepare_columns(scaled=True).fit_transform(applicants))  # reads no outcome
    histories = {}
    for repeat in range(repeats):
        rng = np.random.default_rng(repeat)
        order = rng.permutation(len(applicants))
        histories[repeat] = _history(
            x, went_bad, order, rng, learns_from, explore, years, threshold, prices
        )
    return pd.concat(histories, names=["repeat", "version"])


def _history(x, bad, order, rng, learns_from, explore, years, threshold, prices):
    """One repeat of :func:`lending_years`."""
    left, known = order[FIRST + YEARS * YEAR :], order[:FIRST]
    _refuse_one_outcome(bad, left, "to judge on")
    model, found, refused = _fit(x, bad, known), [], None
    for version in range(1, years + 2):
        risk = model.predict_proba(x[left])[:, 1]
        refused = risk >= threshold if refused is None else refused
        if refused.all() or not refused.any():
            raise CourseError(
                f"lending_years: prices make a threshold of {threshold:.2g}, at which version 1"
                f" refuses {'all' if refused.all() else 'none'} of the applicants left; give"
                " prices that are nearer to each other."
            )
        year = order[FIRST + (version - 1) * YEAR :][:YEAR]
        sure = model.predict_proba(x[year])[:, 1]
        approved, denied = year[sure < threshold], year[sure >= threshold]
        tried = rng.choice(denied, round(explore * len(denied)), replace=False)
        found.append(
            {
                "version": version,
                "rows": len(known),
                "auc": roc_auc_score(bad[left], risk),
                "cost": cost_of(bad[left], risk >= threshold, prices).mean(),
                "denied": (risk >= threshold).mean(),
                "claimed": risk[refused].mean(),
                "true": bad[left][refused].mean(),
                "claimed_approved": risk[~refused].mean(),
                "true_approved": bad[left][~refused].mean(),
                "explored": len(tried),
                "price": _price_of_trying(bad[tried], prices),
            }
        )
        new = year if learns_from == POLICIES[2] else np.concatenate([approved, tried])
        known = np.concatenate([known, new]) if learns_from == POLICIES[1] else new
        model = _fit(x, bad, known)
    return pd.DataFrame(found).set_index("version")


def _price_of_trying(bad, prices):
    """Euros that approving these loans cost, against denying them."""
    if not len(bad):
        return 0.0
    return float((cost_of(bad, False, prices) - cost_of(bad, True, prices)).sum())


def _fit(x, bad, rows):
    _refuse_one_outcome(bad, rows, "to learn from")
    return LogisticRegression(solver="newton-cholesky").fit(x[rows], bad[rows])


def _refuse_one_outcome(bad, rows, what):
    if len(np.unique(bad[rows])) < 2:
        raise CourseError(
            f"lending_years: went_bad holds one outcome in the {len(rows)} loans {what}; give"
            " applicants of both outcomes, or prices at which more are approved."
        )
