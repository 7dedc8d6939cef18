"""Promise an interval for a flight's delay, and see how often it holds: conformal prediction on
the running case Flights."""

from mapie.regression import SplitConformalRegressor
from sklearn.ensemble import HistGradientBoostingRegressor

from aipm.cases.flights import TIMETABLE, arrivals


def winter_and_later(year, rows=60_000):
    """Arrivals of January and February, and so many of the ten months after; words as numbers."""
    flights = arrivals(year)
    for name in flights[TIMETABLE].select_dtypes("category"):
        flights[name] = flights[name].cat.codes
    winter = flights[flights["month"] <= 2]
    return winter, flights[flights["month"] > 2].sample(rows, random_state=0)


def split_days(flights, seed):
    """Flights of a third of the days each: to learn from, to calibrate on, to test on."""
    days = flights["date"].drop_duplicates().sample(frac=1, random_state=seed)
    third = len(days) // 3 + 1
    return [flights[flights["date"].isin(days[n * third : (n + 1) * third])] for n in range(3)]


def inputs(flights):
    """What the delay model reads of flights from :func:`winter_and_later`: numbers alone."""
    return flights[TIMETABLE].to_numpy(dtype=float)


def minutes_model(flights):
    """A forecast of arrival delay in minutes, learned from flights."""
    model = HistGradientBoostingRegressor(max_iter=40, early_stopping=False, random_state=0)
    return model.fit(inputs(flights), flights["arr_delay"])


def promise_of(model, calibrate, level=0.9):
    """MAPIE's split conformal interval, calibrated on flights that the model has not seen."""
    promise = SplitConformalRegressor(model, confidence_level=level, prefit=True)
    return promise.conformalize(inputs(calibrate), calibrate["arr_delay"])


def held(promise, flights):
    """Whether each flight's delay lay in its interval; a pandas.Series of bool."""
    _, limits = promise.predict_interval(inputs(flights))
    return flights["arr_delay"].between(limits[:, 0, 0], limits[:, 1, 0])
