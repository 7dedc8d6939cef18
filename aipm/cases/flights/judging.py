"""What forecasts of late arrivals are worth, and one repair."""

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit

from aipm.errors import CourseError
from aipm.estimates import mean
from aipm.validation import INSIDE, Labels, Number, Numbers, Table, YesNo, checked

CHANCES = Numbers(low=0, high=1)
PRICE = Number(0, 10**9)
FURTHEST = 20  # on the scale of log odds: odds times or by half a thousand million


@checked(forecast=Numbers(low=0, high=1, index=True), truth=INSIDE, known=CHANCES)
def level_corrected(forecast, truth, known=None):
    """Forecasts with all odds multiplied by one number: the one that makes the mean of the known
    ones what happened. Their order stays, so AUC does too.

    Parameters
    ----------
    forecast : array-like of shape (n,)
        Chances between 0 and 1.
    truth : float
        Share of the known cases that came true, above 0 and below 1.
    known : array-like of shape (m,), optional
        Forecasts of the known cases; ``forecast`` itself if None.

    Returns
    -------
    pandas.Series of shape (n,)
        Between 0 and 1, with the index of ``forecast``, if it has one.

    Raises
    ------
    CourseError
        If all or none came true, or chances of 0 or 1 keep the known forecasts from that share.
    """
    seen = logit(np.asarray(forecast if known is None else known))

    def excess(step):
        return expit(seen + step).mean() - truth

    if not excess(-FURTHEST) < 0 < excess(FURTHEST):
        name = "forecast" if known is None else "known"
        raise CourseError(
            f"level_corrected: {name} has so many chances of 0 or 1 that no one number takes their"
            f" mean to {truth:g}; give chances in between."
        )
    step = brentq(excess, -FURTHEST, FURTHEST)
    return expit(logit(forecast) + step)


@checked(
    equal=("flights", "forecast"),
    flights=Table(columns=("late", "part", "date")),
    forecast=CHANCES,
)
def gap_by_part(flights, forecast):
    """Late minus forecast for each part of the day, in points, with intervals that count days.

    Parameters
    ----------
    flights : pandas.DataFrame
        From :func:`arrivals`.
    forecast : array-like of shape (n_flights,)
        Chances between 0 and 1, in the same order.

    Returns
    -------
    pandas.Series of aipm.estimates.Estimate
        By part of the day.
    """
    late = YesNo()("gap_by_part: flights, column 'late',", flights["late"])
    for name in ("part", "date"):
        Labels()(f"gap_by_part: flights, column {name!r},", flights[name])
    now = flights.assign(gap=100 * (late - forecast))
    return pd.Series(
        {
            name: mean(part["gap"], part["date"])
            for name, part in now.groupby("part", observed=True)
        }
    )


@checked(
    equal=("late", "chance"),
    late=YesNo(index=True),
    chance=CHANCES,
    missed=PRICE,
    needless=PRICE,
)
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
        Euros for a late flight without a warning, and for a warning that was not needed; 0 or
        more, and one of them above 0.

    Returns
    -------
    pandas.Series of shape (n,)
        Euros, with the index of ``late``, if it has one; their mean is the cost of 1,000 promises.

    Raises
    ------
    CourseError
        If there is not one chance for each flight, or both prices are 0.
    """
    if missed + needless == 0:
        raise CourseError("euros: missed and needless are both 0; give one of them a price.")
    warned = chance >= needless / (missed + needless)
    return 1_000 * (missed * (late & ~warned) + needless * (~late & warned))
