"""aipm.cases.flights: one number on all odds, by hand and by its defining equation; the price of
promises by a confusion matrix; and what is refused.
"""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix

from aipm.cases.flights import (
    TIMETABLE,
    WEATHER,
    auc_on_days_held_out,
    euros,
    forecast_year,
    gap_by_part,
    level_corrected,
    with_yesterdays_weather,
)
from aipm.errors import CourseError

CHANCES = st.lists(st.floats(0.01, 0.99), min_size=2, max_size=30)
PROMISES = st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=40)


def test_odds_are_multiplied_by_one_number():
    # one in four promised, one in two came true: odds times three, so 1/2 becomes 3/4
    moved = level_corrected(pd.Series([0.5, 0.25]), 0.5, known=[0.25] * 4)
    assert moved.tolist() == pytest.approx([0.75, 0.5])


@given(CHANCES, st.floats(0.05, 0.95))
def test_the_known_come_true_on_average_and_order_is_kept(chances, truth):
    moved = level_corrected(pd.Series(chances), truth)
    assert moved.mean() == pytest.approx(truth, abs=1e-9)
    assert (np.diff(moved[np.argsort(chances)]) >= -1e-12).all()


@given(CHANCES)
def test_a_right_level_is_left_alone(chances):
    moved = level_corrected(pd.Series(chances), np.mean(chances))
    assert moved.tolist() == pytest.approx(chances, abs=1e-9)


@pytest.mark.parametrize("truth", [0, 1, -0.2, 45, math.nan])
def test_one_number_needs_both_outcomes(truth):
    with pytest.raises(CourseError, match="truth.* above 0 and below 1"):
        level_corrected(pd.Series([0.5]), truth)


@pytest.mark.filterwarnings("error")
@given(st.lists(st.sampled_from([0, 0.5, 1]), min_size=1, max_size=9), st.floats(0.01, 0.99))
def test_chances_of_0_and_1_move_the_mean_only_so_far(chances, truth):
    """0 and 1 stay what they are, so the mean lies between the share of 1 and that of not 0."""
    lowest, highest = np.mean(np.equal(chances, 1)), np.mean(np.not_equal(chances, 0))
    if lowest + 1e-6 < truth < highest - 1e-6:
        assert level_corrected(chances, truth).mean() == pytest.approx(truth)
    elif not lowest <= truth <= highest:
        with pytest.raises(CourseError, match="chances in between"):
            level_corrected(chances, truth)


@given(PROMISES, st.integers(0, 90), st.integers(1, 90))
def test_promises_cost_what_their_confusion_matrix_says(promises, missed, needless):
    late, chance = [one[0] for one in promises], np.array([one[1] for one in promises])
    warned = chance >= needless / (missed + needless)
    counts = confusion_matrix(late, warned, labels=[False, True])
    paid = needless * counts[0, 1] + missed * counts[1, 0]
    found = euros(late, chance, missed, needless)
    assert found.mean() == pytest.approx(1_000 * paid / len(late))


def test_costs_have_the_index_of_the_flights():
    late = pd.Series([True, False], index=[7, 3])
    assert euros(late, pd.Series([0.1, 0.9])).to_dict() == {7: 30_000, 3: 10_000}


@pytest.mark.parametrize(
    ("late", "chance", "prices", "says"),
    [
        ([True, False], [0.5], {}, "one value for each case"),
        (["late", "no"], [0.5, 0.5], {}, "not yes or no"),
        ([True, False], [50, 10], {}, "divide per cent by 100"),
        ([True, False], [0.5, math.nan], {}, "missing"),
        ([True, False], [0.5, 0.5], {"missed": 0, "needless": 0}, "both 0"),
        ([True, False], [0.5, 0.5], {"missed": -1}, "missed"),
    ],
)
def test_bad_promises_are_refused(late, chance, prices, says):
    with pytest.raises(CourseError, match=says):
        euros(late, chance, **prices)


@pytest.fixture
def flights():
    """Ten days of two hours at one airport; warmer by a degree each day."""
    rng, days = np.random.default_rng(0), pd.date_range("2013-01-01", periods=10).repeat(40)
    table = pd.DataFrame({"date": days, "origin": "JFK", "hour": np.tile([8, 19], 200)})
    table = table.assign(month=1, carrier="UA", distance=500, weekday=table["date"].dt.day_of_week)
    table = table.assign(
        late=rng.random(400) < 0.3, departs=60 * table["hour"], **dict.fromkeys(WEATHER, 1.0)
    )
    table["part"] = table["hour"].map({8: "before 9", 19: "after 18"})
    table["temp"] = 32.0 + table["date"].dt.day + table["hour"] / 100
    return table.sample(frac=1, random_state=0)


def test_a_broken_feed_is_a_day_behind(flights):
    stale = with_yesterdays_weather(flights)
    assert stale["date"].tolist() == flights["date"].tolist()
    first = stale["date"] == "2013-01-01"
    assert stale.loc[first, ["temp", "observed"]].isna().all(axis=None)
    now, then = flights.reset_index()[~first], stale[~first]
    assert (now["temp"] - then["temp"]).to_list() == pytest.approx([1] * len(now))
    assert ((now["date"] - then["observed"]).dt.days == 1).all()


def test_gaps_are_late_minus_forecast_of_each_part(flights):
    forecast = np.where(flights["hour"] == 8, 0.25, 0.5)
    gaps = gap_by_part(flights, forecast)
    for part, level in {"before 9": 0.25, "after 18": 0.5}.items():
        late = flights.loc[flights["part"] == part, "late"]
        assert gaps[part].value == pytest.approx(100 * (late.mean() - level))
    indexed = gap_by_part(flights, pd.Series(forecast, index=flights.index))
    assert indexed.map(str).equals(gaps.map(str))


def test_a_year_too_short_or_a_column_too_few_is_refused(flights):
    timetable = ["departs", "distance"]
    assert forecast_year(flights, timetable).between(0, 1).all()
    with pytest.raises(CourseError, match="features names 'humor'"):
        forecast_year(flights, ["departs", "humor"])
    with pytest.raises(CourseError, match="4 days of January and February"):
        forecast_year(flights[flights["date"] < "2013-01-05"], timetable)
    with pytest.raises(CourseError, match="late.* not yes or no"):
        forecast_year(flights.assign(late="no"), timetable)
    with pytest.raises(CourseError, match="part.* missing"):
        gap_by_part(flights.assign(part=None), flights["distance"] / 1_000)
    with pytest.raises(CourseError, match="leaves 20,000 and 30,000"):
        auc_on_days_held_out(flights)
    assert not set(TIMETABLE + WEATHER) - set(flights)
