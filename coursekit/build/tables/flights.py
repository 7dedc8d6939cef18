"""Departures from New York with the weather of their hour."""

import io

import pandas as pd

from coursekit.build.tables.people import from_r

FLIGHT_COLUMNS = [
    "year",
    "month",
    "day",
    "hour",
    "sched_dep_time",
    "sched_arr_time",
    "carrier",
    "origin",
    "dest",
    "distance",
    "dep_delay",
    "arr_delay",
]

WEATHER_COLUMNS = [
    "temp",
    "dewp",
    "humid",
    "wind_dir",
    "wind_speed",
    "precip",
    "pressure",
    "visib",
]

WEATHER_KEY = ["origin", "year", "month", "day", "hour"]


def _flights(flights: pd.DataFrame, weather: pd.DataFrame) -> pd.DataFrame:
    """Join the weather of the scheduled hour, sort by schedule (the source sorts by actual
    time).
    """
    weather = weather.drop_duplicates(
        WEATHER_KEY
    )  # the hour that occurs twice when clocks go back
    table = flights[FLIGHT_COLUMNS].merge(
        weather[WEATHER_KEY + WEATHER_COLUMNS], on=WEATHER_KEY, how="left", validate="many_to_one"
    )
    table[WEATHER_COLUMNS] = table[WEATHER_COLUMNS].round(4)
    for name in ["carrier", "origin", "dest"]:
        table[name] = table[name].astype("str").astype("category")
    order = [
        "month",
        "day",
        "sched_dep_time",
        "origin",
        "carrier",
        "dest",
        "sched_arr_time",
        "distance",
        "dep_delay",
        "arr_delay",
    ]
    return table.sort_values(order, kind="stable")


def flights_2013(raw_flights: bytes, raw_weather: bytes) -> pd.DataFrame:
    return _flights(from_r(raw_flights), from_r(raw_weather))


def flights_2023(raw_flights: bytes, raw_weather: bytes) -> pd.DataFrame:
    """The source counts weather hours in UTC and flight hours in New York time: bring them
    together.
    """
    weather = pd.read_parquet(io.BytesIO(raw_weather))
    local = weather["time_hour"].dt.tz_convert("America/New_York").dt
    weather = weather.assign(year=local.year, month=local.month, day=local.day, hour=local.hour)
    for name in ["year", "month", "day", "hour"]:
        weather[name] = weather[name].astype("int64")
    return _flights(pd.read_parquet(io.BytesIO(raw_flights)), weather)
