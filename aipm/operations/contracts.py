"""Hold a table against a contract: rows that fail are kept aside with their reasons, never
dropped.
"""

import pandas as pd

try:
    from pandera.errors import SchemaErrors
    from pandera.pandas import DataFrameSchema
except ImportError:
    raise ImportError(
        "aipm.operations.contracts needs pandera, which is not installed: pip install"
        " 'aipm[course]'."
    ) from None

from aipm.errors import CourseError
from aipm.validation import Kind, Table, checked

__all__ = ["set_aside"]
UNREADABLE = ("coerce_dtype", "dtype")
PLAIN = {
    "not_nullable": "is empty",
    "field_uniqueness": "stands twice",
    "multiple_fields_uniqueness": "the whole row stands twice",
}


@checked(table=Table(unique=True), contract=Kind("a contract of pandera", (DataFrameSchema,)))
def set_aside(table, contract):
    """Part the rows that keep a contract from those that break it, and say why.

    Where a cell cannot be read, such as a word among numbers, pandera skips that column's other
    checks, so a faulty row below stays unnamed. So rows that cannot be read are taken out and the
    others checked again, until every reason is known.

    Parameters
    ----------
    table : pandas.DataFrame of shape (n, n_columns)
        Every row with an index of its own, in one level and without gaps.
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
        If two rows share an index or lack one, the table has a column ``reason``, or the table
        as a whole breaks the contract, such as by a missing column.
    """
    if table.index.nlevels > 1 or table.index.hasnans:
        raise CourseError(
            "set_aside: table has an index of several levels or with gaps; number the rows, as by"
            " reset_index(drop=True)."
        )
    if "reason" in table:
        raise CourseError("set_aside: table has a column named 'reason'; rename it.")
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
