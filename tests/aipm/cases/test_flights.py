"""aipm.cases.flights: one number on all odds, by hand and by its defining equation; the price of
promises by a confusion matrix; and what is refused.
"""

import datetime
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit
from sklearn.metrics import confusion_matrix

from aipm.cases.flights import (
    TIMETABLE,
    WEATHER,
    arrivals,
    auc_on_days_held_out,
    delay_model,
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


def test_arrivals_are_read_off_the_clock_and_the_calendar():
    """A sample of rows, each by Python's own datetime and by comparing hours."""
    flights = arrivals(2013)
    assert flights["arr_delay"].notna().all()
    for row in flights.sample(300, random_state=0).itertuples():
        hour, minute = divmod(int(row.sched_dep_time), 100)
        day = datetime.date(row.year, row.month, row.day)
        assert row.late == (row.arr_delay > 15) and row.departs == hour * 60 + minute
        assert row.date.date() == day and row.weekday == day.weekday()
        borders = {9: "before 9", 12: "9–12", 15: "12–15", 18: "15–18", 25: "after 18"}
        assert row.part == next(name for border, name in borders.items() if hour < border)


def days_of(late_by_day, each, month=1):
    """So many flights of each day, of which this many are late; nothing else tells them apart."""
    dates = pd.date_range(f"2013-{month:02}-01", periods=len(late_by_day)).repeat(each)
    late = np.concatenate([np.arange(each) < number for number in late_by_day])
    return pd.DataFrame({"date": dates, "month": month, "late": late, "departs": 600})


def test_a_winter_day_is_forecast_by_the_share_late_on_the_days_of_other_parts():
    """Where flights are all alike, boosting can say only the share late among what it learned
    from: for a winter day the other four, for a later day all five.
    """
    late = [30, 60, 90, 150, 240]
    winter, later = days_of(late, 300), days_of([1, 2], 300, month=7)
    flights = pd.concat([winter, later], ignore_index=True).sample(frac=1, random_state=1)
    found = forecast_year(flights, ["departs"])
    for number, day in enumerate(pd.date_range("2013-01-01", periods=5)):
        expected = (sum(late) - late[number]) / 1_200
        assert found[flights["date"] == day].to_numpy() == pytest.approx(expected, abs=1e-6)
    july = found[flights["month"] == 7]
    assert len(july) == 600 and july.to_numpy() == pytest.approx(sum(late) / 1_500, abs=1e-6)


def test_boosting_takes_thirty_steps_of_a_fifth_in_log_odds():
    """Two groups: Newton's step in each, repeated by hand from the share of all."""
    x = pd.DataFrame({"group": np.repeat([0.0, 1.0], 500)})
    late = np.concatenate([np.arange(500) < 100, np.arange(500) < 350])
    odds = np.full(2, logit(450 / 1_000))
    for _ in range(30):
        chance = expit(odds)
        odds += 0.2 * (np.array([0.2, 0.7]) - chance) / (chance * (1 - chance))
    found = delay_model().fit(x, late).predict_proba(x)[[0, -1], 1]
    assert found == pytest.approx(expit(odds), abs=1e-5)


def test_what_only_the_day_tells_is_worth_nothing_on_days_held_out():
    """A day's own weather tells all on its day. AUC is one half on other days, and 1 where what
    tells is the hour; in a year in which the hour tells the opposite it is 0.
    """
    rng = np.random.default_rng(0)
    day = np.repeat(np.arange(400), 300)
    table = pd.DataFrame(rng.random((120_000, 5)), columns=TIMETABLE)
    table = table.assign(**dict.fromkeys(WEATHER, 1.0) | {"temp": rng.random(400)[day]})
    table["date"] = pd.Timestamp("2013-01-01") + pd.to_timedelta(day, "D")
    by_day = table.assign(late=(rng.random(400) < 0.5)[day])
    found = auc_on_days_held_out(by_day, repeats=2)
    assert len(found) == 2 and found == pytest.approx([0.5, 0.5], abs=0.15)
    by_hour = table.assign(late=table["departs"] > 0.5)
    assert auc_on_days_held_out(by_hour, repeats=1) == pytest.approx([1], abs=1e-3)
    turned = by_hour.assign(late=~by_hour["late"])
    assert auc_on_days_held_out(by_hour, turned, repeats=1) == pytest.approx([0], abs=1e-3)
