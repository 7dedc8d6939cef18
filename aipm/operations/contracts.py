"""Hold a table against a contract: rows that fail are kept aside with their reasons, never
dropped. And plant faults in a table, to see which of them a contract finds."""

import numpy as np
import pandas as pd
from pandera.errors import SchemaErrors

from aipm.errors import CourseError

UNREADABLE = ("coerce_dtype", "dtype")
PLAIN = {
    "not_nullable": "is empty",
    "field_uniqueness": "stands twice",
    "multiple_fields_uniqueness": "the whole row stands twice",
}


def set_aside(table, contract):
    """Part the rows that keep a contract from those that break it, and say why.

    Where a cell cannot be read, such as a word among numbers, pandera skips that column's other
    checks, so a faulty row below stays unnamed. So rows that cannot be read are taken out and the
    others checked again, until every reason is known.

    Parameters
    ----------
    table : pandas.DataFrame of shape (n, n_columns)
        Every row with an index of its own.
    contract : pandera.pandas.DataFrameSchema
        Its checks look at rows; one on a whole column is no reason to set a row aside.

    Returns
    -------
    good, aside : tuple of pandas.DataFrame
        Together they hold every row once, in the order of the table. ``good`` passes the contract,
        its columns turned into the contract's types; ``aside`` is as it came, with a column
        ``reason``.

    Raises
    ------
    CourseError
        If two rows share an index, or the table as a whole breaks the contract, such as by a
        missing column.
    """
    if not table.index.is_unique or "reason" in table:
        raise CourseError(
            "set_aside: give each row an index of its own, as by reset_index(drop=True), and no"
            " column named 'reason'."
        )
    rest, reasons = table, {}
    while True:
        try:
            good = contract.validate(rest, lazy=True)
        except SchemaErrors as error:
            cases = error.failure_cases.sort_values("schema_context", kind="stable")
        else:
            break
        failed = cases[cases["index"].notna()]
        if failed.empty:
            said = "; ".join(dict.fromkeys(f"{c.check} ({c.failure_case})" for c in _each(cases)))
            raise CourseError(f"set_aside: no row can be blamed, the table itself fails: {said}.")
        for case in _each(failed):
            reasons.setdefault(case.label, {})[_reason(case)] = None
        unreadable = failed[failed["check"].str.startswith(UNREADABLE)]
        rest = rest.drop(index=(failed if unreadable.empty else unreadable)["index"].unique())
    aside = table[table.index.isin(list(reasons))]
    said = ["; ".join(reasons[row]) for row in aside.index]
    return good, aside.assign(reason=pd.Series(said, aside.index, dtype="str"))


def plant_faults(loans, rows=400, seed=3):
    """Simulate a delivery of loans as a careless feed might send it.

    Parameters
    ----------
    loans : pandas.DataFrame
        Rows of :func:`aipm.datasets.credit` without faults, one index each.
    rows : int
        How many loans to draw, 300 at least.
    seed : int
        Which loans are drawn, and which of them get which fault.

    Returns
    -------
    delivery : pandas.DataFrame of object
        The loans drawn and ten copies, with an index from 0.
    fault : pandas.Series of str
        What is wrong with each row, or ``"none"``. Part-timers are all spelled anew; of the others
        ten have assets of 99999999, ten have amount and price swapped, one has a word for its
        income, 20 a yearly income (twelve times the one stated), 100 the income of another row,
        and 20 the wrong outcome.
    """
    delivery = loans.sample(rows, random_state=seed).astype(object).reset_index(drop=True)
    fault = pd.Series("none", delivery.index, name="fault")
    part_timers = delivery["job"] == "partime"
    sound = delivery["income"].notna() & (delivery["amount"] < delivery["price"])
    places = iter(delivery.index[sound & ~part_timers])

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


def _each(cases):
    return cases.rename(columns={"index": "label"}).itertuples(index=False)


def _reason(case):
    """One reason in plain words; which cell, and what stands in it, where one cell is to blame."""
    check = PLAIN.get(case.check, case.check)
    if case.check.startswith(UNREADABLE):
        return f"{case.column}: {case.failure_case!r} cannot be read"
    if case.schema_context != "Column":
        return check
    return f"{case.column}: {check}" + ("" if case.check in PLAIN else f", is {case.failure_case}")
