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


def test_people_without_a_group_are_refused():
    before, after, qualified, group = drawn(0)
    with pytest.raises(CourseError, match="1 of 400 people"):
        rates_by_group(before, qualified, group.iloc[1:])
    with pytest.raises(CourseError, match="different people"):
        moved(before, after.iloc[1:], qualified, group)
