"""The p-value against statsmodels; looks and rules against published boundaries."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest

from aipm.errors import CourseError
from aipm.operations.experiments import p_value, shuffled_tests, simulated_tests
from aipm.operations.stopping import rule_table, strict_early

POCOCK_5, POCOCK_20 = 0.0158, 0.0075  # Jennison and Turnbull (2000), table 2.1: z of 2.413, 2.672


@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_p_value_is_statsmodels(n_a, n_b, draw):
    hits_a, hits_b = draw.draw(st.integers(0, n_a)), draw.draw(st.integers(0, n_b))
    ours = p_value(hits_a, n_a, hits_b, n_b)
    if 0 < hits_a + hits_b < n_a + n_b:
        assert ours == pytest.approx(proportions_ztest([hits_a, hits_b], [n_a, n_b])[1])
    else:
        assert ours == 1


def test_p_values_of_arrays():
    assert p_value([1, 2], 10, [5, 2], 10) == pytest.approx([p_value(1, 10, 5, 10), 1])


def test_columns_and_numbers_may_stand_together():
    both = p_value([1, 2], [10, 20], [5, 2], [10, 30])
    assert both == pytest.approx([p_value(1, 10, 5, 10), p_value(2, 20, 2, 30)])
    assert p_value(3, 10, [5, 2], 10) == pytest.approx(
        [p_value(3, 10, 5, 10), p_value(3, 10, 2, 10)]
    )


@pytest.mark.parametrize("argument", ["hits_a", "n_a", "hits_b", "n_b"])
@pytest.mark.parametrize(
    "wrong",
    [2.7, -1, np.nan, np.inf, "3", None, True, [1, 2.7], [1, None], [1, -1], [1, np.inf], []],
)
def test_counts_are_whole_numbers(argument, wrong):
    arms = {"hits_a": 1, "n_a": 10, "hits_b": 2, "n_b": 10} | {argument: wrong}
    with pytest.raises(CourseError, match=f"p_value: {argument} "):
        p_value(**arms)


@pytest.mark.parametrize(
    ("arms", "says"),
    [
        ((1, 0, 1, 2), "n_a is 0"),
        ((1, 2, 1, [2, 0]), "n_b is not of 1 or more"),
        ((3, 2, 1, 2), "hits_a is above n_a in 1 of 1 tests"),
        ((1, 2, [1, 3, 4], 2), "hits_b is above n_b in 2 of 3 tests"),
        (([1, 2], 9, [1, 2, 3], 9), "hits_a has 2, hits_b has 3 rows"),
    ],
)
def test_impossible_arms_are_refused(arms, says):
    with pytest.raises(CourseError, match=f"p_value: {says}"):
        p_value(*arms)


def test_shuffling_keeps_the_outcomes_and_its_last_look_is_a_plain_test():
    """The last look has seen all cases: 3 of 8 can fall 3 to 0, 2 to 1, 1 to 2 or 0 to 3."""
    tests = shuffled_tests([True] * 3 + [False] * 5, looks=2, repeats=50)
    possible = [p_value(hits, 4, 3 - hits, 4) for hits in range(4)]
    assert tests.shape == (50, 2) and np.isin(tests[2].round(9), np.round(possible, 9)).all()


@pytest.mark.parametrize("looks, bar", [(5, POCOCK_5), (20, POCOCK_20)])
def test_published_boundary_keeps_five_per_cent(looks, bar):
    """Shuffled and simulated tests agree with it, within what 4,000 tests allow."""
    outcome = np.arange(8_000) % 3 == 0
    for tests in (
        shuffled_tests(outcome, looks, 4_000),
        simulated_tests(0.3, 0.3, 4_000, looks, 4_000),
    ):
        assert (tests.min(axis=1) < bar).mean() == pytest.approx(0.05, abs=0.012)


@pytest.mark.parametrize("looks", [5, 10, 20])
def test_strict_early_keeps_five_per_cent(looks):
    tests = simulated_tests(0.3, 0.3, 20_000, looks, 4_000)
    bar = strict_early(looks)
    assert (np.diff(bar) > 0).all() and bar[0] < 1e-4 and 0.03 < bar[-1] < 0.05
    assert (tests < bar).any(axis=1).mean() == pytest.approx(0.05, abs=0.012)


@pytest.mark.parametrize("looks", [3, 0, 5.0, "5", None])
def test_looks_without_a_constant_are_refused(looks):
    with pytest.raises(CourseError, match="strict_early: looks is .*; choose one of 5, 10, 20"):
        strict_early(looks)


def test_power_is_statsmodels():
    from statsmodels.stats.power import NormalIndPower
    from statsmodels.stats.proportion import proportion_effectsize

    power = NormalIndPower().power(proportion_effectsize(0.075, 0.065), 5_000, 0.05)
    found = (simulated_tests(0.065, 0.075, 5_000, looks=1, repeats=4_000)[1] < 0.05).mean()
    assert found == pytest.approx(power, abs=0.025)


def test_rules_counted_by_hand():
    none = simulated_tests(0.5, 0.5, 100, looks=2, repeats=3)
    effect = none.copy()
    none.iloc[:] = [[0.04, 0.9], [0.9, 0.04], [0.9, 0.9]]
    effect.iloc[:] = [[0.01, 0.01], [0.9, 0.01], [0.9, 0.9]]
    table = rule_table(none, effect, {"any": 0.05, "last": [0, 0.05]})
    assert table.loc["any"].tolist() == pytest.approx([2 / 3, 2 / 3, 5 / 6])
    assert table.loc["last"].tolist() == pytest.approx([1 / 3, 2 / 3, 1])


@pytest.mark.parametrize("bar", [5, -0.1, np.nan, "0.05", [0.05], [0.05] * 3, [0, None], [0, 5]])
def test_a_bar_is_a_p_value_or_one_for_each_look(bar):
    tests = simulated_tests(0.5, 0.5, 100, looks=2, repeats=3)
    with pytest.raises(CourseError, match="rule_table: bars, 'mine', "):
        rule_table(tests, tests, {"fine": 0.05, "mine": bar})


def test_rules_need_tests_with_the_same_looks_and_all_p_values():
    tests = simulated_tests(0.5, 0.5, 100, looks=2, repeats=3)
    with pytest.raises(CourseError, match="no_effect has 2 looks and real_effect 3"):
        rule_table(tests, simulated_tests(0.5, 0.5, 100, looks=3, repeats=3), {"any": 0.05})
    gap = tests.copy()
    gap.iloc[2, 1] = np.nan
    with pytest.raises(CourseError, match="no_effect, column 2, is missing in 1 of 3 rows"):
        rule_table(gap, tests, {"any": 0.05})


@pytest.mark.parametrize("outcome", [["good", "no"] * 50, [0.9, 0.1] * 50, [True, None] * 50])
def test_outcomes_are_not_taken_by_truth_value(outcome):
    with pytest.raises(CourseError, match="shuffled_tests: outcome is "):
        shuffled_tests(outcome, looks=5)


def test_too_few_cases_are_refused():
    with pytest.raises(CourseError, match="outcome has 2 cases, too few for 5 looks"):
        shuffled_tests([True, False], looks=5)
    with pytest.raises(CourseError, match="per_arm is 4 for 5 looks"):
        simulated_tests(0.2, 0.5, 4, looks=5)
    with pytest.raises(CourseError, match="rate_a is 1.2; give a number from 0 to 1"):
        simulated_tests(1.2, 0.5, 100)


def test_shuffled_outcomes_fall_to_the_arms_as_cards_are_dealt():
    """Fisher's hypergeometric law of the yeses in one arm at the last look, and at the first."""
    tests = shuffled_tests([True] * 7 + [False] * 13, looks=2, repeats=20_000)
    for look, arm in ((1, 5), (2, 10)):
        chance = {}
        for a in range(8):
            for b in range(8 - a):
                dealt = stats.multivariate_hypergeom.pmf(
                    [a, b, 7 - a - b], [arm, arm, 20 - 2 * arm], 7
                )
                if dealt > 0:
                    p = round(p_value(a, arm, b, arm), 9)
                    chance[p] = chance.get(p, 0) + dealt
        found = tests[look].round(9).value_counts(normalize=True)
        assert set(found.index) <= set(chance)
        for p, expected in chance.items():
            assert found.get(p, 0) == pytest.approx(expected, abs=0.015)


@pytest.mark.parametrize("looks", [5, 10, 20])
def test_strict_bars_are_z_times_the_root_of_looks_and_keep_five_per_cent(looks):
    """O'Brien and Fleming's form; the level by a random walk of standard normals."""
    bars = strict_early(looks)
    z = stats.norm.isf(bars / 2)
    assert z * np.sqrt(np.arange(1, looks + 1)) == pytest.approx(z[-1] * np.sqrt(looks))
    steps = np.random.default_rng(0).normal(size=(100_000, looks)).cumsum(axis=1)
    crossed = np.abs(steps) / np.sqrt(np.arange(1, looks + 1)) > z
    assert crossed.any(axis=1).mean() == pytest.approx(0.05, abs=0.003)
