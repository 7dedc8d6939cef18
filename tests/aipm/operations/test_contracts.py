"""Contracts: no row is lost, each is judged as a plain loop judges it, each has a reason."""

import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm import CourseError
from aipm.operations.contracts import set_aside

CONTRACT = pa.DataFrameSchema(
    {
        "age": pa.Column(float, pa.Check.in_range(18, 100, error="not in 18 to 100"), coerce=True),
        "income": pa.Column(float, pa.Check.ge(0, error="below zero"), nullable=True, coerce=True),
        "home": pa.Column(
            checks=pa.Check.isin(["own", "rent"], error="unknown word"), nullable=True
        ),
        "amount": pa.Column(float, coerce=True),
        "price": pa.Column(float, coerce=True),
    },
    checks=pa.Check(lambda t: t["amount"] <= t["price"], error="amount above price"),
)
NUMBER = st.one_of(st.integers(-200, 200), st.sampled_from(["30", "n/a", "", None]))
ROW = st.fixed_dictionaries(
    {
        "age": NUMBER,
        "income": NUMBER,
        "home": st.sampled_from(["own", "rent", "ship", None]),
        "amount": NUMBER,
        "price": NUMBER,
    }
)


def number(value):
    """What a cell says as a number: None if empty, NaN if it cannot be read."""
    if value is None:
        return None
    try:
        return float(value)
    except ValueError:
        return float("nan")


def keeps(row):
    """The contract, cell by cell, without pandera; a comparison with NaN is false."""
    age, income, amount, price = (number(row[n]) for n in ("age", "income", "amount", "price"))
    return (
        age is not None
        and 18 <= age <= 100
        and (income is None or income >= 0)
        and row["home"] in ("own", "rent", None)
        and amount is not None
        and price is not None
        and amount <= price
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_no_row_is_lost_and_each_is_judged_as_by_a_plain_loop(rows, random):
    labels = random.sample(range(1000), len(rows))
    table = pd.DataFrame(rows, index=labels, dtype=object)
    good, aside = set_aside(table, CONTRACT)
    expected = [label for label, row in zip(labels, rows, strict=True) if keeps(row)]
    assert good.index.tolist() == expected
    assert aside.index.tolist() == [label for label in labels if label not in expected]
    assert aside["reason"].str.len().gt(0).all()
    pd.testing.assert_frame_equal(aside.drop(columns="reason"), table.loc[aside.index])
    CONTRACT.validate(good)


def test_a_cell_that_cannot_be_read_hides_no_other_fault():
    """Pandera alone reports the word and not the seven."""
    table = pd.DataFrame(
        {
            "age": ["n/a", 7, 40, 40],
            "income": [1, 1, -5, None],
            "home": ["own", "ship", "own", "rent"],
            "amount": [1, 1, 1, 1],
            "price": [2, 2, 0, 2],
        }
    )
    good, aside = set_aside(table, CONTRACT)
    assert good.index.tolist() == [3]
    assert aside["reason"].to_dict() == {
        0: "age: 'n/a' cannot be read",
        1: "home: unknown word, is ship; age: not in 18 to 100, is 7.0",
        2: "income: below zero, is -5.0; amount above price",
    }


def test_only_the_second_of_two_equal_rows_goes():
    contract = pa.DataFrameSchema(
        {"age": pa.Column(float)}, unique=["age"], report_duplicates="exclude_first"
    )
    good, aside = set_aside(pd.DataFrame({"age": [30.0, 40.0, 30.0]}), contract)
    assert good.index.tolist() == [0, 1]
    assert aside["reason"].to_dict() == {2: "the whole row stands twice"}


def test_an_empty_cell_where_none_may_be_says_so():
    table = pd.DataFrame({"age": [None, 30.0]})
    aside = set_aside(table, pa.DataFrameSchema({"age": pa.Column(float)}))[1]
    assert aside["reason"].tolist() == ["age: is empty"]


def test_a_table_that_fails_as_a_whole_is_refused_in_one_sentence():
    table = pd.DataFrame({"age": [30.0, 40.0]})
    with pytest.raises(CourseError, match="the table itself fails: column_in_dataframe"):
        set_aside(table, CONTRACT)


LABELS = {
    "two rows named 'a'": ["a", "a"],
    "several levels or with gaps": pd.MultiIndex.from_tuples([(1, 1), (1, 2)]),
    "levels or with gaps": [1, None],
}


@pytest.mark.parametrize("says", LABELS)
def test_rows_that_cannot_be_told_apart_are_refused(says):
    table = pd.DataFrame({"age": [7.0, 40.0]}, index=LABELS[says])
    with pytest.raises(CourseError, match=f"set_aside: table has .*{says}"):
        set_aside(table, pa.DataFrameSchema({"age": pa.Column(float)}))


def test_a_column_of_reasons_is_not_written_over():
    with pytest.raises(CourseError, match="column named 'reason'"):
        set_aside(pd.DataFrame({"reason": ["x"]}), CONTRACT)


@pytest.mark.parametrize("contract", [None, {"age": float}, pa.Column(float), "contract.yml"])
def test_only_a_contract_is_a_contract(contract):
    with pytest.raises(CourseError, match="give a contract of pandera"):
        set_aside(pd.DataFrame({"age": [30.0]}), contract)
