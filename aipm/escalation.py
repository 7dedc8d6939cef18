"""Who decides, who waits, and what an interval holds: the machinery of chapter 8.

Each step is done once by hand in the lab; here it has a name, and can be repeated.
"""

import heapq

import numpy as np
import pandas as pd
from mapie.regression import SplitConformalRegressor
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.model_selection import train_test_split

from aipm import data
from aipm.arrivals import TIMETABLE, arrivals
from aipm.errors import CourseError
from aipm.framing import PRICES, cost_of, new_model

CUT = 1 / 6  # the risk from which denying is cheaper, at five to one


def dealt_loans(seed):
    """Test loans of one deal, priced, with four orders in which people could look at them.

    Parameters
    ----------
    seed : int

    Returns
    -------
    pandas.DataFrame of shape (1_782, 8)
        ``risk``, ``bad``, ``denied`` (by the machine), ``cost`` of that decision in euros, and a
        column for each order, higher where a person looks first: ``random``, ``least sure``,
        ``nearest the cut`` and ``expected cost`` (euros).
    """
    loans = data.credit()
    applicants, bad = loans.drop(columns="status"), loans["status"] == "bad"
    fit, new, bad_fit, bad_new = train_test_split(
        applicants, bad, test_size=0.4, stratify=bad, random_state=seed
    )
    risk = new_model().fit(fit, bad_fit).predict_proba(new)[:, 1]
    return pd.DataFrame({
        "risk": risk,
        "bad": bad_new.to_numpy(),
        "denied": risk >= CUT,
        "cost": cost_of(bad_new, risk >= CUT),
        "random": np.random.default_rng(seed).random(len(risk)),
        "least sure": -abs(risk - 0.5),
        "nearest the cut": -abs(risk - CUT),
        "expected cost": np.minimum(
            PRICES["bad approved"] * risk, PRICES["good denied"] * (1 - risk)
        ),
    })


def expected_waits(cases_an_hour, minutes, reviewers):
    """Utilisation and waiting times that settle if a day goes on for ever, by Erlang's C formula.

    Parameters
    ----------
    cases_an_hour : float
        Cases that arrive, at random and evenly over the day.
    minutes : float
        What one takes on average; single cases vary (exponentially).
    reviewers : int
        They share one queue.

    Returns
    -------
    pandas.Series
        ``utilisation`` (share of the reviewers' time at work), ``mean wait`` and ``p95 wait`` in
        minutes (95 in 100 wait no longer); infinite if more arrives than can be done.

    Raises
    ------
    CourseError
        If a number is negative, or there is no reviewer.

    References
    ----------
    N. Gans, G. Koole and A. Mandelbaum (2003), "Telephone call centers: tutorial, review, and
    research prospects", Manufacturing & Service Operations Management 5(2), 79-141.
    """
    if minutes <= 0 or cases_an_hour < 0 or reviewers < 1 or reviewers != int(reviewers):
        raise CourseError(
            f"expected_waits: {cases_an_hour!r} cases of {minutes!r} minutes, {reviewers!r}"
            " reviewers; give times above 0 and a whole number of people, at least 1."
        )
    load = cases_an_hour * minutes / 60
    found = pd.Series({"utilisation": load / reviewers, "mean wait": np.inf, "p95 wait": np.inf})
    if load >= reviewers:
        return found
    lost = 1.0  # Erlang's B formula, by its recursion, which cannot overflow
    for team in range(1, int(reviewers) + 1):
        lost = load * lost / (team + load * lost)
    waits = lost / (1 - load / reviewers * (1 - lost))  # share of cases that find all busy
    found["mean wait"] = waits * minutes / (reviewers - load)
    found["p95 wait"] = minutes / (reviewers - load) * np.log(max(waits, 0.05) / 0.05)
    return found


def simulated_waits(arrived, minutes, reviewers):
    """Minutes that each case waits, taken in order of arrival by whoever is free.

    Parameters
    ----------
    arrived : array-like of shape (n,)
        Minute at which each case arrives, in order.
    minutes : array-like of shape (n,) or float
        What each takes.
    reviewers : int

    Returns
    -------
    numpy.ndarray of shape (n,)

    Raises
    ------
    CourseError
        If cases are not in order of arrival, or there is no reviewer.
    """
    arrived = np.asarray(arrived, dtype=float)
    taken = np.broadcast_to(np.asarray(minutes, dtype=float), arrived.shape)
    if reviewers < 1 or (np.diff(arrived) < 0).any():
        raise CourseError(
            f"simulated_waits: {reviewers!r} reviewers; give one at least, and cases in order."
        )
    free = [0.0] * int(reviewers)  # when each is free again, the first to be so on top
    waits = np.empty(len(arrived))
    for case, (came, long) in enumerate(zip(arrived, taken, strict=True)):
        begins = max(came, free[0])
        heapq.heapreplace(free, begins + long)
        waits[case] = begins - came
    return waits


def simulated_days(cases, minutes, reviewers, early=0.25, days=200):
    """Waits of all cases of simulated days of eight hours, each begun with an empty queue.

    Parameters
    ----------
    cases : int
        Of one day; single cases vary around ``minutes`` (exponentially).
    minutes, reviewers : float, int
        As in :func:`expected_waits`.
    early : float
        Share of the cases that arrive in the first two hours; a quarter is an even day.
    days : int

    Returns
    -------
    numpy.ndarray of shape (cases * days,)
    """
    rng, found = np.random.default_rng(0), []
    for _ in range(days):
        rush = round(early * cases)
        arrived = np.append(rng.uniform(0, 120, rush), rng.uniform(120, 480, cases - rush))
        taken = rng.exponential(minutes, cases)
        found.append(simulated_waits(np.sort(arrived), taken, reviewers))
    return np.concatenate(found)


def winter_and_later(year, rows=60_000):
    """Arrivals of January and February, and so many of the ten months after; words as numbers."""
    flights = arrivals(year)
    for name in flights[TIMETABLE].select_dtypes("category"):
        flights[name] = flights[name].cat.codes
    winter = flights[flights["month"] <= 2]
    return winter, flights[flights["month"] > 2].sample(rows, random_state=0)


def dealt_days(flights, seed):
    """Flights of a third of the days each: to learn from, to calibrate on, to test on."""
    days = flights["date"].drop_duplicates().sample(frac=1, random_state=seed)
    third = len(days) // 3 + 1
    return [flights[flights["date"].isin(days[n * third : (n + 1) * third])] for n in range(3)]


def inputs(flights):
    """What the delay model reads of flights from :func:`winter_and_later`: numbers alone."""
    return flights[TIMETABLE].to_numpy(dtype=float)


def delay_model(flights):
    """A forecast of arrival delay in minutes, learned from flights."""
    model = HistGradientBoostingRegressor(max_iter=40, early_stopping=False, random_state=0)
    return model.fit(inputs(flights), flights["arr_delay"])


def promise_of(model, calibrate, level=0.9):
    """MAPIE's split conformal interval, calibrated on flights that the model has not seen."""
    promise = SplitConformalRegressor(model, confidence_level=level, prefit=True)
    return promise.conformalize(inputs(calibrate), calibrate["arr_delay"])


def held(promise, flights):
    """Whether each flight's delay lay in its interval; a pandas.Series of bool."""
    _, limits = promise.predict_interval(inputs(flights))
    return flights["arr_delay"].between(limits[:, 0, 0], limits[:, 1, 0])
