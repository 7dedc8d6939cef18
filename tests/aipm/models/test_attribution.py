"""Contributions against closed forms and a count over all orders."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

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


def first_reasons(model, asked, compared, told):
    """Reasons of a linear model by its closed form, the strongest first, for each person."""
    moved = (asked - compared.mean()) * model.coef_[0]
    added = {who: {} for who in asked.index}
    for who in asked.index:
        for column in asked:
            why = told.get(column, column)
            added[who][why] = added[who].get(why, 0) + moved.loc[who, column]
    return {who: sorted(parts, key=parts.get, reverse=True) for who, parts in added.items()}


def test_splits_are_counted_by_a_loop_over_closed_forms():
    """Two logistic regressions, whose contributions are known without switching any column."""
    names, draw = list("abcdefghi"), np.random.default_rng(5)
    X = pd.DataFrame(draw.normal(size=(400, 9)) * np.geomspace(0.1, 4, 9), columns=names)
    X.index = draw.permutation(2_000)[:400]
    y = pd.Series((X / X.std()).sum(axis=1) + draw.normal(size=400, scale=3) > 0, X.index)
    first, second = LogisticRegression(max_iter=1000), LogisticRegression(C=1e-3, max_iter=1000)
    told, cut = {"a": "size", "i": "size"}, 0.45
    found = reasons_over_splits(first, second, X, y, cut, told, 3, people=20, background=15)
    for seed in range(3):
        fit, rest, bad, _ = train_test_split(X, y, test_size=0.4, stratify=y, random_state=seed)
        less = fit.sample(frac=0.9, random_state=seed)
        a, b = first.fit(fit, bad), LogisticRegression(C=1e-3, max_iter=1000).fit(fit, bad)
        models = {"a": a, "b": b}
        models["a again"] = LogisticRegression(max_iter=1000).fit(less, bad[less.index])
        models["b again"] = LogisticRegression(C=1e-3, max_iter=1000).fit(less, bad[less.index])
        deny = {name: m.predict_proba(rest)[:, 1] >= cut for name, m in models.items()}
        asked = rest[deny["a"] & deny["b"] & deny["a again"] & deny["b again"]]
        asked = asked.sample(20, random_state=seed)
        compared = fit.sample(15, random_state=seed)
        why = {name: first_reasons(m, asked, compared, told) for name, m in models.items()}
        expected = {"in_four": [], "reason_redrawn": [0]}
        for who in asked.index:
            expected["in_four"].append(why["a"][who][0] in why["b"][who][:4])
        for one, other, kind, reason in (
            ("a", "b", "decisions", "first_reason"),
            ("a", "a again", "decisions_first", "reason_first"),
            ("b", "b again", "decisions_second", "reason_second"),
        ):
            expected[kind] = deny[one] != deny[other]
            expected[reason] = [why[one][who][0] != why[other][who][0] for who in asked.index]
        means = {name: np.mean(values) for name, values in expected.items()}
        assert found.loc[seed].to_dict() == pytest.approx(means)
    assert 0 < found["in_four"].mean() < 1 and (found["first_reason"] > 0).all()
