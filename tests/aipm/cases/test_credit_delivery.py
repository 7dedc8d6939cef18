"""Planted faults: each is there as often as it says, and nothing else is changed."""

import pytest

from aipm import CourseError, datasets
from aipm.cases.credit_delivery import plant_faults

LOANS = datasets.credit().dropna().drop_duplicates()


def test_the_planted_faults_are_those_that_are_named():
    """Every row but the faulty ones is a row of the table, and a faulty one differs as it says."""
    loans = LOANS
    delivery, fault = plant_faults(loans, seed=1)
    drawn = loans.sample(400, random_state=1).reset_index(drop=True)
    assert fault.value_counts().drop(["none", "a word spelled anew"]).to_dict() == {
        "incomes one row off": 100,
        "income per year": 20,
        "good and bad swapped": 20,
        "unknown written as 99999999": 10,
        "amount and price swapped": 10,
        "row sent twice": 10,
        "a word for a number": 1,
    }
    changed = {
        "unknown written as 99999999": {"assets"},
        "amount and price swapped": {"amount", "price"},
        "a word for a number": {"income"},
        "income per year": {"income"},
        "good and bad swapped": {"status"},
        "a word spelled anew": {"job"},
        "none": set(),
    }
    for row in drawn.index:
        differ = {name for name in loans if delivery.at[row, name] != drawn.at[row, name]}
        assert differ == changed.get(fault[row], differ) and differ <= {"income"} | changed.get(
            fault[row], set()
        )
    assert (delivery["job"] == "part-time").sum() == (drawn["job"] == "partime").sum()
    off = fault == "incomes one row off"
    assert sorted(delivery.loc[off, "income"]) == sorted(drawn.loc[off[:400], "income"])
    assert delivery.tail(10).merge(delivery.head(400)).shape[0] >= 10


@pytest.mark.parametrize(
    ("loans", "rows", "says"),
    [
        (LOANS.head(350), 400, "rows is 400 and loans has 350"),
        (LOANS, 299, "rows is 299; give a whole number from 300"),
        (LOANS.drop(columns="job"), 400, "loans has no column 'job'"),
        (LOANS.assign(income=None), 400, "loans give 0 rows to plant faults in"),
        (LOANS.assign(job="partime"), 400, "loans give 0 rows to plant faults in"),
        (LOANS.assign(income="many"), 400, "'income', is not a number"),
        (LOANS.assign(status="late"), 400, "other words than good and bad"),
    ],
)
def test_loans_in_which_not_every_fault_fits_are_refused(loans, rows, says):
    with pytest.raises(CourseError, match=f"plant_faults: .*{says}"):
        plant_faults(loans, rows)
