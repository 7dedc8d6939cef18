"""How long cases wait: for reviewers, for one server, and for a model on your own machine."""

import heapq

import numpy as np
import pandas as pd

from aipm.errors import CourseError


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


def simulated_days(cases, minutes, reviewers, early=0.25, repeats=200):
    """Waits of all cases of simulated days of eight hours, each begun with an empty queue.

    Parameters
    ----------
    cases : int
        Of one day; single cases vary around ``minutes`` (exponentially).
    minutes, reviewers : float, int
        As in :func:`expected_waits`.
    early : float
        Share of the cases that arrive in the first two hours; a quarter is an even day.
    repeats : int
        How many days.

    Returns
    -------
    numpy.ndarray of shape (cases * repeats,)
    """
    rng, found = np.random.default_rng(0), []
    for _ in range(repeats):
        rush = round(early * cases)
        arrived = np.append(rng.uniform(0, 120, rush), rng.uniform(120, 480, cases - rush))
        taken = rng.exponential(minutes, cases)
        found.append(simulated_waits(np.sort(arrived), taken, reviewers))
    return np.concatenate(found)


def response_times(service, load, requests=20_000, seed=0):
    """Seconds from asking to the end of the answer, when requests come at random and one server
    answers them in order.

    Parameters
    ----------
    service : array-like of float
        Seconds that the server is busy with a request; each simulated request draws one of them.
    load : float
        Share of the time that the server is busy, above 0 and below 1.
    requests : int, default=20_000
        How many come; the gaps between them are exponential, as if many people who know nothing
        of each other were asking.
    seed : int, default=0

    Returns
    -------
    pandas.Series of float
        One a request, in the order of arrival: its wait in the queue and its service.

    Raises
    ------
    CourseError
        If the load is not between 0 and 1: at 1 the queue grows without end.

    References
    ----------
    .. [1] L. Kleinrock (1975), Queueing Systems, Volume 1: Theory, Wiley, chapter 5 (M/G/1).
    """
    if not 0 < load < 1:
        raise CourseError(
            f"load is {load!r}: give a share of the time above 0 and below 1; from 1 on the queue"
            " never ends."
        )
    rng, service = np.random.default_rng(seed), np.asarray(service, dtype=float)
    busy = rng.choice(service, requests)
    asked = rng.exponential(service.mean() / load, requests).cumsum()
    return pd.Series(simulated_waits(asked, busy, reviewers=1) + busy, name="seconds")
