"""What labels buy beside a judge: corrected rates and their intervals, over and over."""

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.estimates.judged import corrected_rate, weighed_rate
from aipm.estimates.judges import counts
from aipm.estimates.shares import share
from aipm.validation import INSIDE, SHARE, Count, Several, Table, YesNo, checked

LIMITS = Table(columns=("low", "high"), numeric=True)


@checked(
    equal=("truth", "verdict"),
    truth=YesNo(both=True, least=4),
    verdict=YesNo(),
    rates=Several(SHARE),
    cases=Count(),
)
def mixtures(truth, verdict, rates, cases=400):
    """What a judge reports, and its corrected rate, where the true pass rate is known.

    Half of the cases, drawn by seed, are labels of the judge's two errors. From the other half
    traffic is drawn, with replacement, so that its true pass rate is as asked.

    Parameters
    ----------
    truth, verdict : array-like of bool of shape (n,)
        For each case whether people pass it, and whether the judge does.
    rates : list of float
        True pass rates.
    cases : int, default=400
        Size of the traffic.

    Returns
    -------
    pandas.DataFrame of shape (len(rates), 2)
        ``judge passes`` (a share) and ``corrected`` (an Estimate).
    """
    rng, rows = np.random.default_rng(0), {}
    known, traffic = np.split(rng.permutation(len(truth)), 2)
    labels = counts(truth[known], verdict[known])
    good, bad = traffic[truth[traffic]], traffic[~truth[traffic]]
    for rate in rates:
        n = round(cases * rate)
        drawn = [*rng.choice(good, n), *rng.choice(bad, cases - n)]
        passed = int(verdict[drawn].sum())
        rows[rate] = passed / cases, corrected_rate(passed, cases, **labels)
    return pd.DataFrame(rows, ["judge passes", "corrected"]).T.rename_axis("true share")


@checked(
    tpr=SHARE,
    tnr=SHARE,
    rate=SHARE,
    judged=Count(),
    human_pass=Count(),
    human_fail=Count(),
    tnr_on_labels=SHARE,
    repeats=Count(),
)
def simulate_corrected(
    tpr, tnr, rate, judged, human_pass, human_fail, tnr_on_labels=None, repeats=40
):
    """Corrected rates of one judge, over and over.

    Parameters
    ----------
    tpr, tnr : float
        What the judge passes of true passes, and fails of true failures, in the traffic.
    rate : float
        True pass rate of the traffic.
    judged : int
        Cases that are only judged.
    human_pass, human_fail : int
        Labelled passes and labelled failures.
    tnr_on_labels : float, optional
        What the judge fails of the *labelled* failures, if these are no random sample of failures.
    repeats : int
        How many times; the draws are seeded.

    Returns
    -------
    pandas.DataFrame of shape (repeats, 3)
        ``value``, ``low`` and ``high`` of :func:`aipm.estimates.judged.corrected_rate`; a missing
        value between 0 and 1 where the labels cannot tell the judge from chance.
    """
    rng, rows = np.random.default_rng(0), []
    seen = tnr if tnr_on_labels is None else tnr_on_labels
    for _ in range(repeats):
        passed = int(rng.binomial(judged, rate * tpr + (1 - rate) * (1 - tnr)))
        agreed_pass = int(rng.binomial(human_pass, tpr))
        agreed_fail = int(rng.binomial(human_fail, seen))
        if agreed_pass / human_pass + agreed_fail / human_fail <= 1:
            rows.append((np.nan, 0, 1))
            continue
        found = corrected_rate(passed, judged, agreed_pass, human_pass, agreed_fail, human_fail)
        rows.append((found.value, found.low, found.high))
    return pd.DataFrame(rows, columns=["value", "low", "high"])


@checked(tpr=SHARE, tnr=SHARE, rate=SHARE, judged=Count(), labels=Count(2), repeats=Count())
def simulate_weighed(tpr, tnr, rate, judged, labels, repeats=40):
    """Rates from labels drawn at random within what the judge passes and what it fails, in
    proportion, over and over.

    Parameters
    ----------
    tpr, tnr, rate, judged, repeats
        As for :func:`simulate_corrected`.
    labels : int
        All labels together; at least one falls on what the judge fails.

    Returns
    -------
    pandas.DataFrame of shape (repeats, 3)
        ``value``, ``low`` and ``high`` of :func:`aipm.estimates.judged.weighed_rate`.
    """
    rng, rows = np.random.default_rng(0), []
    for _ in range(repeats):
        good = int(rng.binomial(judged, rate))
        good_passed, bad_failed = rng.binomial(good, tpr), rng.binomial(judged - good, tnr)
        passed = int(good_passed + judged - good - bad_failed)
        from_failed = max(1, round(labels * (1 - passed / judged)))
        from_passed = labels - from_failed
        found = weighed_rate(
            passed,
            judged,
            int(rng.hypergeometric(good_passed, passed - good_passed, from_passed)),
            from_passed,
            int(rng.hypergeometric(good - good_passed, bad_failed, from_failed)),
            from_failed,
        )
        rows.append((found.value, found.low, found.high))
    return pd.DataFrame(rows, columns=["value", "low", "high"])


@checked(tpr=SHARE, tnr=SHARE, rate=INSIDE, budgets=Several(Count(2)), judged=Count())
def plans(tpr, tnr, rate, budgets, judged=1000):
    """Width of the 95 % interval that each number of labels buys, by four plans.

    Parameters
    ----------
    tpr, tnr, rate, judged
        As for :func:`simulate_corrected`.
    budgets : list of int
        Numbers of labels.

    Returns
    -------
    pandas.DataFrame of shape (len(budgets), 4)
        Columns ``random`` (the judge's rate corrected, labels at random), ``even`` (the same,
        half of the labels a random sample of failures), ``alone`` (no judge, by Wilson) and
        ``weighed`` (labels at random, weighed by verdict).
    """
    rows, week = {}, (tpr, tnr, rate, judged)
    for labels in budgets:
        good, half = round(labels * rate), labels // 2
        if not 0 < good < labels:
            raise CourseError(
                f"plans: budgets holds {labels}, too few labels for passes and failures at a rate"
                f" of {rate:g}; give more."
            )
        alone = share(good, labels)
        rows[labels] = {
            "random": width(simulate_corrected(*week, good, labels - good)),
            "even": width(simulate_corrected(*week, half, labels - half)),
            "alone": alone.high - alone.low,
            "weighed": width(simulate_weighed(*week, labels)),
        }
    return pd.DataFrame(rows).T


@checked(simulated=LIMITS)
def width(simulated):
    """Mean width of simulated intervals.

    Parameters
    ----------
    simulated : pandas.DataFrame
        With ``low`` and ``high``.

    Returns
    -------
    float
        In the unit of the intervals.
    """
    return float((simulated["high"] - simulated["low"]).mean())


@checked(simulated=LIMITS, truth=SHARE)
def holds(simulated, truth):
    """Share of simulated intervals that hold the truth.

    Parameters
    ----------
    simulated : pandas.DataFrame
        With ``low`` and ``high``.
    truth : float

    Returns
    -------
    Estimate
    """
    return share(simulated["low"].le(truth) & simulated["high"].ge(truth))
