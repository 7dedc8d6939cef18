"""A delivery of loans in which faults are planted, to see which of them a contract finds."""

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.validation import SEED, Count, Numbers, Table, checked

__all__ = ["plant_faults"]
COLUMNS = ("job", "income", "amount", "price", "assets", "status")
NUMBERS = ("income", "amount", "price", "assets")
SOUND = 171  # rows that get a fault, but for part-timers, or a copy


@checked(loans=Table(columns=COLUMNS, unique=True), rows=Count(300, 10**6), seed=SEED)
def plant_faults(loans, rows=400, seed=3):
    """Simulate a delivery of loans as a careless feed might send it.

    Parameters
    ----------
    loans : pandas.DataFrame of shape (n, n_columns)
        Rows of :func:`aipm.datasets.credit` without faults, one index each.
    rows : int, default=400
        How many loans to draw, 300 at least and ``n`` at most.
    seed : int, default=3
        Which loans are drawn, and which of them get which fault.

    Returns
    -------
    delivery : pandas.DataFrame of object of shape (rows + 10, n_columns)
        The loans drawn and ten copies, with an index from 0.
    fault : pandas.Series of str of shape (rows + 10,)
        What is wrong with each row, or ``"none"``. Part-timers are all spelled anew; of the others
        ten have assets of 99999999, ten have amount and price swapped, one has a word for its
        income, 20 a yearly income (twelve times the one stated), 100 the income of another row,
        and 20 the wrong outcome.

    Raises
    ------
    CourseError
        If a column is missing or of another kind, or there are too few loans to plant all faults.
    """
    _refuse_other(loans, rows)
    delivery = loans.sample(rows, random_state=seed).astype(object).reset_index(drop=True)
    fault = pd.Series("none", delivery.index, name="fault")
    part_timers = delivery["job"] == "partime"
    sound = delivery["income"].notna() & (delivery["amount"] < delivery["price"])
    places = iter(delivery.index[sound & ~part_timers])
    if (free := int((sound & ~part_timers).sum())) < SOUND:
        raise CourseError(
            f"plant_faults: loans give {free} rows to plant faults in and {SOUND} are needed; draw"
            " more rows, or give loans with an income and a price above the amount."
        )

    def take(number, name):
        taken = [next(places) for _ in range(number)]
        fault[taken] = name
        return taken

    delivery.loc[take(10, "unknown written as 99999999"), "assets"] = 99_999_999
    at = take(10, "amount and price swapped")
    delivery.loc[at, ["amount", "price"]] = delivery.loc[at, ["price", "amount"]].to_numpy()
    delivery.loc[take(1, "a word for a number"), "income"] = "n/a"
    delivery.loc[take(20, "income per year"), "income"] *= 12
    at = take(100, "incomes one row off")
    delivery.loc[at, "income"] = np.roll(delivery.loc[at, "income"], 1)
    at = take(20, "good and bad swapped")
    delivery.loc[at, "status"] = delivery.loc[at, "status"].map({"good": "bad", "bad": "good"})
    delivery.loc[part_timers, "job"] = "part-time"
    fault[part_timers] = "a word spelled anew"
    copies = delivery.loc[fault == "none"].head(10)
    twice = pd.Series("row sent twice", copies.index, name="fault")
    delivery = pd.concat([delivery, copies], ignore_index=True)
    return delivery, pd.concat([fault, twice], ignore_index=True)


def _refuse_other(loans, rows):
    """Refuse loans that are too few, or columns unlike those of the credit data."""
    if rows > len(loans):
        raise CourseError(
            f"plant_faults: rows is {rows:,} and loans has {len(loans):,}; draw so many at most."
        )
    for name in NUMBERS:
        known = loans[name].dropna()
        if len(known):
            Numbers()(f"plant_faults: loans, column {name!r},", known)
    if not loans["status"].isin(["good", "bad"]).all():
        raise CourseError(
            "plant_faults: loans, column 'status', holds other words than good and bad; give"
            " these two."
        )
