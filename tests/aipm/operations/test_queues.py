"""The simulated queue against the formulas of queueing theory."""

import time
from types import SimpleNamespace as Thing

import numpy as np
import pytest

from aipm.errors import CourseError
from aipm.language import llm
from aipm.language.timing import time_reply
from aipm.operations.queues import expected_waits, response_times, simulated_days, simulated_waits


def pollaczek_khinchine(service, load):
    """Mean time in an M/G/1 queue: service plus load * E[S^2] / (2 * E[S] * (1 - load))."""
    return service.mean() + load * (service**2).mean() / (2 * service.mean() * (1 - load))


@pytest.mark.parametrize("load", [0.3, 0.6, 0.8])
@pytest.mark.parametrize("service", [np.array([2.0]), np.array([1.0, 1.0, 1.0, 9.0])])
def test_mean_is_that_of_the_formula(service, load):
    found = [response_times(service, load, 40_000, seed).mean() for seed in range(5)]
    assert np.mean(found) == pytest.approx(pollaczek_khinchine(service, load), rel=0.05)


def test_percentiles_of_exponential_service():
    """M/M/1: the time in the system is exponential with mean 1 / (1 - load)."""
    service = np.random.default_rng(1).exponential(1, 50_000)
    found = np.concatenate([response_times(service, 0.6, 40_000, seed) for seed in range(5)])
    for share in (0.5, 0.95, 0.99):
        expected = -np.log(1 - share) * service.mean() / (1 - 0.6)
        assert np.quantile(found, share) == pytest.approx(expected, rel=0.06)


def test_counted_by_hand():
    """With next to no load nobody waits; no time is shorter than its service."""
    assert response_times([3.0], 1e-6, 50).to_list() == [3.0] * 50
    assert (response_times([1.0, 2.0], 0.9, 500) >= 1).all()


@pytest.mark.parametrize("load", [0, 1, 1.2, 80])
def test_impossible_load(load):
    with pytest.raises(CourseError, match="response_times: load is .* above 0 and below 1"):
        response_times([1.0], load)


@pytest.mark.parametrize("service", [[0.0, 0.0], [-1.0, 2.0], [1.0, None], ["fast"]])
def test_impossible_service(service):
    with pytest.raises(CourseError, match="response_times: service is "):
        response_times(service, 0.5)


NAMES = {expected_waits: (60, 4, 5), simulated_days: (60, 4, 5), simulated_waits: ([0, 1], 4, 5)}


@pytest.mark.parametrize("reviewers", [0, -1, 2.7, "5", True, None, np.inf])
@pytest.mark.parametrize("waits", NAMES, ids=lambda waits: waits.__name__)
def test_half_a_reviewer_is_not_one(waits, reviewers):
    with pytest.raises(CourseError, match=f"{waits.__name__}: reviewers is "):
        waits(*NAMES[waits][:2], reviewers)


@pytest.mark.parametrize("minutes", [-1, np.nan, "4", None, [4, 4, 4], [4, None], [4, -1], []])
def test_minutes_are_one_number_or_one_a_case(minutes):
    with pytest.raises(CourseError, match="simulated_waits: .*minutes"):
        simulated_waits([0, 1], minutes, 1)


@pytest.mark.parametrize(
    ("arrived", "says"),
    [
        ([0, 5, 3], "arrived goes back from 5 to 3 at position 2"),
        ([-3, 0, 1], "arrived is not of 0 or more in 1 of 3 rows"),
        ([0, None, 1], "arrived is missing in 1 of 3 rows"),
    ],
)
def test_cases_come_in_order_from_minute_0(arrived, says):
    with pytest.raises(CourseError, match=f"simulated_waits: {says}"):
        simulated_waits(arrived, 4, 1)


def test_time_reply_reads_the_clock(monkeypatch):
    """A stand-in for the model that says nothing at first and then a word every 20 ms."""

    def stream(**asked):
        for word in (None, "a", "b", "c"):
            time.sleep(0.02)
            yield Thing(choices=[Thing(delta=Thing(content=word))])

    chat = Thing(completions=Thing(create=stream))
    monkeypatch.setattr(llm, "client", lambda: Thing(chat=chat))
    first, last = time_reply("Is it slow?")
    assert 0.04 <= first < last and last - first >= 0.04


@pytest.mark.parametrize("early", [0.25, 0.5, 0.75])
def test_both_parts_of_a_simulated_day_wait_as_the_formula_of_one_server_says(early):
    """M/M/1 in each part of a day: load / (1 - load) services; single cases take little, so that
    either part settles at once.
    """
    cases, minutes, repeats = 960, 0.1, 150
    found = simulated_days(cases, minutes, 1, early, repeats).reshape(repeats, cases)
    rush = round(early * cases)
    for waits, load in (
        (found[:, :rush], rush * minutes / 120),
        (found[:, rush:], (cases - rush) * minutes / 360),
    ):
        assert waits.mean() == pytest.approx(minutes * load / (1 - load), rel=0.06)
        assert (waits > 0).mean() == pytest.approx(load, rel=0.03)


@pytest.mark.parametrize("reviewers", [1, 2, 5])
def test_waits_are_those_of_minutes_looked_at_one_by_one(reviewers):
    """Whole minutes: who waits longest begins as soon as fewer are at work than reviewers."""
    rng = np.random.default_rng(reviewers)
    arrived, taken = np.sort(rng.integers(0, 200, 80)), rng.integers(1, 9, 80)
    begun, ends, minute = {}, [], 0
    while len(begun) < 80:
        ends = [end for end in ends if end > minute]
        for case in range(80):
            if case not in begun and arrived[case] <= minute and len(ends) < reviewers:
                begun[case] = minute
                ends.append(minute + taken[case])
        minute += 1
    expected = [begun[case] - arrived[case] for case in range(80)]
    assert simulated_waits(arrived, taken, reviewers).tolist() == expected
