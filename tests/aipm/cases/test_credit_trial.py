"""The trial of chapter 1: each loan is decided by what has not seen it, held against
scikit-learn's own cross-validation; the lender's figures are one and the same everywhere.
"""

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from aipm import CourseError, datasets
from aipm.cases import lender
from aipm.cases.credit import another_past, new_model
from aipm.cases.credit_form import FORM, cheapest_points, form_points
from aipm.cases.credit_trial import decide_by_rule, prototype, saving_over_best, total_cost
from aipm.models import decisions

LOANS = datasets.credit().sample(600, random_state=0)
BAD = LOANS["status"] == "bad"
APPLICANTS = LOANS.drop(columns="status")


@pytest.fixture(scope="module")
def decided():
    return prototype(APPLICANTS, BAD, seed=3)


def test_scores_are_those_of_cross_validation(decided):
    groups = StratifiedKFold(5, shuffle=True, random_state=3)
    score = cross_val_predict(new_model(), APPLICANTS, BAD, cv=groups, method="predict_proba")
    assert decided["score"].to_numpy() == pytest.approx(score[:, 1])
    assert (decided["model"] == (score[:, 1] >= 1 / 6)).all()
    assert (decided["model at 0.5"] == (score[:, 1] >= 0.5)).all()
    assert (decided["went_bad"] == BAD).all() and decided.index.equals(LOANS.index)


@pytest.mark.parametrize(("way", "lines"), [("two lines", 2), ("three lines", 3)])
def test_a_rule_has_not_seen_the_loans_that_it_decides(decided, way, lines):
    denied = decide_by_rule(APPLICANTS, BAD, 3, lines)
    assert (denied == decided[way]).all()
    for seen, new in StratifiedKFold(5, shuffle=True, random_state=3).split(APPLICANTS, BAD):
        answers = decisions.answers_to_questions(APPLICANTS.iloc[seen])
        rule = decisions.best_rule(answers, BAD.iloc[seen], lines=lines)
        assert (decided[way].iloc[new] == APPLICANTS.iloc[new].eval(rule)).all()


def test_the_total_is_errors_and_a_review_of_each_refusal(decided):
    total = total_cost(decided, "model", {"bad approved": 7, "good denied": 2}, review=0.5)
    by_hand = [
        0.5 * denied + (7 if bad and not denied else 2 if denied and not bad else 0)
        for bad, denied in zip(decided["went_bad"], decided["model"], strict=True)
    ]
    assert total.tolist() == by_hand


@pytest.mark.parametrize("bad", [1_000, 5_000, 20_000])
def test_the_saving_is_over_the_cheapest_way(decided, bad):
    prices = {"bad approved": bad, "good denied": 1_000}
    rules = ("two lines", "three lines", "form")
    costs = {way: total_cost(decided, way, prices).mean() for way in rules}
    costs["deny all"] = 1_000 * (~BAD).mean()
    way, saving = saving_over_best(decided, prices)
    assert costs[way] == min(costs.values())
    model = total_cost(decided, "model", prices).mean()
    assert saving.value == pytest.approx(costs[way] - model) and saving.n == len(BAD)


def test_points_are_counted_question_by_question():
    """Each row by hand; an empty cell counts as what a lender would not like."""

    def asked(row):
        yield row["records"] == "yes"
        yield row["job"] not in ("fixed", "freelance")
        yield row["seniority"] < 3
        yield not row["income"] >= 100
        yield row["home"] not in ("owner", "parents")
        yield row["amount"] / row["price"] > 0.75
        yield not row["assets"] > 0
        yield row["time"] >= 48

    by_hand = [sum(asked(row)) for _, row in APPLICANTS.iterrows()]
    assert form_points(APPLICANTS).tolist() == by_hand
    assert len(FORM) == 8 and 0 in by_hand and max(by_hand) >= 6
    with pytest.raises(CourseError, match="no column 'time'"):
        form_points(APPLICANTS.drop(columns="time"))


def test_the_form_denies_from_points_that_were_cheapest_in_the_other_groups(decided):
    points = form_points(APPLICANTS)
    for seen, new in StratifiedKFold(5, shuffle=True, random_state=3).split(APPLICANTS, BAD):
        costs = {}
        for enough in range(1, 9):
            denied = points.iloc[seen] >= enough
            bad = BAD.iloc[seen]
            costs[enough] = 5_000 * (bad & ~denied).sum() + 1_000 * (~bad & denied).sum()
        enough = cheapest_points(points.iloc[seen], BAD.iloc[seen])
        assert costs[enough] == min(costs.values())
        assert (decided["form"].iloc[new] == (points.iloc[new] >= enough)).all()


def test_another_past_is_two_models_of_two_halves():
    first, other = np.array_split(np.random.default_rng(5).permutation(len(BAD)), 2)
    scores = [
        new_model().fit(APPLICANTS.iloc[half], BAD.iloc[half]).predict_proba(APPLICANTS)[:, 1]
        for half in (first, other)
    ]
    differ = [(a >= 1 / 6) != (b >= 1 / 6) for a, b in zip(*scores, strict=True)]
    assert another_past(APPLICANTS, BAD, 5) == pytest.approx(sum(differ) / len(differ))


def test_rows_with_one_name_stay_apart(decided):
    """As in a table that was put together from two files."""
    names = np.arange(len(BAD)) // 2
    again = prototype(APPLICANTS.set_axis(names), BAD.set_axis(names), seed=3)
    assert (again.index == names).all()
    assert again.to_numpy().tolist() == decided.to_numpy().tolist()
    denied = decide_by_rule(APPLICANTS.set_axis(names), BAD.set_axis(names), 3)
    assert denied.tolist() == decided["two lines"].tolist()


def test_a_smaller_trial_has_so_many_loans_of_the_same_mix():
    small = prototype(APPLICANTS, BAD, seed=0, rows=100)
    assert len(small) == 100 and small.index.isin(LOANS.index).all()
    assert small["went_bad"].sum() == round(100 * BAD.mean())


def test_the_lender_has_one_set_of_prices():
    assert lender.PRICES is decisions.PRICES
    assert lender.THRESHOLD == decisions.even_threshold(lender.PRICES) == pytest.approx(1 / 6)
    table = lender.figures()
    assert table.loc["a bad loan approved", "value"] == lender.PRICES["bad approved"]
    assert table["unit"].isin(["a year", "euros", "euros a year", "years"]).all()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: prototype(APPLICANTS, BAD, 0, rows=600), "two fewer than these at most"),
        (lambda: prototype(APPLICANTS[:9], BAD[:9], 0), "five of each at least"),
        (lambda: decide_by_rule(APPLICANTS[:9], BAD[:9], 0), "five of each at least"),
        (lambda: total_cost(pd.DataFrame({"a": [True]}), "a"), "no column 'went_bad'"),
        (lambda: total_cost(pd.DataFrame({"went_bad": [True]}), "a"), "no column 'a'"),
        (lambda: total_cost(pd.DataFrame({"went_bad": [np.nan], "a": [True]}), "a"), "went_bad"),
    ],
)
def test_bad_input_is_named(call, said):
    with pytest.raises(CourseError, match=said):
        call()
