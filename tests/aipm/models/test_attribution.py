"""Contributions against closed forms and a count over all orders."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from aipm import CourseError
from aipm.models.attribution import as_reasons, contributions, reasons_over_splits

rng = np.random.default_rng(0)
TABLE = pd.DataFrame(rng.normal(size=(120, 3)), columns=["a", "b", "c"])
BAD = TABLE["a"] - TABLE["b"] + rng.normal(size=120) > 0


def test_a_linear_model_has_a_closed_form():
    model = LogisticRegression().fit(TABLE, BAD)
    people, background = TABLE.head(7), TABLE.tail(20)
    expected = model.coef_[0] * (people - background.mean())
    found = contributions(model.decision_function, people, background)
    pd.testing.assert_frame_equal(found, expected)


def product(table):
    return (table["a"] * table["b"] + table["c"]).to_numpy()


def test_contributions_add_up_to_the_distance_from_the_background():
    found = contributions(product, TABLE.head(9), TABLE.tail(30))
    distance = product(TABLE.head(9)) - product(TABLE.tail(30)).mean()
    assert found.sum(axis=1).to_numpy() == pytest.approx(distance)


def test_many_orders_come_near_the_count_over_all_orders():
    person, other = TABLE.head(1), TABLE.iloc[[50]]
    exact = pd.Series(0.0, ["a", "b", "c"])
    for order in permutations("abc"):
        mixed = other.copy().set_axis(person.index)
        for column in order:
            before = product(mixed)[0]
            mixed[column] = person[column]
            exact[column] += (product(mixed)[0] - before) / 6
    many = pd.concat([other] * 2000)
    found = contributions(product, person, many).iloc[0]
    assert found.to_numpy() == pytest.approx(exact.to_numpy(), abs=0.04)


def test_categories_and_gaps_are_switched_like_numbers():
    letters = pd.Categorical(["x", "y", None, "x"])
    words = pd.DataFrame({"w": letters, "n": [1.0, np.nan, 3.0, 2.0]})

    def score(table):
        return table["w"].isna() * 2.0 + table["n"].isna() * 1.0

    found = contributions(score, words.iloc[[1, 2]], words.iloc[[0, 3]])
    assert found.to_numpy().tolist() == [[0, 1], [2, 0]]


def test_unlike_columns_are_refused():
    with pytest.raises(CourseError, match="people and background have other columns"):
        contributions(product, TABLE.head(1), TABLE[["b", "a", "c"]])


def test_equal_models_give_equal_reasons():
    model = LogisticRegression()
    few = {"repeats": 2, "people": 8, "background": 5}
    found = reasons_over_splits(model, model, TABLE, BAD, 0.3, {}, **few)
    assert (found[["decisions", "first_reason"]] == 0).all(axis=None)
    assert (found["in_four"] == 1).all()


def test_columns_with_one_sentence_are_added():
    moved = pd.DataFrame({"amount": [3.0, 1.0], "age": [2.0, 2.0], "price": [-2.0, 1.0]})
    found = as_reasons(moved, {"amount": "loan", "price": "loan"})
    assert found.to_dict("list") == {"loan": [1.0, 2.0], "age": [2.0, 2.0]}
