"""Chapter 8: waiting times against the textbook sum, a published calculator and a simulation; the
interval against its definition; splits against what must hold.
"""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.model_selection import train_test_split

from aipm import CourseError, datasets
from aipm.cases.credit import loans_to_review, new_model
from aipm.cases.flight_delays import (
    held,
    inputs,
    minutes_model,
    promise_of,
    split_days,
    winter_and_later,
)
from aipm.operations.queues import expected_waits, simulated_days, simulated_waits


@pytest.mark.parametrize(("load", "reviewers"), [(0.5, 1), (4, 5), (10, 12), (33.3, 38)])
def test_mean_wait_is_the_textbook_sum(load, reviewers):
    last = load**reviewers / math.factorial(reviewers) * reviewers / (reviewers - load)
    others = sum(load**busy / math.factorial(busy) for busy in range(reviewers))
    waits = last / (others + last)
    found = expected_waits(load * 60 / 4, 4, reviewers)
    assert found["mean wait"] == pytest.approx(waits * 4 / (reviewers - load))
    beyond = waits * math.exp(-(reviewers - load) / 4 * found["p95 wait"])
    assert beyond == pytest.approx(0.05) or (found["p95 wait"] == 0 and waits <= 0.05)


@pytest.mark.parametrize(
    ("cases_an_hour", "seconds", "target", "servers"),
    [(200, 180, 15, 13.164668), (400, 300, 5, 41.22663), (400, 300, 30, 37.31723)],
)
def test_team_agrees_with_a_published_calculator(cases_an_hour, seconds, target, servers):
    # Abstract Micro Systems, Erlang Library for Excel, reference of ErlcNsrvFromWait and
    # ErlcNsrvFromWait4: servers, with a fraction, for a mean wait in seconds
    def wait(team):
        return 60 * expected_waits(cases_an_hour, seconds / 60, team)["mean wait"]

    assert wait(math.floor(servers)) > target > wait(math.ceil(servers))


@pytest.mark.parametrize("reviewers", [5, 6])
def test_formula_agrees_with_a_long_simulation(reviewers):
    rng = np.random.default_rng(0)
    arrived = rng.exponential(1, 200_000).cumsum()
    found = simulated_waits(arrived, rng.exponential(4, 200_000), reviewers)
    expected = expected_waits(60, 4, reviewers)
    assert found.mean() == pytest.approx(expected["mean wait"], rel=0.06)
    assert np.quantile(found, 0.95) == pytest.approx(expected["p95 wait"], rel=0.06)


def test_simulation_of_cases_counted_by_hand():
    arrived = [0, 1, 2, 11, 18, 19]
    assert simulated_waits(arrived, 4, 1).tolist() == [0, 3, 6, 1, 0, 3]
    assert simulated_waits(arrived, 4, 2).tolist() == [0, 0, 2, 0, 0, 0]


def test_more_work_than_people_never_settles():
    found = expected_waits(60, 4, 4)
    assert found["utilisation"] == 1
    assert np.isinf(found[["mean wait", "p95 wait"]]).all()


def test_a_rush_makes_cases_wait():
    even = simulated_days(480, 4, 6, repeats=20)
    rushed = simulated_days(480, 4, 6, early=0.5, repeats=20)
    assert len(even) == len(rushed) == 20 * 480
    assert np.quantile(rushed, 0.95) > 2 * np.quantile(even, 0.95)


@pytest.mark.parametrize(
    "call",
    [
        lambda: expected_waits(60, 4, 0),
        lambda: expected_waits(60, 4, 2.5),
        lambda: expected_waits(-1, 4, 2),
        lambda: expected_waits(60, 0, 2),
        lambda: simulated_waits([2, 1], 4, 1),
        lambda: simulated_waits([1, 2], 4, 0),
    ],
)
def test_bad_input_is_refused(call):
    with pytest.raises(CourseError, match="give|sort"):
        call()


def test_loans_are_priced_and_each_order_puts_its_own_first():
    loans = loans_to_review(0)
    assert set(loans.loc[loans["bad"] & ~loans["denied"], "cost"]) == {5000}
    assert set(loans.loc[~loans["bad"] & loans["denied"], "cost"]) == {1000}
    assert not loans.loc[loans["bad"] == loans["denied"], "cost"].any()
    assert loans.loc[loans["least sure"].idxmax(), "risk"] == pytest.approx(0.5, abs=0.01)
    for name in ("nearest the threshold", "expected cost"):
        assert loans.loc[loans[name].idxmax(), "risk"] == pytest.approx(1 / 6, abs=0.01)


def test_interval_is_the_split_conformal_one_and_days_stay_whole():
    winter, later = winter_and_later(2013, rows=1_000)
    learn, calibrate, test = split_days(winter, seed=0)
    assert len(learn) + len(calibrate) + len(test) == len(winter)
    assert not set(learn["date"]) & set(calibrate["date"])
    model = minutes_model(learn)
    off = (calibrate["arr_delay"] - model.predict(inputs(calibrate))).abs().sort_values()
    half = off.iloc[math.ceil(0.9 * (len(off) + 1)) - 1]  # Angelopoulos and Bates, section 1
    by_hand = (later["arr_delay"] - model.predict(inputs(later))).abs() <= half
    assert (held(promise_of(model, calibrate), later) == by_hand).mean() > 0.999


