"""Alarms: limits against aipm.operations.drift and chi-square, days against a simulation, prices against
what must hold."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from aipm import CourseError
from aipm.operations.alarms import calm_psi, days_to_see, price_of_limits, psi_limit
from aipm.operations.drift import psi


def test_calm_psi_is_what_psi_gives_where_nothing_changed():
    rng = np.random.default_rng(0)
    found = [
        psi(rng.integers(0, 10, 400).astype(str), rng.integers(0, 10, 300).astype(str))
        for _ in range(400)
    ]
    assert np.mean(found) == pytest.approx(calm_psi(400, 300).mean(), rel=0.05)


@pytest.mark.parametrize(("n_expected", "n_actual"), [(1000, 1000), (None, 500), (2000, 300)])
def test_one_calm_sample_in_a_hundred_passes_the_limit(n_expected, n_actual):
    limit = psi_limit(n_expected or np.inf, n_actual)
    assert (calm_psi(n_expected, n_actual, samples=20_000) > limit).mean() == pytest.approx(
        0.01, abs=0.004
    )


@pytest.mark.parametrize(("change", "reference_days"), [(0.10, 59), (0.05, 59), (0.03, np.inf)])
def test_days_to_see_gives_the_power_it_promises(change, reference_days):
    days, scatter, rng = (
        days_to_see(change, 0.121, reference_days),
        0.121,
        np.random.default_rng(1),
    )
    level = (
        0 if np.isinf(reference_days) else rng.normal(0, scatter / np.sqrt(reference_days), 20_000)
    )
    error = scatter * np.sqrt(1 / days + (0 if np.isinf(reference_days) else 1 / reference_days))
    seen = (
        change + rng.normal(0, scatter / np.sqrt(days), 20_000) - level
        > stats.norm.ppf(0.975) * error
    )
    assert seen.mean() == pytest.approx(0.8, abs=0.02)


def test_some_changes_are_never_seen():
    assert np.isinf(days_to_see(0.03, 0.121, 59))
    with pytest.raises(CourseError, match="size above 0"):
        days_to_see(0, 0.1, 59)


def test_wider_limits_page_less_and_wait_longer():
    reference = pd.Series(np.random.default_rng(2).normal(0, 0.1, 59))
    price = price_of_limits(reference, [0.04, 0.08, 0.12], change=0.09, years=300)
    assert (
        price["false pages a year"].is_monotonic_decreasing
        and price["days until seen"].is_monotonic_increasing
    )
    known = stats.norm.sf(0.08 / (0.1 * np.sqrt(1 / 14 + 1 / 59)))
    assert price.loc[0.08, "false pages a year"] < 2 * known * 364
