"""aipm.cases.credit_years: years of lending against scikit-learn alone."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, roc_auc_score
from sklearn.preprocessing import StandardScaler

from aipm import CourseError
from aipm.cases.credit_years import POLICIES, lending_years

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
        found = lending_years(table, bad, policy, years=1, repeats=1).loc[0]
        assert found.loc[1, "cost"] == pytest.approx(cost, abs=8)
        assert found.loc[1, "auc"] == pytest.approx(roc_auc_score(bad[left], risk[left]), abs=1e-4)
        assert found.loc[2, "rows"] == len(rows)
        assert found.loc[2, "cost"] == pytest.approx(by_hand(table, bad, order, rows)[0], abs=8)
        refused = left[risk[left] >= 1 / 6]
        assert found.loc[2, "true"] == pytest.approx(bad.iloc[refused].mean(), abs=0.01)


def test_whoever_explores_everybody_learns_from_everybody(people):
    table, bad = people
    explored = lending_years(table, bad, REPLACED, explore=1.0, years=2, repeats=2)
    ideal = lending_years(table, bad, IDEAL, years=2, repeats=2)
    assert explored["cost"].tolist() == pytest.approx(ideal["cost"].tolist(), abs=2)
    first = explored.loc[(0, 1)]
    order = np.random.default_rng(0).permutation(len(table))
    year = order[500:1100]
    denied = year[by_hand(table, bad, order, order[:500])[1][year] >= 1 / 6]
    gone = bad.iloc[denied].sum()
    assert first["explored"] == pytest.approx(len(denied), abs=1)
    price = 5_000 * gone - 1_000 * (len(denied) - gone)
    assert first["price"] == pytest.approx(price, abs=10_000)


def test_repeats_are_the_same_at_every_call(people):
    table, bad = people
    two = lending_years(table, bad, KEPT, years=1, repeats=2)
    pd.testing.assert_frame_equal(
        two.loc[[0]], lending_years(table, bad, KEPT, years=1, repeats=1)
    )


def test_outcomes_without_an_index_belong_to_the_same_applicants(people):
    """The order decides, whatever the index: a list, and a table whose index starts elsewhere."""
    table, bad = people
    expected = lending_years(table, bad, KEPT, years=1, repeats=1)
    for moved, outcomes in (
        (table, bad.to_list()),
        (table.set_axis(range(9, 9 + len(table))), bad),
        (table, bad.astype(int)),
    ):
        found = lending_years(moved, outcomes, KEPT, years=1, repeats=1)
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize(
    ("policy", "options", "says"),
    [
        ("newest", {}, "newest"),
        (KEPT, {"explore": 2}, "explore"),
        (KEPT, {"years": 5}, "years"),
        (KEPT, {"repeats": 0}, "repeats"),
        (KEPT, {"prices": {"bad approved": 1, "good denied": 0}}, "refuses all"),
        (KEPT, {"prices": {"bad approved": 0, "good denied": 1}}, "refuses none"),
    ],
)
def test_bad_wishes_are_refused(people, policy, options, says):
    with pytest.raises(CourseError, match=says):
        lending_years(*people, policy, **options)


def test_too_few_applicants_and_words_for_outcomes_are_refused(people):
    table, bad = people
    with pytest.raises(CourseError, match="3,500 at least"):
        lending_years(table[:3_400], bad[:3_400], KEPT)
    with pytest.raises(CourseError, match="not yes or no"):
        lending_years(table, bad.map({True: "bad", False: "good"}), KEPT)
    rare = np.arange(len(bad)) < 2
    with pytest.raises(CourseError, match="one outcome in"):
        lending_years(table, rare, KEPT)
