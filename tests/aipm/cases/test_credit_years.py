"""aipm.cases.credit_years: years of lending against scikit-learn alone, the level against odds by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, roc_auc_score
from sklearn.preprocessing import StandardScaler

from aipm import CourseError
from aipm.cases.credit_years import POLICIES, lending_years
from aipm.cases.flights import euros

REPLACED, KEPT, IDEAL = POLICIES


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"years": rng.normal(size=3600), "debt": rng.normal(size=3600)})
    risk = 1 / (1 + np.exp(1 - table["years"] + table["debt"]))
    return table, pd.Series(rng.random(3600) < risk)


def by_hand(table, bad, order, rows):
    """Cost and AUC on the last applicants, of a model trained on these rows."""
    scaler = StandardScaler().fit(table)
    model = LogisticRegression(tol=1e-10, max_iter=1000)
    model.fit(scaler.transform(table.iloc[rows]), bad.iloc[rows])
    risk = model.predict_proba(scaler.transform(table))[:, 1]
    left = order[2900:]
    counts = confusion_matrix(bad.iloc[left], risk[left] >= 1 / 6)
    return (1_000 * counts[0, 1] + 5_000 * counts[1, 0]) / len(left), risk, left


def test_versions_are_what_scikit_learn_gives(people):
    table, bad = people
    order = np.random.default_rng(0).permutation(len(table))
    cost, risk, left = by_hand(table, bad, order, order[:500])
    year = order[500:1100]
    approved = year[risk[year] < 1 / 6]
    for policy, rows in {
        REPLACED: approved,
        KEPT: np.concatenate([order[:500], approved]),
        IDEAL: year,
    }.items():
        found = lending_years(table, bad, policy, years=1, deals=1).loc[0]
        assert found.loc[1, "cost"] == pytest.approx(cost, abs=8)
        assert found.loc[1, "auc"] == pytest.approx(roc_auc_score(bad[left], risk[left]), abs=1e-4)
        assert found.loc[2, "rows"] == len(rows)
        assert found.loc[2, "cost"] == pytest.approx(by_hand(table, bad, order, rows)[0], abs=8)
        refused = left[risk[left] >= 1 / 6]
        assert found.loc[2, "true"] == pytest.approx(bad.iloc[refused].mean(), abs=0.01)


def test_whoever_explores_everybody_learns_from_everybody(people):
    table, bad = people
    explored = lending_years(table, bad, REPLACED, explore=1.0, years=2, deals=2)
    ideal = lending_years(table, bad, IDEAL, years=2, deals=2)
    assert explored["cost"].tolist() == pytest.approx(ideal["cost"].tolist(), abs=2)
    first = explored.loc[(0, 1)]
    order = np.random.default_rng(0).permutation(len(table))
    year = order[500:1100]
    denied = year[by_hand(table, bad, order, order[:500])[1][year] >= 1 / 6]
    gone = bad.iloc[denied].sum()
    assert first["explored"] == pytest.approx(len(denied), abs=1)
    price = 5_000 * gone - 1_000 * (len(denied) - gone)
    assert first["price"] == pytest.approx(price, abs=10_000)


def test_deals_are_the_same_at_every_call(people):
    table, bad = people
    two = lending_years(table, bad, KEPT, years=1, deals=2)
    pd.testing.assert_frame_equal(two.loc[[0]], lending_years(table, bad, KEPT, years=1, deals=1))


@pytest.mark.parametrize(
    ("policy", "options", "says"),
    [
        ("newest", {}, "newest"),
        (KEPT, {"explore": 2}, "explore"),
        (KEPT, {"years": 5}, "years"),
    ],
)
def test_bad_wishes_are_refused(people, policy, options, says):
    with pytest.raises(CourseError, match=says):
        lending_years(*people, policy, **options)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=40))
def test_promises_cost_what_their_confusion_matrix_says(promises):
    late, chance = [one[0] for one in promises], np.array([one[1] for one in promises])
    counts = confusion_matrix(late, chance >= 0.25, labels=[False, True])
    paid = 10 * counts[0, 1] + 30 * counts[1, 0]
    assert euros(late, chance).mean() == pytest.approx(1_000 * paid / len(late))


def test_a_chance_for_each_flight():
    with pytest.raises(CourseError, match="one for each"):
        euros([True, False], [0.5])
