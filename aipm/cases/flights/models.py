"""Models that forecast late arrivals, and how well they do on days they have not seen."""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, GroupShuffleSplit, cross_val_predict

from aipm.cases.flights.tables import TIMETABLE, WEATHER
from aipm.errors import CourseError
from aipm.validation import TEXT, Count, Several, Table, YesNo, checked

FOLDS = 5
LEARNED, SCORED = 20_000, 30_000  # flights, for speed
ARRIVALS = Table(columns=("date", "late", *TIMETABLE, *WEATHER))


def delay_model():
    """Small gradient boosting that reads words, numbers and gaps.

    Returns
    -------
    sklearn.ensemble.HistGradientBoostingClassifier
        Not fitted.
    """
    return HistGradientBoostingClassifier(
        max_iter=30,
        learning_rate=0.2,
        max_leaf_nodes=8,
        min_samples_leaf=200,
        early_stopping=False,
        categorical_features="from_dtype",
        random_state=0,
    )


@checked(flights=Table(columns=("month", "date", "late")), features=Several(TEXT))
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

    Raises
    ------
    CourseError
        If a feature is no column, or January and February have fewer than five days.
    """
    if missing := [name for name in features if name not in flights]:
        raise CourseError(
            f"forecast_year: features names {missing[0]!r}; give columns of flights."
        )
    winter = flights[flights["month"] <= 2]
    if winter["date"].nunique() < FOLDS:
        raise CourseError(
            f"forecast_year: flights have {winter['date'].nunique()} days of January and February;"
            f" give {FOLDS} at least."
        )
    x = winter[features]
    y = YesNo(both=True)("forecast_year: flights, column 'late',", winter["late"])
    chance = delay_model().fit(x, y).predict_proba(flights[features])[:, 1]
    forecast = pd.Series(chance, index=flights.index)
    unseen = cross_val_predict(
        delay_model(), x, y, groups=winter["date"], cv=GroupKFold(FOLDS), method="predict_proba"
    )
    forecast[x.index] = unseen[:, 1]
    return forecast


@checked(flights=ARRIVALS, elsewhere=ARRIVALS, repeats=Count(1, 1_000))
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

    Raises
    ------
    CourseError
        If there are too few flights to learn from, or to score.
    """
    YesNo()("auc_on_days_held_out: flights, column 'late',", flights["late"])
    rng, found = np.random.default_rng(0), []
    days = GroupShuffleSplit(repeats, test_size=0.25, random_state=0)
    for train, test in days.split(flights, groups=flights["date"]):
        scored = len(test if elsewhere is None else elsewhere)
        if len(train) < LEARNED or min(scored, len(test)) < SCORED:
            raise CourseError(
                f"auc_on_days_held_out: flights leave {len(train):,} to learn from and"
                f" {min(scored, len(test)):,} to score; give a year that leaves {LEARNED:,} and"
                f" {SCORED:,}."
            )
        learned = flights.iloc[rng.choice(train, LEARNED, replace=False)]
        now = flights.iloc[rng.choice(test, SCORED, replace=False)]
        if elsewhere is not None:
            now = elsewhere.sample(SCORED, random_state=0)
        model = delay_model().fit(learned[TIMETABLE + WEATHER], learned["late"])
        found.append(
            roc_auc_score(now["late"], model.predict_proba(now[TIMETABLE + WEATHER])[:, 1])
        )
    return found
