"""The flights that the models read, and what a broken feed makes of them."""

import pandas as pd

from aipm import datasets
from aipm.validation import Choice, Table, checked

TIMETABLE = ["departs", "weekday", "carrier", "origin", "distance"]
WEATHER = ["temp", "humid", "wind_speed", "precip", "pressure", "visib"]
PARTS = ["before 9", "9–12", "12–15", "15–18", "after 18"]
HOUR = ["origin", "date", "hour"]  # one hour's weather


@checked(year=Choice((2013, 2023)))
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


@checked(flights=Table(columns=(*HOUR, *WEATHER)))
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
        The same rows in the same order, numbered from 0; the weather columns replaced, and
        ``observed``, the day the weather is of; empty where there was no flight then.
    """
    weather = flights.groupby(HOUR, as_index=False, observed=True)[WEATHER].first()
    weather = weather.assign(observed=weather["date"], date=weather["date"] + pd.Timedelta(days=1))
    return flights.drop(columns=WEATHER).merge(weather, on=HOUR, how="left")
