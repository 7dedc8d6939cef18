"""Forecast late arrivals from New York's flights: the models that chapter 14 watches."""

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, GroupShuffleSplit, cross_val_predict

from aipm import datasets
from aipm.errors import CourseError
from aipm.estimates import mean

TIMETABLE = ["departs", "weekday", "carrier", "origin", "distance"]
WEATHER = ["temp", "humid", "wind_speed", "precip", "pressure", "visib"]
PARTS = ["before 9", "9–12", "12–15", "15–18", "after 18"]


def arrivals(year=2013):
    """Flights that arrived, with what the models read; cancelled and diverted ones have no delay
    and are left out.

    Parameters
    ----------
    year : int
        2013 or 2023; see :func:`aipm.datasets.flights`, the source.

    Returns
    -------
    pandas.DataFrame
        As :func:`aipm.datasets.flights`, and ``late`` (more than 15 minutes), ``departs`` (minutes
        after midnight), ``date``, ``weekday`` and ``part`` (of the day).

    Raises
    ------
    CourseError
        If there are no flights of that year.
    """
    flights = datasets.flights(year).dropna(subset=["arr_delay"])
    clock, date = flights["sched_dep_time"], pd.to_datetime(flights[["year", "month", "day"]])
    return flights.assign(
        late=flights["arr_delay"] > 15,
        departs=clock // 100 * 60 + clock % 100,
        date=date,
        weekday=date.dt.day_of_week.astype("category"),
        part=pd.cut(clock, [0, 859, 1159, 1459, 1759, 2400], labels=PARTS),
    )


def delay_model():
    """Small gradient boosting, not fitted, that reads words, numbers and gaps:
    ``HistGradientBoostingClassifier``."""
    return HistGradientBoostingClassifier(
        max_iter=30,
        learning_rate=0.2,
        max_leaf_nodes=8,
        min_samples_leaf=200,
        early_stopping=False,
        categorical_features="from_dtype",
        random_state=0,
    )


def forecast_year(flights, features):
    """Chance of a late arrival for every flight, by a model that learned from January and
    February.

    Parameters
    ----------
    flights : pandas.DataFrame
        From :func:`arrivals`.
    features : list of str
        Columns that the model reads.

    Returns
    -------
    pandas.Series of shape (n_flights,)
        Between 0 and 1. A winter day is forecast by a model that never saw it (five parts, whole
        days kept together).
    """
    winter = flights[flights["month"] <= 2]
    x, y = winter[features], winter["late"]
    chance = delay_model().fit(x, y).predict_proba(flights[features])[:, 1]
    forecast = pd.Series(chance, index=flights.index)
    unseen = cross_val_predict(
        delay_model(), x, y, groups=winter["date"], cv=GroupKFold(5), method="predict_proba"
    )
    forecast[x.index] = unseen[:, 1]
    return forecast


def level_corrected(forecast, truth, known=None):
    """Forecasts with all odds multiplied by one number: the one that makes the mean of the known
    ones what happened. Their order stays, so AUC does too.

    Parameters
    ----------
    forecast : pandas.Series of shape (n,)
        Chances between 0 and 1.
    truth : float
        Share of the known cases that came true.
    known : array-like of shape (m,), optional
        Forecasts of the known cases; ``forecast`` itself if None.

    Returns
    -------
    pandas.Series of shape (n,)

    Raises
    ------
    CourseError
        If all or none came true: the number is then endless.
    """
    if not 0 < truth < 1:
        raise CourseError(
            f"level_corrected: a share of {truth:g} came true; one number mends a level only if"
            " both outcomes occurred."
        )
    seen = logit(np.asarray(forecast if known is None else known, dtype=float))
    step = brentq(lambda step: expit(seen + step).mean() - truth, -20, 20)
    return expit(logit(forecast) + step)


def gap_by_part(flights, forecast):
    """Late minus forecast for each part of the day, in points, with intervals that count days.

    Parameters
    ----------
    flights : pandas.DataFrame
        From :func:`arrivals`.
    forecast : array-like of shape (n_flights,)
        Chances between 0 and 1.

    Returns
    -------
    pandas.Series of aipm.estimates.Estimate
        By part of the day.
    """
    now = flights.assign(gap=100 * (flights["late"] - forecast))
    return pd.Series({
        name: mean(part["gap"], part["date"]) for name, part in now.groupby("part", observed=True)
    })


def with_yesterdays_weather(flights):
    """The same flights as a broken feed would deliver them: each with the weather of its hour a
    day earlier.

    Parameters
    ----------
    flights : pandas.DataFrame
        From :func:`arrivals`.

    Returns
    -------
    pandas.DataFrame
        The weather columns replaced, and ``observed``, the day the weather is of; empty where
        there was no flight then.
    """
    key = ["origin", "date", "hour"]
    weather = flights.groupby(key, as_index=False, observed=True)[WEATHER].first()
    weather = weather.assign(observed=weather["date"], date=weather["date"] + pd.Timedelta(days=1))
    return flights.drop(columns=WEATHER).merge(weather, on=key, how="left")


def auc_on_days_held_out(flights, elsewhere=None, repeats=3):
    """AUC of models that learned from three quarters of the days, on the others or on another
    year.

    Parameters
    ----------
    flights : pandas.DataFrame
        From :func:`arrivals`; 20,000 flights of its days are learned from, for speed.
    elsewhere : pandas.DataFrame, optional
        Another year to score; 30,000 of its flights are drawn.
    repeats : int
        How often the days are split at random.

    Returns
    -------
    list of float
        By ``sklearn.metrics.roc_auc_score``, one a repeat.
    """
    rng, found = np.random.default_rng(0), []
    days = GroupShuffleSplit(repeats, test_size=0.25, random_state=0)
    for train, test in days.split(flights, groups=flights["date"]):
        learned = flights.iloc[rng.choice(train, 20_000, replace=False)]
        now = flights.iloc[rng.choice(test, 30_000, replace=False)]
        if elsewhere is not None:
            now = elsewhere.sample(30_000, random_state=0)
        model = delay_model().fit(learned[TIMETABLE + WEATHER], learned["late"])
        found.append(
            roc_auc_score(now["late"], model.predict_proba(now[TIMETABLE + WEATHER])[:, 1])
        )
    return found


def euros(late, chance, missed=30, needless=10):
    """What a thousand promises like each of these would cost.

    A passenger is warned from the chance at which both errors are expected to cost the same, one
    in four at the prices of the course.

    Parameters
    ----------
    late : array-like of bool of shape (n,)
        Whether each flight was late.
    chance : array-like of shape (n,)
        What was promised, between 0 and 1.
    missed, needless : float
        Euros for a late flight without a warning, and for a warning that was not needed.

    Returns
    -------
    pandas.Series of shape (n,)
        With the index of ``late``, if it has one; its mean is the cost of 1,000 promises.

    Raises
    ------
    CourseError
        If there is not one chance for each flight.
    """
    late = pd.Series(late, dtype=bool)
    warned = np.asarray(chance, dtype=float) >= needless / (missed + needless)
    if len(warned) != len(late):
        raise CourseError(
            f"euros: {len(late)} flights and {len(warned)} chances; give one for each."
        )
    return 1_000 * (missed * (late & ~warned) + needless * (~late & warned))
