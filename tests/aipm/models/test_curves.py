"""aipm.models.curves: the AUC is scikit-learn's, the cost is a plain loop's, steps are nested."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.model_selection import learning_curve as sklearn_learning_curve

from aipm import CourseError
from aipm.models.curves import bought, learn_and_score, learning_curve

SIZES = [40, 100, 250]
PRICES = {"bad approved": 300, "good denied": 100}


@pytest.fixture(scope="module")
def table():
    """400 applicants whose labels are no row numbers, so that positions are no labels."""
    rng = np.random.default_rng(0)
    applicants = pd.DataFrame(rng.normal(size=(400, 3)), index=np.arange(400) * 7 + 3)
    risk = 1 / (1 + np.exp(1 - applicants[0] - 0.5 * applicants[1]))
    return applicants, risk > rng.random(400)


def test_the_auc_is_that_of_scikit_learn(table):
    applicants, went_bad = table
    ours = learning_curve(LogisticRegression(), applicants, went_bad, SIZES, repeats=6, seed=4)
    split = StratifiedShuffleSplit(6, train_size=250, random_state=4)
    _, _, theirs = sklearn_learning_curve(
        LogisticRegression(),
        applicants,
        went_bad,
        train_sizes=SIZES,
        cv=split,
        scoring="roc_auc",
        shuffle=False,
    )
    found = ours.pivot(index="rows", columns="repeat", values="auc")
    assert found.index.tolist() == SIZES
    assert found.to_numpy() == pytest.approx(theirs, abs=1e-12)


def test_cost_and_level_are_those_of_a_plain_loop(table):
    applicants, went_bad = table
    train, test = applicants.index[:250], applicants.index[250:]
    found = learn_and_score(LogisticRegression(), applicants, went_bad, train, test, PRICES)
    model = LogisticRegression().fit(applicants.loc[train], went_bad[train])
    euros, total = 0, 0.0
    for risk, bad in zip(
        model.predict_proba(applicants.loc[test])[:, 1], went_bad[test], strict=True
    ):
        total += risk
        if bad and risk < 0.25:
            euros += 300
        if not bad and risk >= 0.25:
            euros += 100
    assert found["cost"] == pytest.approx(euros / 150)
    assert found["level"] == pytest.approx(total / 150 - went_bad[test].mean())
    assert found["auc"] == pytest.approx(
        roc_auc_score(went_bad[test], model.predict_proba(applicants.loc[test])[:, 1])
    )


def test_of_all_cuts_the_one_used_is_cheapest_where_risks_are_true():
    """Known risks, 100,000 people: no other cut costs less, as decision theory says."""
    rng = np.random.default_rng(1)
    risk = rng.random(100_000)
    bad = risk > rng.random(100_000)
    costs = {
        cut: (300 * (bad & (risk < cut)) + 100 * (~bad & (risk >= cut))).mean()
        for cut in np.arange(0.05, 1, 0.05).round(2)
    }
    assert min(costs, key=costs.get) == 0.25


def test_a_step_adds_rows_and_changes_nothing_else(table):
    applicants, went_bad = table
    curve = learning_curve(LogisticRegression(), applicants, went_bad, SIZES, repeats=3)
    alone = learning_curve(LogisticRegression(), applicants, went_bad, [100, 250], repeats=3)
    shared = curve[curve["rows"] > 40].reset_index(drop=True)
    pd.testing.assert_frame_equal(shared, alone)


def test_what_a_step_bought_keeps_the_pairs():
    curve = pd.DataFrame(
        {
            "repeat": [0, 0, 1, 1],
            "rows": [10, 20, 10, 20],
            "auc": [0.70, 0.72, 0.80, 0.79],
            "cost": [500.0, 480.0, 450.0, 455.0],
        }
    )
    step = bought(curve, 10, 20)
    assert step["points"].tolist() == pytest.approx([2, -1])
    assert step["euros"].tolist() == pytest.approx([20, -5])


def test_wrong_requests_are_refused_in_one_sentence(table):
    applicants, went_bad = table
    rows, model = applicants.index, LogisticRegression()
    with pytest.raises(CourseError, match="1 rows are in both sets, row 10 for one"):
        learn_and_score(model, applicants, went_bad, rows[:2], rows[1:50])
    with pytest.raises(CourseError, match="hold a single outcome"):
        learn_and_score(model, applicants, went_bad, rows[went_bad], rows[~went_bad])
    with pytest.raises(CourseError, match="leave too few to score on"):
        learning_curve(model, applicants, went_bad, [400])
