"""The alarm of four fifths against every pair of counts, and against simulated audits."""

import time
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from aipm.fairness.four_fifths import four_fifths_alarm


def by_every_pair(people, rate_a, rate_b):
    """Every pair of counts, weighed by its probability: memory grows with the square."""
    count = np.arange(people + 1)
    fires = 5 * np.minimum.outer(count, count) < 4 * np.maximum.outer(count, count)
    chance = np.outer(binom.pmf(count, people, rate_a), binom.pmf(count, people, rate_b))
    return (chance * fires).sum()


RATES = st.floats(0, 1).map(lambda rate: 0 if rate < 1e-100 else rate)  # scipy's pmf overflows


@given(st.integers(1, 150), RATES, RATES)
def test_it_is_the_sum_over_every_pair(people, rate_a, rate_b):
    found = four_fifths_alarm(people, rate_a, rate_b)
    assert found == pytest.approx(by_every_pair(people, rate_a, rate_b), abs=1e-12)
    assert found == pytest.approx(four_fifths_alarm(people, rate_b, rate_a), abs=1e-12)


@pytest.mark.parametrize("rate", [0, 5e-324, 1e-307, 1e-100, 1e-9, 1 - 1e-16, 1])
def test_rates_at_the_borders_are_no_trouble(rate):
    same = four_fifths_alarm(16, rate, rate)
    assert 0 <= same <= 16e-9 * 2 and four_fifths_alarm(16, rate, 0.5) > 0.9 * (rate < 0.5)


@pytest.mark.parametrize(
    ("people", "rate_a", "rate_b"),
    [(20, 0.3, 0.3), (100, 0.3, 0.21), (500, 0.9, 0.8), (10_000, 0.02, 0.017)],
)
def test_it_goes_off_as_often_as_in_simulated_audits(people, rate_a, rate_b):
    rng = np.random.default_rng(1)
    selected = np.sort(rng.binomial(people, [rate_a, rate_b], (100_000, 2)), axis=1)
    fired = (5 * selected[:, 0] < 4 * selected[:, 1]).mean()
    assert four_fifths_alarm(people, rate_a, rate_b) == pytest.approx(fired, abs=0.006)


def test_ten_thousand_people_need_little_memory_and_no_time():
    four_fifths_alarm(10, 0.3, 0.3)
    tracemalloc.start()
    try:
        began = time.perf_counter()
        four_fifths_alarm(10_000, 0.3, 0.3)
        took, most = time.perf_counter() - began, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert took < 0.5 and most < 5_000_000
