"""aipm.models.calibration and reliance: scikit-learn's curve, a plain loop's error, a person who
was really drawn.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from aipm import CourseError
from aipm.models.calibration import (
    answers,
    calibration_error,
    counted,
    error_if_perfect,
    reliability,
    scores,
)
from aipm.models.reliance import team

# five answers called 60 % sure, five 80 %, ten 100 %: the twenty of the chapter
SAID = np.repeat([0.6, 0.8, 1.0], [5, 5, 10])
RIGHT = np.array([1] * 3 + [0] * 2 + [1] * 3 + [0] * 2 + [1] * 9 + [0], dtype=bool)


@pytest.fixture(scope="module")
def many():
    rng = np.random.default_rng(0)
    sure = rng.uniform(0.5, 1, 3000)
    return sure, rng.random(3000) < sure**2


def test_the_twenty_of_the_chapter_counted_by_hand():
    table = reliability(SAID, RIGHT)
    assert table["n"].to_dict() == {"0.6 to 0.7": 5, "0.8 to 0.9": 5, "0.9 to 1.0": 10}
    assert np.allclose(table["right"], [0.6, 0.6, 0.9])
    assert calibration_error(SAID, RIGHT) == pytest.approx((5 * 0 + 5 * 0.2 + 10 * 0.1) / 20)
    together = team(SAID, RIGHT, person=0.75, follows_from=0.75)
    assert together["team"] == pytest.approx((12 + 5 * 0.75) / 20)
    assert together["over_reliance"] == pytest.approx(3 / 5)
    assert together["under_reliance"] == pytest.approx(3 / 15)


@pytest.mark.parametrize("bins", [5, 10, 20])
def test_the_diagram_is_scikit_learns(many, bins):
    sure, right = many
    share_right, mean_said = calibration_curve(right, sure, n_bins=bins)
    table = reliability(sure, right, bins)
    assert np.allclose(table["right"], share_right)
    assert np.allclose(table["said"], mean_said)
    assert table["n"].sum() == len(sure)
    assert ((table["low"] <= table["right"]) & (table["right"] <= table["high"])).all()


@given(
    st.lists(st.tuples(st.floats(0, 1, allow_nan=False), st.booleans()), min_size=1, max_size=60),
    st.integers(1, 15),
)
def test_the_error_is_that_of_the_published_formula(pairs, bins):
    total = 0
    for number in range(bins):
        band = [
            (sure, right)
            for sure, right in pairs
            if number / bins <= sure < (number + 1) / bins or (sure == 1 and number == bins - 1)
        ]
        if band:
            gap = abs(np.mean([right for _, right in band]) - np.mean([sure for sure, _ in band]))
            total += len(band) / len(pairs) * gap
    sure, right = zip(*pairs, strict=True)
    assert calibration_error(sure, right, bins) == pytest.approx(total, abs=1e-9)


def test_a_perfect_tool_shows_the_error_that_the_binomial_predicts():
    n, said = 50, 0.8
    right = np.arange(n + 1)
    expected = (stats.binom.pmf(right, n, said) * np.abs(right / n - said)).sum()
    drawn = error_if_perfect(np.full(n, said), repeats=4000)
    assert drawn.mean() == pytest.approx(expected, rel=0.05)
    assert drawn.equals(error_if_perfect(np.full(n, said), repeats=4000))


def test_fewer_answers_and_more_bands_raise_it(many):
    sure = many[0]
    few, all_of_them = error_if_perfect(sure[:100]).mean(), error_if_perfect(sure).mean()
    assert few > 3 * all_of_them
    assert error_if_perfect(sure, bins=40).mean() > 1.5 * all_of_them


@pytest.fixture(scope="module")
def shown():
    """A logistic regression's answers to 900 others, with an index that counts by threes."""
    rng = np.random.default_rng(1)
    X = pd.DataFrame(rng.normal(size=(1200, 2)), index=np.arange(1200) * 3)
    truth = X[0] + rng.normal(size=1200) > 0.5
    model = LogisticRegression().fit(X[:300], truth[:300])
    return model, X[300:], truth[300:], answers(model, X[300:], truth[300:])


def test_what_is_shown_is_what_scikit_learn_predicts(shown):
    model, X, truth, table = shown
    assert list(table.index) == list(truth.index)
    assert (table["says_yes"] == model.predict(X)).all()
    assert (table["right"] == (model.predict(X) == truth)).all()
    assert np.allclose(table["sure"], model.predict_proba(X).max(axis=1))


def test_the_four_figures_are_scikit_learns(shown):
    model, X, truth, table = shown
    found, chance = scores(table), model.predict_proba(X)[:, 1]
    assert found["AUC"] == pytest.approx(roc_auc_score(truth, chance))
    assert found["right"] == pytest.approx(model.score(X, truth))
    assert found["Brier"] == pytest.approx(brier_score_loss(truth, chance))
    assert found["Brier"] == pytest.approx(brier_score_loss(table["right"], table["sure"]))
    assert found["ECE"] == calibration_error(table["sure"], table["right"])


def test_counting_is_a_loop_over_answers_alike(shown):
    table, borders = shown[3], [0.6, 0.8, 1]
    fresh, new = table[:500], table[500:]
    found = counted(fresh, new, borders)
    for label in new.index[::40]:
        sure = new["sure"][label]
        top = min(border for border in borders if sure <= border)
        low = max([border for border in borders if border < top], default=0)
        alike = fresh[(fresh["sure"] > low) & (fresh["sure"] <= top)]
        alike = alike[alike["says_yes"] == new["says_yes"][label]]
        assert found[label] == pytest.approx(alike["right"].mean())
    with pytest.raises(CourseError, match="no answers like"):
        counted(fresh[fresh["says_yes"]], new, borders)


@pytest.mark.parametrize("if_wrong", [None, 0.3, 0.9])
def test_a_person_drawn_case_by_case_does_as_computed(many, if_wrong):
    sure, right = np.tile(many[0], 40), np.tile(many[1], 40)
    found = team(sure, right, person=0.7, follows_from=0.8, person_if_wrong=if_wrong)
    on_wrong = 0.7 if if_wrong is None else if_wrong
    on_right = (0.7 - (~right).mean() * on_wrong) / right.mean()
    person = np.random.default_rng(3).random(len(sure)) < np.where(right, on_right, on_wrong)
    assert person.mean() == pytest.approx(0.7, abs=0.006)
    assert np.where(sure >= 0.8, right, person).mean() == pytest.approx(found["team"], abs=0.006)
    assert found["follows"] == pytest.approx((many[0] >= 0.8).mean())


@pytest.mark.parametrize("follows_from", [0, 1.1])
def test_always_and_never_are_the_two_alone(many, follows_from):
    sure, right = many
    alone = right.mean() if follows_from == 0 else 0.7
    assert team(sure, right, 0.7, follows_from)["team"] == pytest.approx(alone)


@pytest.mark.parametrize(
    "call",
    [
        lambda: reliability([0.6, np.nan], [True, False]),
        lambda: calibration_error([0.6], [True, False]),
        lambda: calibration_error([], []),
        lambda: team([0.6, 0.9], [True, False], person=0.9, follows_from=0.8, person_if_wrong=0),
    ],
)
def test_bad_input_gets_one_sentence(call):
    with pytest.raises(CourseError) as caught:
        call()
    assert "\n" not in str(caught.value)