def test_bad_days_and_levels_are_refused():
    winter, _ = winter_and_later(2013, rows=1)
    learn, calibrate, _ = split_days(winter, seed=0)
    with pytest.raises(CourseError, match="2 days; give three"):
        split_days(winter[winter["date"] < "2013-01-03"], seed=0)
    with pytest.raises(CourseError, match="date.* missing"):
        split_days(winter.assign(date=winter["date"].where(winter["hour"] > 6)), seed=0)
    with pytest.raises(CourseError, match="rows is 1,000,000; give 277,"):
        winter_and_later(2013, rows=1_000_000)
    model = minutes_model(learn[:500])
    for level, least in ((0.9, 11), (0.5, 3), (0.05, 21)):
        with pytest.raises(CourseError, match=f"give {least} at least"):
            promise_of(model, calibrate[: least - 1], level)
        assert held(promise_of(model, calibrate[:least], level), calibrate).dtype == bool
    with pytest.raises(CourseError, match="not a number"):
        minutes_model(learn.assign(carrier="UA"))


@pytest.mark.parametrize("days", range(3, 11))
def test_no_third_of_the_days_is_empty(days):
    dates = pd.date_range("2026-01-01", periods=days).repeat(2)
    parts = split_days(pd.DataFrame({"date": dates}), seed=1)
    sizes = sorted(len(part) // 2 for part in parts)
    assert sum(sizes) == days and sizes[2] - sizes[0] <= 1


def test_the_model_minimises_its_penalised_loss_by_scipy():
    """Log loss plus half the squared weights, the constant's too, on dummies and z scores made
    by pandas.
    """
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"age": rng.normal(40, 9, 300), "income": rng.normal(100, 40, 300)})
    table["home"] = pd.Categorical(rng.choice(["own", "rent"], 300))
    table.loc[::7, "income"] = np.nan
    bad = rng.random(300) < expit(2 - table["age"] / 20 - (table["home"] == "own"))
    gap = table["income"].isna()
    filled = table["income"].fillna(table["income"].mean())
    columns = [*pd.get_dummies(table["home"], dtype=float).to_numpy().T]
    columns += [stats.zscore(each) for each in (table["age"], filled, gap.astype(float))]
    x, sign = np.column_stack([*columns, np.ones(300)]), np.where(bad, 1, -1)

    def loss(weights):
        return np.logaddexp(0, -sign * (x @ weights)).sum() + weights @ weights / 2

    expected = expit(x @ minimize(loss, np.zeros(x.shape[1]), tol=1e-10).x)
    found = new_model().fit(table, bad).predict_proba(table)[:, 1]
    assert found == pytest.approx(expected, abs=5e-3)


def test_loans_to_review_are_the_test_loans_each_priced_by_a_plain_loop():
    """Who went bad is the file's, the risk a model's that never saw these loans."""
    loans, table = loans_to_review(3), datasets.credit()
    bad = table["status"] == "bad"
    fit, new = train_test_split(table.index, test_size=0.4, stratify=bad, random_state=3)
    columns = table.drop(columns="status")
    model = new_model().fit(columns.loc[fit], bad[fit])
    assert loans["risk"].to_numpy() == pytest.approx(model.predict_proba(columns.loc[new])[:, 1])
    assert loans["bad"].tolist() == bad[new].tolist()
    for row in loans.to_dict("records"):
        risk = row["risk"]
        assert row["denied"] == (risk * 5_000 >= (1 - risk) * 1_000)
        wrong = row["bad"] != row["denied"]
        assert row["cost"] == (5_000 if row["bad"] else 1_000) * wrong
        at_stake = (1 - risk) * 1_000 if row["denied"] else risk * 5_000
        assert row["expected cost"] == pytest.approx(at_stake)
    for name, target in (("least sure", 1 / 2), ("nearest the threshold", 1 / 6)):
        nearest = sorted(range(len(loans)), key=lambda at: abs(loans["risk"].iloc[at] - target))
        ordered = loans[name].iloc[nearest].to_numpy()
        assert (np.diff(ordered) <= 1e-12).all()
    assert stats.kstest(loans["random"], "uniform").pvalue > 1e-4


def test_minutes_are_forty_steps_of_a_tenth_towards_the_mean_of_each_group():
    """Squared loss: each tree takes a tenth of what is left between a group and the forecast."""
    columns = dict.fromkeys(["departs", "weekday", "carrier", "distance"], 1)
    flights = pd.DataFrame(columns | {"origin": np.repeat([0, 1], [100, 300])})
    flights["arr_delay"] = np.random.default_rng(0).normal(20 * flights["origin"], 5)
    overall, by_group = flights["arr_delay"].mean(), flights.groupby("origin")["arr_delay"].mean()
    expected = overall + (1 - 0.9**40) * (by_group - overall)
    found = minutes_model(flights).predict(inputs(flights.iloc[[0, 399]]))
    assert found == pytest.approx(expected.to_numpy(), abs=1e-4)


def test_winter_and_later_are_cut_by_the_month_and_words_are_places_in_the_alphabet():
    flights = datasets.flights(2023).dropna(subset=["arr_delay"])
    winter, later = winter_and_later(2023, rows=500)
    assert len(winter) == sum(month in (1, 2) for month in flights["month"])
    assert len(later) == 500 and set(later["month"]) <= set(range(3, 13))
    for part in (winter.sample(200, random_state=1), later):
        for name in ("carrier", "origin"):
            words = sorted(flights[name].astype(str).unique())
            expected = [words.index(word) for word in flights.loc[part.index, name]]
            assert part[name].tolist() == expected
        read = inputs(part)
        assert read[:, 4].tolist() == flights.loc[part.index, "distance"].tolist()
