"""What a fix does to people, against fairlearn's MetricFrame and plain counts."""

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import (
    MetricFrame,
    false_positive_rate,
    selection_rate,
    true_positive_rate,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import precision_score

from aipm.errors import CourseError
from aipm.fairness.mitigation import moved, rates_by_group


def drawn(seed, people=400):
    """Two rules, an outcome and a group for some people."""
    rng = np.random.default_rng(seed)
    group = pd.Series(rng.choice(["men", "women"], people))
    qualified = pd.Series(rng.random(people) < 0.3)
    before = pd.Series(rng.random(people) < 0.2 + 0.4 * qualified)
    after = pd.Series(np.where(rng.random(people) < 0.8, before, ~before))
    return before, after, qualified, group


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_rates_are_those_of_fairlearn(seed):
    offered, _, qualified, group = drawn(seed)
    oracle = MetricFrame(
        metrics={
            "offered": selection_rate,
            "qualified": true_positive_rate,
            "others": false_positive_rate,
            "precision": precision_score,
        },
        y_true=qualified,
        y_pred=offered,
        sensitive_features=group,
    ).by_group
    found = rates_by_group(offered, qualified, group)
    assert list(found.index) == list(oracle.index)
    for name in oracle:
        assert [rate.value for rate in found[name]] == pytest.approx(list(oracle[name]))


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_moves_add_up_to_the_change_in_offers(seed):
    before, after, qualified, group = drawn(seed)
    table = moved(before, after, qualified, group)
    assert (table["gained"] - table["lost"]).to_numpy() == pytest.approx(table["net"].to_numpy())
    assert ((table["low"] <= table["net"]) & (table["net"] <= table["high"])).all()
    change = 10_000 * (after.mean() - before.mean())
    assert table["net"].sum() == pytest.approx(change)
    women = (group == "women") & qualified
    assert table.loc[("women", "qualified"), "gained"] == pytest.approx(
        10_000 * (after & ~before & women).sum() / len(group)
    )


@pytest.mark.slow
def test_the_interval_holds_the_true_change_as_often_as_it_says():
    rng = np.random.default_rng(0)
    truth, held = 0.04 * 0.25 * 10_000, 0
    for _ in range(200):
        people = 3_000
        member = rng.random(people) < 0.25
        chance = rng.random(people)
        before = pd.Series(chance < 0.5)
        after = pd.Series(np.where(chance < 0.54, member | before, before))
        group = pd.Series(np.where(member, "women", "men"))
        row = moved(before, after, pd.Series(True, range(people)), group).loc[
            ("women", "qualified")
        ]
        held += row["low"] <= truth <= row["high"]
    assert 0.9 <= held / 200 <= 0.99


def test_nobody_moved_still_has_an_interval():
    before, _, qualified, group = drawn(0)
    table = moved(before, before, qualified, group)
    assert (table["net"] == 0).all()
    assert (table["low"] < 0).all() and (table["high"] > 0).all()


def test_a_group_without_qualified_people_has_no_such_rate():
    offered = pd.Series([True, False])
    group = pd.Series(["a", "b"])
    found = rates_by_group(offered, pd.Series([True, False]), group)
    assert found.loc["b", "qualified"] is None and found.loc["b", "precision"] is None


WRONG = {
    "words": lambda answers: answers.map({True: "good", False: "no"}),
    "digits as text": lambda answers: answers.map({True: "1", False: "0"}),
    "chances": lambda answers: answers.map({True: 0.9, False: 0.1}),
    "gaps": lambda answers: answers.astype(object).where(answers.index > 0),
    "NaN": lambda answers: answers.astype(float).where(answers.index > 0),
}


@pytest.mark.parametrize("argument", ["before", "after", "qualified"])
@pytest.mark.parametrize("wrong", WRONG)
def test_no_answer_is_taken_by_its_truth_value(argument, wrong):
    """Of a column of words each is true, and so is NaN: nobody would be refused."""
    given = dict(zip(("before", "after", "qualified", "group"), drawn(0), strict=True))
    given[argument] = WRONG[wrong](given[argument])
    with pytest.raises(CourseError, match=f"moved: {argument} is (not yes or no|missing) in"):
        moved(**given)
    if argument != "after":
        given.pop("after")
        given["offered"] = given.pop("before")
        with pytest.raises(CourseError, match="rates_by_group: .* in [0-9]+ of 400 rows"):
            rates_by_group(**given)


@given(st.integers(0, 10_000), st.sampled_from([int, float, object, "boolean", "Int64"]))
@settings(max_examples=20, deadline=None)
def test_yes_and_no_may_be_written_as_1_and_0(seed, kind):
    before, after, qualified, group = drawn(seed, 100)
    table = moved(before, after, qualified, group)
    pd.testing.assert_frame_equal(
        moved(before.astype(kind), after, qualified.astype(kind), group), table
    )


@given(st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_people_are_matched_by_index_not_by_place(random):
    before, after, qualified, group = drawn(1)
    labels = random.sample(range(1_000, 2_000), 400)
    people = [column.set_axis(labels) for column in (before, after, qualified, group)]
    shuffled = random.sample(labels, 400)
    moved_around = [*people[:2], people[2].loc[shuffled], people[3].loc[shuffled[::-1]]]
    pd.testing.assert_frame_equal(moved(*moved_around), moved(*people))
    some = [column.loc[shuffled[:50]] for column in people]
    pd.testing.assert_frame_equal(moved(*some[:2], *people[2:]), moved(*some))


def test_predictions_without_an_index_are_not_dealt_to_the_first_people():
    """An array has no index: its 50 answers must not fall to whoever has the labels 0 to 49."""
    before, after, qualified, group = drawn(0)
    for answers in (
        before[350:].to_numpy(),
        before[350:].tolist(),
        before[350:].reset_index(drop=True),
    ):
        with pytest.raises(CourseError, match="offered has 50 people, qualified 400"):
            rates_by_group(answers, qualified, group)
    whole = rates_by_group(before.to_numpy(), qualified.to_numpy(), group.to_numpy())
    pd.testing.assert_frame_equal(whole, rates_by_group(before, qualified, group))


def test_people_without_an_outcome_or_with_two_are_refused():
    before, after, qualified, group = drawn(0)
    with pytest.raises(CourseError, match="rates_by_group: group lacks 1 of 399 people"):
        rates_by_group(before.iloc[1:], qualified, group.iloc[:-1])
    with pytest.raises(CourseError, match="before and after are about different people"):
        moved(before, after.iloc[1:], qualified, group)
    with pytest.raises(CourseError, match="before and after are about different people"):
        moved(before, after[::-1], qualified, group)
    twice = [0, *range(399)]
    with pytest.raises(CourseError, match="group holds two people with the index 0"):
        moved(before, after, qualified, group.set_axis(twice))


def test_groups_may_have_names_that_cannot_be_sorted():
    before, after, qualified, group = drawn(0)
    named = group.map({"men": 1, "women": "two"})
    rows = moved(before, after, qualified, named)
    assert set(rows.index.get_level_values("group")) == {1, "two"}
    plain = moved(before, after, qualified, group)
    for new, old in ((1, "men"), ("two", "women")):
        assert rows.xs(new)["net"].tolist() == plain.xs(old)["net"].tolist()


def test_every_row_of_moves_is_counted_person_by_person():
    """Gained and lost by a loop; the limits are Wald's with a gain and a loss added."""
    before, after, qualified, group = drawn(3)
    table = moved(before, after, qualified, group)
    assert len(table) == 4
    for (name, who), row in table.iterrows():
        steps = [
            int(new) - int(old) if place == name and good == (who == "qualified") else 0
            for old, new, good, place in zip(before, after, qualified, group, strict=True)
        ]
        assert row["gained"] == pytest.approx(10_000 * steps.count(1) / 400)
        assert row["lost"] == pytest.approx(10_000 * steps.count(-1) / 400)
        added = np.array([*steps, 1, -1])
        half = stats.norm.ppf(0.975) * added.std() / np.sqrt(402)
        limits = 10_000 * (added.mean() + half * np.array([-1, 1]))
        assert row[["low", "high"]].tolist() == pytest.approx(limits)
