"""aipm.estimates.agreement: against the package krippendorff, its author's example and truth."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm import CourseError
from aipm.estimates.agreement import alpha, alpha_estimate

GAP = np.nan
# Krippendorff (2011), section C: four observers, twelve units, gaps. He finds .743, .815, .849.
EXAMPLE = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T


@pytest.mark.parametrize(
    "level, published", [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_the_authors_example(level, published):
    assert alpha(EXAMPLE, level) == pytest.approx(published, abs=0.0005)


@settings(max_examples=100, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda raters: st.lists(
            st.lists(st.sampled_from([-2, 0, 1, 5, GAP]), min_size=raters, max_size=raters),
            min_size=2,
            max_size=15,
        )
    ),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_agrees_with_krippendorff(rows, level):
    table = pd.DataFrame(rows, dtype=float)
    pairable = table[table.notna().sum(axis=1) >= 2]
    if len(set(pairable.to_numpy()[pairable.notna()])) < 2:
        with pytest.raises(CourseError):
            alpha(table, level)
    else:
        other = krippendorff.alpha(
            reliability_data=pairable.to_numpy().T, level_of_measurement=level
        )
        assert alpha(table, level) == pytest.approx(other, abs=1e-9)


def test_twenty_messages_by_hand():
    # 3 of 20 pairs differ; 13 of 40 labels are yes: 1 - (3 / 20) / (2 * 13 * 27 / (40 * 39))
    common = [[1, 1]] * 5 + [[1, 0]] * 3 + [[0, 0]] * 12
    rare = [[1, 0]] * 3 + [[0, 0]] * 17
    assert alpha(common) == pytest.approx(2 / 3)
    assert alpha(rare) == pytest.approx(1 - 0.15 / (2 * 3 * 37 / (40 * 39)))


@pytest.mark.slow
def test_interval_holds_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(0)

    def rate(items):
        truth = rng.random(items) < 0.3
        return truth[:, None] ^ (rng.random((items, 3)) < 0.1)

    truth = alpha(rate(200_000))
    drawn = [alpha_estimate(rate(150)).interval for _ in range(100)]
    assert 90 <= sum(low <= truth <= high for low, high in drawn) <= 99


def test_groups_widen_the_interval_when_items_repeat():
    rng = np.random.default_rng(0)
    truth = rng.random(60) < 0.4
    items = np.repeat(truth[:, None] ^ (rng.random((60, 3)) < 0.15), 5, axis=0)
    whole, apart = alpha_estimate(items, groups=np.repeat(np.arange(60), 5)), alpha_estimate(items)
    assert whole.value == apart.value
    assert (whole.n, apart.n) == (60, 300)
    assert whole.high - whole.low > 1.5 * (apart.high - apart.low)


@pytest.mark.parametrize(
    "ratings, level, said",
    [
        ([[1, 2]], "ratio", "choose one of"),
        ([[1, GAP], [GAP, 2]], "nominal", "no item with two ratings"),
        ([[1, 1], [1, 1]], "nominal", "ratings are all 1"),
    ],
)
def test_refusals(ratings, level, said):
    with pytest.raises(CourseError, match=said):
        alpha(ratings, level)
    with pytest.raises(CourseError, match=said):
        alpha_estimate(ratings, level)


def test_groups_must_fit():
    with pytest.raises(CourseError, match="ratings has 2, groups has 1"):
        alpha_estimate([[1, 1], [1, 0]], groups=["a"])


def test_one_group_is_no_interval():
    with pytest.raises(CourseError, match="interval needs two"):
        alpha_estimate([[1, 1], [1, 0]], groups=["a", "a"])


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_interval_is_that_of_krippendorff_on_items_drawn_again(level):
    """Whole reviews of three sentences are drawn, and the package judges each draw."""
    rng = np.random.default_rng(7)
    truth = np.repeat(rng.integers(0, 4, 50), 3)[:, None]
    table = np.where(rng.random((150, 3)) < 0.3, rng.integers(0, 4, (150, 3)), truth).astype(float)
    table[rng.random((150, 3)) < 0.1] = GAP
    reviews = np.arange(150).reshape(50, 3)
    drawn = [
        krippendorff.alpha(table[rows.ravel()].T, level_of_measurement="ordinal")
        for rows in reviews[rng.integers(0, 50, (2000, 50))]
    ]
    found = alpha_estimate(table, "ordinal", groups=np.repeat(np.arange(50), 3), level=level)
    assert found.value == pytest.approx(
        krippendorff.alpha(table.T, level_of_measurement="ordinal"), abs=1e-9
    )
    limits = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    assert found.interval == pytest.approx(limits, abs=0.07 * np.ptp(limits))
