"""aipm.operations.drift: the stability index against entropy from scipy, against chi-square, and its
properties."""

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, entropy

from aipm import CourseError
from aipm.operations import drift
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
        ([], [1.0], "expected is empty"),
        ([1.0], [], "actual is empty"),
        ([1.0, 2.0], [1.0, np.nan], "actual lacks a value in 1 of 2 rows"),
        (["a", None], ["a"], "expected lacks a value in 1 of 2 rows"),
        (["a"], [1.0], "expected holds categories and actual holds numbers"),
        ([[1.0], [2.0]], [1.0], "expected has 2 dimensions"),
        (1.0, [1.0], "expected has 0 dimensions"),
    ],
)
def test_bad_samples_are_refused_by_name(expected, actual, says):
    with pytest.raises(CourseError, match=says):
        psi(expected, actual)


@pytest.mark.parametrize("bins", [1, 0, 2.5, True, "ten"])
def test_bad_bins_are_refused(bins):
    with pytest.raises(CourseError, match="bins"):
        psi([1.0, 2.0], [1.0, 2.0], bins=bins)


def test_the_example_in_the_docstring_is_true():
    assert doctest.testmod(drift).failed == 0
