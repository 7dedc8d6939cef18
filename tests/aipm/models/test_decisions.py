"""aipm.models.decisions: costs against scikit-learn's confusion matrix, rules against trying them
all.
"""

import statistics
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from aipm import CourseError
from aipm.estimates import Estimate
from aipm.models.decisions import (
    THRESHOLDS,
    answers_to_questions,
    best_rule,
    cheapest_threshold,
    cost_of,
    even_threshold,
)

PRICES = {"bad approved": 7_000, "good denied": 300}


def by_matrix(went_bad, denied, prices):
    """Mean cost from scikit-learn's counts."""
    counts = confusion_matrix(went_bad, denied, labels=[False, True])
    total = prices["bad approved"] * counts[1, 0] + prices["good denied"] * counts[0, 1]
    return total / counts.sum()


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(
        {
            "years": rng.integers(0, 30, 400),
            "income": rng.normal(100, 40, 400),
            "home": pd.Categorical(rng.choice(["rent", "own", "other"], 400)),
        }
    )
    table.loc[::9, "income"] = np.nan
    table.loc[::50, "home"] = np.nan
    risk = 0.5 - 0.012 * table["years"] + 0.2 * (table["home"] == "rent")
    return table, pd.Series(rng.random(400) < risk)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30),
    st.integers(0, 9_000),
    st.integers(0, 9_000),
)
def test_costs_agree_with_the_confusion_matrix(rows, missed, refused):
    went_bad, denied = (list(column) for column in zip(*rows, strict=True))
    prices = {"bad approved": missed, "good denied": refused}
    assert cost_of(went_bad, denied, prices).mean() == pytest.approx(
        by_matrix(went_bad, denied, prices)
    )


def test_one_decision_for_all_is_the_same_as_many():
    went_bad = [True, False, False]
    assert cost_of(went_bad, True).tolist() == cost_of(went_bad, [True] * 3).tolist()
    assert cost_of(went_bad, False).tolist() == [5_000, 0, 0]


def test_every_question_is_answered_as_pandas_reads_it(people):
    table, _ = people
    answers = answers_to_questions(table)
    assert {"home == 'rent'", "years < 11"} & set(answers) and answers.shape[1] > 12
    for question in answers:
        expected = table.eval(question).to_numpy(dtype=bool, na_value=False)
        assert (answers[question] == expected).all(), question
    assert not answers.loc[table["income"].isna(), answers.columns.str.startswith("income")].any(
        axis=None
    )


@pytest.mark.parametrize("prices", [PRICES, {"bad approved": 1, "good denied": 1}])
def test_the_best_rule_is_the_cheapest_of_all_pairs(people, prices):
    table, went_bad = people
    answers = answers_to_questions(table)
    tried = {
        f"{one} or {two}": by_matrix(went_bad, answers[one] | answers[two], prices)
        for one, two in combinations(answers, 2)
    }
    rule = best_rule(answers, went_bad, prices)
    assert tried[rule] == pytest.approx(min(tried.values()))
    assert by_matrix(went_bad, table.eval(rule), prices) == pytest.approx(tried[rule])


def test_the_cheapest_cut_is_the_cheapest_of_all(people):
    _, went_bad = people
    score = np.random.default_rng(1).beta(2, 3, 400)
    costs = [by_matrix(went_bad, score >= cut, PRICES) for cut in THRESHOLDS]
    cut = cheapest_threshold(score, went_bad, PRICES)
    assert by_matrix(went_bad, score >= cut, PRICES) == pytest.approx(min(costs))


def test_a_third_line_is_the_one_that_helps_most(people):
    table, went_bad = people
    answers = answers_to_questions(table)
    pair = best_rule(answers, went_bad, PRICES)
    tried = {
        name: by_matrix(went_bad, table.eval(pair) | answers[name], PRICES) for name in answers
    }
    rule = best_rule(answers, went_bad, PRICES, lines=3)
    assert rule.startswith(f"{pair} or ") and rule.count(" or ") == 2
    least = min(cost for name, cost in tried.items() if name not in pair.split(" or "))
    assert by_matrix(went_bad, table.eval(rule), PRICES) == pytest.approx(least)


@pytest.mark.parametrize(
    ("needed", "said"),
    [(10, "within"), (20, "within"), (55, "cannot tell"), (90, "cannot tell"), (95, "beyond")],
)
def test_a_verdict_looks_at_the_whole_interval(needed, said):
    assert Estimate(55, 20, 90, 100, "Student's t", "mean").against(low=needed) == said


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: cost_of([True], [True], {"bad approved": 1}), "no 'good denied'"),
        (lambda: cost_of(["good", "bad"], True), "went_bad is not yes or no in 2 of 2 rows"),
        (lambda: even_threshold({"bad approved": 0, "good denied": 0}), "prices are both 0"),
        (lambda: cost_of([True, False], [True]), "went_bad has 2, denied has 1"),
        (lambda: best_rule(pd.DataFrame({"a": [True]}), [True]), "1 columns for 2 lines"),
        (
            lambda: best_rule(pd.DataFrame({"a": [True], "b": [True]}), [True, False]),
            "answers has 1, went_bad has 2",
        ),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(CourseError, match=said):
        call()


@pytest.mark.parametrize("bad", [1, 5_000, 80])
@pytest.mark.parametrize("good", [1, 1_000, 300])
def test_at_the_even_threshold_both_answers_are_expected_to_cost_the_same(bad, good):
    prices = {"bad approved": bad, "good denied": good}
    risk = even_threshold(prices)
    assert risk * bad == pytest.approx((1 - risk) * good)
    went_bad = np.repeat([True, False], [good, bad])  # as many as the risk says
    assert went_bad.mean() == pytest.approx(risk)
    approved, denied = (cost_of(went_bad, answer, prices).sum() for answer in (False, True))
    assert approved == denied == good * bad


def test_questions_cut_a_column_into_fifths_and_ask_for_each_word(people):
    """The cuts are those of Python's own statistics, rounded; each is asked from both sides."""
    table, _ = people
    expected = {f"home == '{word}'" for word in ("rent", "own", "other")}
    for name in ("years", "income"):
        for cut in statistics.quantiles(table[name].dropna(), n=5, method="inclusive"):
            expected |= {f"{name} < {cut:.0f}", f"{name} >= {cut:.0f}"}
    assert set(answers_to_questions(table)) == expected
