"""How long cases wait: for reviewers, for one server, and for a model on your own machine."""

import heapq

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.validation import INSIDE, SEED, SHARE, Count, Kind, Number, Numbers, checked, same_length
from aipm.validation.words import is_number

__all__ = ["expected_waits", "response_times", "simulated_days", "simulated_waits"]
REVIEWERS, MINUTES = Count(1, 100_000), Number(above=0, high=10**12)
EACH = Kind("minutes, one number or one for each case")  # which of the two, the body tells


@checked(cases_an_hour=Number(0, 10**12), minutes=MINUTES, reviewers=REVIEWERS)
def expected_waits(cases_an_hour, minutes, reviewers):
    """Utilisation and waiting times that settle if a day goes on for ever, by Erlang's C formula
    [1]_.

    Parameters
    ----------
    cases_an_hour : float
        Cases that arrive, at random and evenly over the day; 0 or more.
    minutes : float
        What one takes on average, above 0; single cases vary (exponentially).
    reviewers : int
        They share one queue; one at least.

    Returns
    -------
    pandas.Series of float
        ``utilisation`` (share of the reviewers' time at work), ``mean wait`` and ``p95 wait`` in
        minutes (95 in 100 wait no longer); infinite if more arrives than can be done.

    Raises
    ------
    CourseError
        If cases are below 0, minutes not above it, or reviewers no whole number.

    References
    ----------
    .. [1] N. Gans, G. Koole and A. Mandelbaum (2003), "Telephone call centers: tutorial, review,
       and research prospects", Manufacturing & Service Operations Management 5(2), 79-141.

    Examples
    --------
    >>> expected_waits(cases_an_hour=12, minutes=4, reviewers=1).round(2).to_dict()
    {'utilisation': 0.8, 'mean wait': 16.0, 'p95 wait': 55.45}
    """
    load = cases_an_hour * minutes / 60
    found = pd.Series({"utilisation": load / reviewers, "mean wait": np.inf, "p95 wait": np.inf})
    if load >= reviewers:
        return found
    lost = 1.0  # Erlang's B formula, by its recursion, which cannot overflow
    for team in range(1, reviewers + 1):
        lost = load * lost / (team + load * lost)
    waits = lost / (1 - load / reviewers * (1 - lost))  # share of cases that find all busy
    found["mean wait"] = waits * minutes / (reviewers - load)
    found["p95 wait"] = minutes / (reviewers - load) * np.log(max(waits, 0.05) / 0.05)
    return found


@checked(arrived=Numbers(low=0), minutes=EACH, reviewers=REVIEWERS)
def simulated_waits(arrived, minutes, reviewers):
    """Minutes that each case waits, taken in order of arrival by whoever is free.

    Parameters
    ----------
    arrived : array-like of float of shape (n,)
        Minute of the day at which each case arrives, from 0, in order.
    minutes : array-like of float of shape (n,) or float
        What each takes, 0 or more.
    reviewers : int
        They share one queue; one at least.

    Returns
    -------
    numpy.ndarray of float of shape (n,)
        Minutes between arrival and begin.

    Raises
    ------
    CourseError
        If cases are not in order of arrival, there are not as many minutes as cases, a number is
        missing or below 0, or there is no reviewer.

    Examples
    --------
    >>> simulated_waits([0, 1, 2, 11], minutes=4, reviewers=1).tolist()
    [0.0, 3.0, 6.0, 1.0]
    """
    if is_number(minutes):
        taken = np.full(len(arrived), Number(0, 10**12)("simulated_waits: minutes", minutes))
    else:
        taken = Numbers(low=0)("simulated_waits: minutes", minutes)
        same_length("simulated_waits", arrived=arrived, minutes=taken)
    if (back := np.diff(arrived) < 0).any():
        place = int(back.argmax()) + 1
        raise CourseError(
            f"simulated_waits: arrived goes back from {arrived[place - 1]:g} to"
            f" {arrived[place]:g} at position {place}; give the cases in order."
        )
    return _waits(arrived, taken, reviewers)


@checked(
    cases=Count(1, 10**6),
    minutes=MINUTES,
    reviewers=REVIEWERS,
    early=SHARE,
    repeats=Count(1, 10**6),
)
def simulated_days(cases, minutes, reviewers, early=0.25, repeats=200):
    """Waits of all cases of simulated days of eight hours, each begun with an empty queue.

    Parameters
    ----------
    cases : int
        Of one day; single cases vary around ``minutes`` (exponentially).
    minutes, reviewers : float, int
        As in :func:`expected_waits`.
    early : float, default=0.25
        Share of the cases that arrive in the first two hours; a quarter is an even day.
    repeats : int, default=200
        How many days.

    Returns
    -------
    numpy.ndarray of float of shape (cases * repeats,)
        Minutes, in order of arrival, one day after the other.

    Raises
    ------
    CourseError
        If a number of cases, reviewers or days is no whole number of 1 or more, minutes are not
        above 0, or ``early`` is no share.
    """
    rng, found = np.random.default_rng(0), []
    for _ in range(repeats):
        rush = round(early * cases)
        arrived = np.append(rng.uniform(0, 120, rush), rng.uniform(120, 480, cases - rush))
        taken = rng.exponential(minutes, cases)
        found.append(_waits(np.sort(arrived), taken, reviewers))
    return np.concatenate(found)


@checked(service=Numbers(low=0), load=INSIDE, requests=Count(1, 10**7), seed=SEED)
def response_times(service, load, requests=20_000, seed=0):
    """Seconds from asking to the end of the answer, when requests come at random and one server
    answers them in order [1]_.

    Parameters
    ----------
    service : array-like of float of shape (n,)
        Seconds that the server is busy with a request; each simulated request draws one of them.
    load : float
        Share of the time that the server is busy, above 0 and below 1.
    requests : int, default=20_000
        How many come; the gaps between them are exponential, as if many people who know nothing
        of each other were asking.
    seed : int, default=0

    Returns
    -------
    pandas.Series of float of shape (requests,)
        One a request, in the order of arrival: its wait in the queue and its service, in seconds.

    Raises
    ------
    CourseError
        If the load is not between 0 and 1, since at 1 the queue grows without end; or if no
        request keeps the server busy.

    References
    ----------
    .. [1] L. Kleinrock (1975), Queueing Systems, Volume 1: Theory, Wiley, chap. 5 (M/G/1).
    """
    if not service.any():
        raise CourseError(
            "response_times: service is 0 in all rows; give seconds of which one is above 0."
        )
    rng = np.random.default_rng(seed)
    busy = rng.choice(service, requests)
    asked = rng.exponential(service.mean() / load, requests).cumsum()
    return pd.Series(_waits(asked, busy, reviewers=1) + busy, name="seconds")


def _waits(arrived, taken, reviewers):
    """Waits of cases in order of arrival, each taken by whoever is free."""
    free = [0.0] * reviewers  # when each is free again, the first to be so on top
    waits = np.empty(len(arrived))
    for case, (came, long) in enumerate(zip(arrived, taken, strict=True)):
        begins = max(came, free[0])
        heapq.heapreplace(free, begins + long)
        waits[case] = begins - came
    return waits
