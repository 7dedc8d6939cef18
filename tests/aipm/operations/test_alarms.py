"""Alarms: limits against the index and chi-square, days against a simulation, prices against what
must hold.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.power import NormalIndPower

from aipm import CourseError
from aipm.operations.alarms import calm_psi, days_to_see, price_of_limits, psi_limit
from aipm.operations.drift import psi


@pytest.mark.slow
def test_calm_psi_is_what_psi_gives_where_nothing_changed():
    rng = np.random.default_rng(0)
    found = [
        psi(rng.integers(0, 10, 400).astype(str), rng.integers(0, 10, 300).astype(str))
        for _ in range(400)
    ]
    assert np.mean(found) == pytest.approx(calm_psi(400, 300).mean(), rel=0.05)


@pytest.mark.parametrize(("n_actual", "n_expected"), [(1000, 1000), (500, None), (300, 2000)])
def test_one_calm_sample_in_a_hundred_passes_the_limit(n_actual, n_expected):
    limit = psi_limit(n_actual, n_expected)
    passed = calm_psi(n_actual, n_expected, repeats=20_000) > limit
    assert passed.mean() == pytest.approx(0.01, abs=0.004)


ROWS = st.integers(1, 10**12 - 1)


@given(ROWS, st.none() | ROWS, st.integers(2, 1_000), st.floats(1e-9, 1, exclude_max=True))
def test_a_limit_is_finite_and_falls_with_rows(n_actual, n_expected, bins, false_alarms):
    limit = psi_limit(n_actual, n_expected, bins, false_alarms)
    assert 0 <= limit < np.inf
    assert psi_limit(n_actual + 1, n_expected, bins, false_alarms) <= limit
    assert psi_limit(n_actual, None, bins, false_alarms) <= limit


@pytest.mark.parametrize("limit", [psi_limit, calm_psi])
@pytest.mark.parametrize("rows", [0, -5, 2.5, np.inf, np.nan, "100", True, [100]])
def test_rows_are_whole_numbers_above_0(limit, rows):
    for name, given_rows in (("n_actual", (rows, 100)), ("n_expected", (100, rows))):
        with pytest.raises(
            CourseError, match=f"{limit.__name__}: {name} is .*; give a whole number"
        ):
            limit(*given_rows)


@pytest.mark.parametrize(("change", "reference_days"), [(0.10, 59), (0.05, 59), (0.03, None)])
def test_days_to_see_gives_the_power_it_promises(change, reference_days):
    days, scatter, rng = (
        days_to_see(change, 0.121, reference_days),
        0.121,
        np.random.default_rng(1),
    )
    unknown = 0 if reference_days is None else 1 / reference_days
    level = rng.normal(0, scatter * np.sqrt(unknown), 20_000)
    error = scatter * np.sqrt(1 / days + unknown)
    now = change + rng.normal(0, scatter / np.sqrt(days), 20_000)
    seen = now - level > stats.norm.ppf(0.975) * error
    assert seen.mean() == pytest.approx(0.8, abs=0.02)


def test_some_changes_are_never_seen():
    assert np.isinf(days_to_see(0.03, 0.121, 59))


SIZES = st.floats(0, 1e12, exclude_min=True)
SHARES = st.floats(1e-9, 1, exclude_max=True)


@given(
    SIZES, SIZES, st.none() | ROWS, st.tuples(SHARES, SHARES).filter(lambda two: two[0] != two[1])
)
def test_days_are_whole_and_one_at_least(change, scatter, reference_days, shares):
    days = days_to_see(change, scatter, reference_days, power=max(shares), level=min(shares))
    assert days >= 1 and (days == np.inf or days == int(days))
    assert days >= days_to_see(change, scatter, power=max(shares), level=min(shares))


@pytest.mark.parametrize("argument", ["change", "scatter"])
@pytest.mark.parametrize("size", [0, 0.0, -0.1, np.nan, np.inf, "0.1"])
def test_sizes_are_above_0(argument, size):
    given_sizes = {"change": 1, "scatter": 1} | {argument: size}
    with pytest.raises(CourseError, match=f"days_to_see: {argument} is .*; give a number above 0"):
        days_to_see(**given_sizes, reference_days=10)


@pytest.mark.parametrize(("power", "level"), [(0.05, 0.05), (0.01, 0.9), (0.8, 0.8)])
def test_fewer_changes_seen_than_calm_alarms_are_refused(power, level):
    with pytest.raises(CourseError, match="give a power above the level"):
        days_to_see(1, 1, 10, power, level)


def test_wider_limits_page_less_and_wait_longer():
    reference = pd.Series(np.random.default_rng(2).normal(0, 0.1, 59))
    price = price_of_limits(reference, [0.04, 0.08, 0.12], change=0.09, repeats=300)
    assert (
        price["false pages a year"].is_monotonic_decreasing
        and price["days until seen"].is_monotonic_increasing
    )
    known = stats.norm.sf(0.08 / (0.1 * np.sqrt(1 / 14 + 1 / 59)))
    assert price.loc[0.08, "false pages a year"] < 2 * known * 364


REFERENCE = np.random.default_rng(2).normal(0, 0.1, 59)


@given(st.integers(1, 100), st.integers(101, 400))
@settings(max_examples=20, deadline=None)
def test_a_page_a_day_is_a_page_a_day_whatever_the_window(window, days):
    """A limit of next to nothing is passed on every day: it pages once, and sees at once."""
    price = price_of_limits(REFERENCE, [1e-9], 1e6, window=window, days=days, repeats=3)
    assert price.loc[1e-9, "days until seen"] == 1
    assert 1 <= price.loc[1e-9, "false pages a year"] < 3


def test_long_windows_are_watched_for_a_whole_year():
    """Twice the days are twice the pages, although a moving mean begins late."""
    one, two = (
        price_of_limits(REFERENCE, [0.02], 1, window=100, days=days, repeats=400)
        for days in (300, 600)
    )
    pages = [table.loc[0.02, "false pages a year"] for table in (one, two)]
    assert pages[1] / pages[0] == pytest.approx(2, rel=0.15)


def test_equal_limits_each_keep_their_row():
    price = price_of_limits(REFERENCE, [0.1, 0.05, 0.1], 0.09, repeats=20)
    assert price.index.tolist() == [0.1, 0.05, 0.1] and price.iloc[0].equals(price.iloc[2])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"window": 101}, "window is 101; give a whole number from 1 to 100"),
        ({"days": 100}, "days is 100; give a whole number from 101"),
        ({"reference": REFERENCE[:6]}, "reference has 6 rows; give 7 at least"),
        ({"reference": [*REFERENCE[:20], np.nan]}, "reference is missing in 1 of 21 rows"),
        ({"limits": []}, "limits has 0 values"),
        ({"limits": [0.1, 0]}, "limits is 0"),
        ({"change": -0.09}, "change is -0.09; give a number above 0"),
    ],
)
def test_years_that_cannot_be_drawn_are_refused(changes, says):
    arguments = {"reference": REFERENCE, "limits": [0.1], "change": 0.09} | changes
    with pytest.raises(CourseError, match=f"price_of_limits: {says}"):
        price_of_limits(**arguments)


@pytest.mark.slow
@pytest.mark.parametrize(("n_actual", "n_expected", "bins"), [(400, 900, 4), (700, None, 20)])
def test_calm_indices_and_limits_are_those_of_counts_drawn_and_scipys_entropy(
    n_actual, n_expected, bins
):
    """Rows fall into equal bins by lot; the index is the divergence both ways."""
    rng, even, drawn = np.random.default_rng(4), np.full(bins, 1 / bins), []
    for _ in range(4_000):
        q = rng.multinomial(n_actual, even) + 0.5
        p = even if n_expected is None else rng.multinomial(n_expected, even) + 0.5
        drawn.append(stats.entropy(p, q) + stats.entropy(q, p))
    found = calm_psi(n_actual, n_expected, bins, repeats=4_000)
    assert len(found) == 4_000 and stats.ks_2samp(drawn, found).pvalue > 1e-4
    for false_alarms in (0.05, 0.2):
        limit = psi_limit(n_actual, n_expected, bins, false_alarms)
        assert np.mean(np.array(drawn) > limit) == pytest.approx(false_alarms, rel=0.2)


@pytest.mark.parametrize(("power", "level"), [(0.8, 0.05), (0.9, 0.01), (0.95, 0.1)])
@pytest.mark.parametrize("effect", [0.1, 0.37, 1.2])
def test_days_against_a_known_level_are_those_of_statsmodels(effect, power, level):
    """A z test of one sample, which is what ``ratio=0`` asks for."""
    days = NormalIndPower().solve_power(effect, alpha=level, power=power, ratio=0)
    assert days_to_see(3 * effect, 3, power=power, level=level) == np.ceil(days)


def test_days_against_an_estimated_level_are_counted_up_one_by_one():
    """The first number of days whose z test of two samples has the power, by statsmodels."""
    for effect, reference_days in ((0.5, 59), (0.9, 20), (0.41, 52)):
        days = 1
        while NormalIndPower().power(effect, days, 0.05, reference_days / days) < 0.8:
            days += 1
        assert days_to_see(effect, 1, reference_days) == days


@pytest.mark.parametrize(("limit", "window"), [(0.25, 14), (0.5, 14), (0.9, 30), (0.01, 7)])
def test_where_every_day_is_alike_a_change_is_seen_when_it_fills_so_much_of_the_window(
    limit, window
):
    """After k days the moving mean is k / window of the change; nothing else moves."""
    price = price_of_limits(np.full(30, 7.0), [limit], 1, window=window, repeats=3)
    seen = next(day for day in range(1, window + 1) if day / window > limit)
    assert price.loc[limit].tolist() == [0, seen]


def test_false_pages_of_single_days_are_counted_by_chance():
    """A day pages if it lies outside and the day before did not: p (1 - p), and p on the first."""
    reference = np.random.default_rng(5).normal(0, 1, 9_100)
    price = price_of_limits(reference, [1.0, 2.0], 5, window=1, days=200, repeats=3_000)
    for limit in (1.0, 2.0):
        outside = 2 * stats.norm.sf(limit)
        expected = outside + 199 * outside * (1 - outside)
        assert price.loc[limit, "false pages a year"] == pytest.approx(expected, rel=0.03)
