"""The stability index against entropy from scipy, against chi-square, and its properties."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, entropy

from aipm import CourseError
from aipm.operations.drift import psi

numbers = st.lists(st.integers(-1000, 1000), min_size=1, max_size=200)
words = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=200)


def both_ways(expected_counts, actual_counts):
    """The symmetric Kullback-Leibler divergence, which is what the index is."""
    p, q = np.asarray(expected_counts) + 0.5, np.asarray(actual_counts) + 0.5
    return entropy(p, q) + entropy(q, p)


def test_numbers_agree_with_entropy():
    rng = np.random.default_rng(0)
    before, now = rng.normal(size=2000), rng.normal(0.3, 1.2, size=700)
    edges = [
        -np.inf,
        *np.nextafter(np.sort(before)[199:-1:200], np.inf),
        np.inf,
    ]  # ten bins of 200, right-closed
    counts = [np.histogram(sample, edges)[0] for sample in (before, now)]
    assert set(counts[0]) == {200}, "the test's own bins are not equal in size; mend the test"
    assert psi(before, now) == pytest.approx(both_ways(*counts), rel=1e-12)


def test_categories_agree_with_entropy():
    before = pd.Series(["UA"] * 30 + ["DL"] * 20 + ["VX"] * 5, dtype="category")
    now = pd.Series(["UA"] * 10 + ["DL"] * 20 + ["YX"] * 7, dtype="category")
    assert psi(before, now) == pytest.approx(both_ways([30, 20, 5, 0], [10, 20, 0, 7]), rel=1e-12)


@pytest.mark.slow
def test_without_change_it_is_chi_square_over_n():
    rng, n_before, n_now = np.random.default_rng(1), 5000, 1000
    draws = [psi(rng.random(n_before), rng.random(n_now)) for _ in range(600)]
    scale = 1 / n_before + 1 / n_now
    assert np.mean(draws) == pytest.approx(9 * scale, rel=0.06)
    assert np.quantile(draws, 0.9) == pytest.approx(chi2.ppf(0.9, 9) * scale, rel=0.1)


@given(numbers | words)
def test_zero_for_identical(sample):
    assert psi(sample, sample) == pytest.approx(0, abs=1e-12)


@given(numbers, numbers)
def test_never_negative_and_finite(before, now):
    assert 0 <= psi(before, now) + 1e-12 < np.inf


@given(words, words)
def test_categories_do_not_care_which_sample_comes_first(before, now):
    assert psi(before, now) == pytest.approx(psi(now, before), abs=1e-12)


@pytest.mark.slow
@given(numbers, numbers, st.randoms())
def test_order_and_unit_of_the_values_do_not_matter(before, now, random):
    shuffled = random.sample(before, len(before))
    in_another_unit = [[5 * value**3 + 7 for value in sample] for sample in (shuffled, now)]
    assert psi(*in_another_unit) == pytest.approx(psi(before, now), abs=1e-9)


@given(words, words)
def test_names_of_categories_do_not_matter(before, now):
    renamed = [pd.Categorical([word.upper() for word in sample]) for sample in (before, now)]
    assert psi(*renamed) == pytest.approx(psi(before, now), abs=1e-12)


def test_a_constant_that_moves_is_seen():
    assert psi([20.0] * 100, [10.0] * 100) > 5


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        ([], [1.0], "expected has 0 rows"),
        ([1.0], [], "actual has 0 rows"),
        ([1.0, 2.0], [1.0, np.nan], "actual is missing in 1 of 2 rows"),
        (["a", None], ["a"], "expected is missing in 1 of 2 rows"),
        ([1.0, np.inf], [1.0], "expected is not finite in 1 of 2 rows"),
        ([1.0], [1j], "actual is not a number"),
        (["a"], [1.0], "expected holds categories and actual holds numbers"),
        ([True], [1.0], "expected holds categories and actual holds numbers"),
        ([1.0, "n/a"], [1.0], "expected holds numbers in 1 of 2 rows and 'n/a' in another"),
        (["a"], [True, 2], "actual holds numbers in 1 of 2 rows and True in another"),
        (["a"], [{"a": 1}], "expected or actual holds lists"),
        ([[1.0], [2.0]], [1.0], "expected has 2 dimensions"),
        (1.0, [1.0], "expected is 1.0; give one column"),
    ],
)
def test_bad_samples_are_refused_by_name(expected, actual, says):
    with pytest.raises(CourseError, match=says):
        psi(expected, actual)


@pytest.mark.parametrize("bins", [1, 0, 2.5, True, "ten"])
def test_bad_bins_are_refused(bins):
    with pytest.raises(CourseError, match="bins"):
        psi([1.0, 2.0], [1.0, 2.0], bins=bins)


DATES = {
    "pandas": lambda days: pd.Timestamp("2026-01-01") + pd.to_timedelta(days, "D"),
    "pandas, with a zone": lambda days: pd.date_range("2026-01-01", periods=400, tz="UTC")[days],
    "numpy": lambda days: np.datetime64("2026-01-01") + np.asarray(days),
    "Python": lambda days: [datetime.date(2026, 1, 1) + datetime.timedelta(d) for d in days],
    "times of day": lambda days: [datetime.time(d % 24) for d in days],
    "months": lambda days: pd.period_range("2026-01", periods=400, freq="M")[days],
    "spans": lambda days: pd.to_timedelta(days, "D"),
    "spans of numpy": lambda days: np.asarray(days).astype("timedelta64[D]"),
    "spans of Python": lambda days: [datetime.timedelta(d) for d in days],
    "categories of dates": lambda days: pd.Categorical(pd.to_datetime(days, unit="D")),
    "objects": lambda days: pd.Series(pd.to_datetime(days, unit="D"), dtype=object),
}


@pytest.mark.parametrize("kind", DATES)
@given(st.lists(st.integers(0, 399), min_size=1, max_size=20))
def test_dates_are_no_categories(kind, days):
    for name, samples in (
        ("expected", (DATES[kind](days), [1.0])),
        ("actual", (["a"], DATES[kind](days))),
    ):
        with pytest.raises(CourseError, match=f"psi: {name} holds dates, .* into numbers first"):
            psi(*samples)


@given(st.integers(1, 60), st.integers(1, 300), st.integers(1, 300), st.integers(2, 30))
def test_more_categories_than_bins_need_five_rows_each(kinds, n_before, n_now, bins):
    """The rule of the docstring, for samples of any size."""
    before, now = ([f"kind {row % kinds}" for row in range(n)] for n in (n_before, n_now))
    found, fewest = len({*before, *now}), min(n_before, n_now)
    if found <= bins or 5 * found <= fewest:
        assert np.isfinite(psi(before, now, bins))
    else:
        with pytest.raises(CourseError, match=f"{found} categories in {fewest:,} rows"):
            psi(before, now, bins)


@given(st.integers(51, 1_000))
def test_a_row_each_is_refused(n):
    names = [f"customer {row}" for row in range(n)]
    with pytest.raises(CourseError, match="join the rare ones"):
        psi(names, names)


@given(numbers, numbers)
def test_numbers_in_a_column_of_objects_are_numbers(before, now):
    assert psi(np.array(before, dtype=object), now) == psi(before, now)


@given(st.lists(st.integers(0, 3), max_size=95), numbers)
def test_few_numbers_are_compared_value_by_value_and_others_by_their_place(more, now):
    """Between two values that were there, it does not matter which number is new."""
    before = [0, 1, 2, 3, *more]
    counts = [
        [sum(low <= 2 * x <= high for x in sample) for low, high in ((-9e9, -1), (7, 9e9))]
        + [sum(x == value for x in sample) for value in range(4)]
        for sample in (before, now)
    ]
    kept = [pair for pair in zip(*counts, strict=True) if any(pair)]
    assert psi(before, now) == pytest.approx(both_ways(*zip(*kept, strict=True)), abs=1e-12)
    shifted = [x if x in range(4) else x * 1_000 for x in now]
    assert psi(before, shifted) == psi(before, now)
