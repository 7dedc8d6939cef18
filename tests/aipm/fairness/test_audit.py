"""aipm.fairness.audit: verdicts follow the interval, counts that cannot be counts are refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from aipm import CourseError
from aipm.estimates import difference, mean, share
from aipm.fairness.audit import compare_groups, enough, gap

counts = st.integers(1, 3_000).flatmap(
    lambda people: st.tuples(st.integers(0, people), st.just(people))
)


@pytest.mark.parametrize(
    "first, second, said",
    [
        ((60, 100), (20, 100), "beyond"),
        ((20, 100), (60, 100), "beyond"),
        ((1_000, 5_000), (1_000, 5_000), "within"),
        ((30, 100), (27, 100), "cannot tell"),
        ((20, 25), (200, 1_000), "insufficient"),
        ((200, 1_000), (20, 25), "insufficient"),
        ((40, 80), (400, 5_000), "insufficient"),
    ],
)
def test_the_four_verdicts(first, second, said):
    assert gap(share(*first), share(*second)).against(-0.05, 0.05) == said


@given(counts, counts, st.floats(0.01, 0.3))
def test_a_verdict_follows_from_the_interval_of_the_difference(first, second, margin):
    one, other = share(*first), share(*second)
    low, high = difference(one, other).interval
    if not (enough(one) and enough(other)):
        expected = "insufficient"
    elif low > margin or high < -margin:
        expected = "beyond"
    else:
        expected = "within" if -margin <= low and high <= margin else "cannot tell"
    found = gap(one, other)
    assert found.against(-margin, margin) == expected
    assert found.interval == (low, high) and str(found) == str(difference(one, other))


@settings(max_examples=50)
@given(counts, counts)
def test_more_looks_never_decide_more(first, second):
    once, often = (
        gap(share(*first), share(*second), looks=looks).against(-0.05, 0.05) for looks in (1, 10)
    )
    assert often in (once, "cannot tell")


@pytest.mark.slow
def test_a_fair_process_is_seldom_found_beyond_however_many_groups():
    """Eleven groups, no difference, hardly a margin: in 95 % of audits nobody is accused."""
    rng = np.random.default_rng(0)
    people = np.repeat([1_000, 100, 300], 4)
    accused = 0
    for _ in range(300):
        counts = pd.DataFrame({"hits": rng.binomial(people, 0.3), "people": people})
        accused += (compare_groups(counts, 0, 1e-9)["verdict"] == "beyond").any()
    assert accused / 300 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)


@settings(max_examples=50)
@given(st.lists(counts, min_size=2, max_size=6))
def test_each_row_is_that_of_its_gap(rows):
    """The table adds nothing of its own to the gap of two shares."""
    table = compare_groups(pd.DataFrame(rows, columns=["hits", "people"]), against=0)
    for (hits, people), row in zip(rows[1:], table.itertuples(), strict=True):
        found = gap(share(hits, people), share(*rows[0]), looks=len(rows) - 1)
        assert row.verdict == found.against(-0.05, 0.05)
        shown = [row.gap, row.low, row.high]
        if row.verdict == "insufficient":
            assert np.isnan([row.rate, *shown]).all()
        else:
            assert shown == [found.value, *found.interval] and row.rate == hits / people


def test_groups_of_nobody_and_of_few_get_no_number():
    counts = {"hits": [300, 3, 0, 450], "people": [1_000, 6, 0, 1_000]}
    table = compare_groups(pd.DataFrame(counts, index=list("abcd")), "a")
    assert table["verdict"].tolist() == ["insufficient", "insufficient", "beyond"]
    assert table.loc[["b", "c"], ["rate", "gap", "low", "high"]].isna().all(axis=None)
    assert table["people"].tolist() == [6, 0, 1_000]
    assert table.loc["d", "gap"] == pytest.approx(0.15)


TABLE = {"hits": [300, 450, 20], "people": [1_000, 1_000, 40]}


def broken(**changes):
    """Three groups, of which some columns or labels are others."""
    table = pd.DataFrame(TABLE, index=list("abc"), dtype=object)
    for column, values in changes.items():
        table[column] = values
    return table


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        (broken(hits=[300, None, 20]), "'hits', is missing in 1 of 3 rows"),
        (broken(people=[1_000, np.nan, 40]), "'people', is missing in 1 of 3 rows"),
        (broken(hits=[300, 0.45, 20]), "'hits', is no whole number in row 'b'"),
        (broken(people=[1_000, 1_000, 40.5]), "'people', is no whole number in row 'c'"),
        (broken(hits=[300, -1, 20]), "'hits', is not of 0 or more in 1 of 3 rows"),
        (broken(hits=[300, 1_001, 20]), "more hits than people in row 'b'"),
        (broken(hits=[300, "many", 20]), "'hits', is not a number in 1 of 3 rows"),
        (broken(hits=[300, np.inf, 20]), "'hits', is not finite"),
        (broken(third=1), "counts has 3 columns"),
        (broken()[["hits"]], "counts has 1 columns"),
        (broken().set_axis(list("aba")), "two rows named 'a'"),
        (broken().iloc[:1], "counts has 1 rows"),
        (broken(people=[0, 1_000, 40], hits=[0, 1, 1]), "against is 'a', a group without people"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts, says):
    with pytest.raises(CourseError, match=f"compare_groups: .*{says}"):
        compare_groups(counts, "a")


@pytest.mark.parametrize("label", ["z", "A", 0, ("a",), ("a", "b"), object(), float("nan")])
def test_a_group_that_is_not_there_is_refused(label):
    with pytest.raises(CourseError, match="choose one of a, b, c"):
        compare_groups(pd.DataFrame(TABLE, index=list("abc")), label)


def test_part_of_a_label_is_no_group():
    index = pd.MultiIndex.from_product([["Black", "White"], ["women", "men"]])
    counts = pd.DataFrame({"hits": [10, 20, 30, 40], "people": 100}, index=index)
    assert len(compare_groups(counts, ("White", "men"))) == 3
    with pytest.raises(CourseError, match="against is 'White'"):
        compare_groups(counts, "White")


@pytest.mark.parametrize("margin", [5, 0, 1, -0.05, float("nan"), "0.05"])
def test_a_margin_is_a_share(margin):
    with pytest.raises(CourseError, match="margin"):
        compare_groups(pd.DataFrame(TABLE, index=list("abc")), "a", margin)


def test_only_shares_have_a_gap():
    for call in (enough, lambda rate: gap(rate, share(3, 8)), lambda rate: gap(share(3, 8), rate)):
        with pytest.raises(CourseError, match="is a mean, .*; give a share"):
            call(mean([1, 2, 3]))


def newcombe(first, second, level):
    """Newcombe's limits from Wilson's, by scipy: the two half widths squared and added."""
    (p, *one), (q, *other) = (
        (hits / of, *stats.binomtest(hits, of).proportion_ci(level, "wilson"))
        for hits, of in (first, second)
    )
    below = np.hypot(p - one[0], other[1] - q)
    return p - q - below, p - q + np.hypot(one[1] - p, q - other[0])


@given(st.integers(1, 400), st.data())
def test_enough_is_thirty_people_and_ten_points_either_way(people, data):
    """By scipy's interval, away from its rounding."""
    hits = data.draw(st.integers(0, people))
    low, high = stats.binomtest(hits, people).proportion_ci(method="wilson")
    if abs(high - low - 0.2) > 1e-6:
        assert enough(share(hits, people)) == (people >= 30 and high - low < 0.2)


def test_thirty_people_may_be_enough_and_twenty_nine_are_not():
    assert enough(share(0, 30)) and not enough(share(0, 29)) and not enough(share(15, 30))


@settings(max_examples=50)
@given(counts, counts, st.integers(1, 12))
def test_a_gap_is_newcombes_at_bonferronis_level(first, second, looks):
    found = gap(share(*first), share(*second), looks=looks)
    assert found.value == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert found.interval == pytest.approx(newcombe(first, second, 1 - 0.05 / looks), abs=1e-7)


def test_every_row_of_a_table_is_newcombes_at_bonferronis_level():
    rows = {"a": (300, 1_000), "b": (450, 1_000), "c": (250, 900), "d": (340, 1_000)}
    table = compare_groups(pd.DataFrame(rows).T, "c", margin=0.06)
    assert list(table.index) == ["a", "b", "d"]
    for name, row in table.iterrows():
        low, high = newcombe(rows[name], rows["c"], 1 - 0.05 / 3)
        assert (row["low"], row["high"]) == pytest.approx((low, high), abs=1e-7)
        assert row["gap"] == pytest.approx(rows[name][0] / rows[name][1] - 250 / 900)
    assert table["verdict"].tolist() == ["cannot tell", "beyond", "cannot tell"]
