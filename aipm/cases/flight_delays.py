"""Promise an interval for a flight's delay, and see how often it holds: conformal prediction [1]_
on the running case Flights.

References
----------
.. [1] A. N. Angelopoulos and S. Bates (2023), "Conformal prediction: a gentle introduction",
   Foundations and Trends in Machine Learning 16(4), 494-591.
"""

import math

import numpy as np
from mapie.regression import SplitConformalRegressor
from sklearn.ensemble import HistGradientBoostingRegressor

from aipm.cases.flights import TIMETABLE, arrivals
from aipm.errors import CourseError
from aipm.validation import INSIDE, SEED, Choice, Count, Kind, Labels, Table, checked

READ = Table(columns=tuple(TIMETABLE), numeric=True)
SEEN = Table(columns=(*TIMETABLE, "arr_delay"), numeric=True)


@checked(year=Choice((2013, 2023)), rows=Count())
def winter_and_later(year, rows=60_000):
    """Arrivals of January and February, and so many of the ten months after; words as numbers.

    Parameters
    ----------
    year : int
        2013 or 2023.
    rows : int
        How many flights of the ten months are drawn, always the same.

    Returns
    -------
    winter, later : pandas.DataFrame
        As :func:`aipm.cases.flights.arrivals`, the timetable's words as whole numbers.

    Raises
    ------
    CourseError
        If there are fewer flights than ``rows``.
    """
    flights = arrivals(year)
    for name in flights[TIMETABLE].select_dtypes("category"):
        flights[name] = flights[name].cat.codes
    winter, later = flights[flights["month"] <= 2], flights[flights["month"] > 2]
    if rows > len(later):
        raise CourseError(f"winter_and_later: rows is {rows:,}; give {len(later):,} at most.")
    return winter, later.sample(rows, random_state=0)


@checked(flights=Table(columns=("date",)), seed=SEED)
def split_days(flights, seed):
    """Split flights at random by days: to learn from, to calibrate on, to test on.

    Parameters
    ----------
    flights : pandas.DataFrame
        With ``date``, three days at least.
    seed : int
        Which days fall where.

    Returns
    -------
    list of pandas.DataFrame
        Three, each with the flights of a third of the days.

    Raises
    ------
    CourseError
        If there are fewer than three days.
    """
    date = Labels(index=True)("split_days: flights, column 'date',", flights["date"])
    days = date.drop_duplicates().sample(frac=1, random_state=seed).to_numpy()
    if len(days) < 3:
        raise CourseError(f"split_days: flights are of {len(days)} days; give three at least.")
    return [flights[date.isin(part)] for part in np.array_split(days, 3)]


@checked(flights=READ)
def inputs(flights):
    """What the delay model reads of flights: numbers alone.

    Parameters
    ----------
    flights : pandas.DataFrame
        From :func:`winter_and_later`.

    Returns
    -------
    numpy.ndarray of shape (n_flights, 5)
        Departure (minutes after midnight), weekday, carrier and origin as numbers, miles.
    """
    return flights[TIMETABLE].to_numpy(dtype=float)


@checked(flights=SEEN)
def minutes_model(flights):
    """A forecast of arrival delay in minutes, learned from flights.

    Parameters
    ----------
    flights : pandas.DataFrame
        From :func:`winter_and_later`.

    Returns
    -------
    sklearn.ensemble.HistGradientBoostingRegressor
        Fitted on :func:`inputs`.
    """
    model = HistGradientBoostingRegressor(max_iter=40, early_stopping=False, random_state=0)
    return model.fit(inputs(flights), flights["arr_delay"])


@checked(
    model=Kind("a fitted model of minutes", methods=("predict",)), calibrate=SEEN, level=INSIDE
)
def promise_of(model, calibrate, level=0.9):
    """MAPIE's split conformal interval around a model's forecasts.

    Parameters
    ----------
    model : scikit-learn regressor
        Fitted, such as by :func:`minutes_model`.
    calibrate : pandas.DataFrame
        Flights that the model has not seen, from :func:`winter_and_later`; they decide how wide
        the interval is.
    level : float
        Share of similar flights whose delay the interval is to hold, such as 0.9.

    Returns
    -------
    mapie.regression.SplitConformalRegressor

    Raises
    ------
    CourseError
        If the flights are too few for the level.
    """
    least = math.floor(1 / min(level, 1 - level)) + 1
    if len(calibrate) < least:
        raise CourseError(
            f"promise_of: calibrate has {len(calibrate)} flights; give {least} at least for a"
            f" level of {level:g}."
        )
    promise = SplitConformalRegressor(model, confidence_level=level, prefit=True)
    return promise.conformalize(inputs(calibrate), calibrate["arr_delay"])


@checked(promise=Kind("an interval of promise_of", (SplitConformalRegressor,)), flights=SEEN)
def held(promise, flights):
    """Whether each flight's delay lay in its interval.

    Parameters
    ----------
    promise : mapie.regression.SplitConformalRegressor
        From :func:`promise_of`.
    flights : pandas.DataFrame
        From :func:`winter_and_later`.

    Returns
    -------
    pandas.Series of bool of shape (n_flights,)
        The same index.
    """
    _, limits = promise.predict_interval(inputs(flights))
    return flights["arr_delay"].between(limits[:, 0, 0], limits[:, 1, 0])
