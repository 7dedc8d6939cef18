"""Surveys of the US Census Bureau."""

import io

import pandas as pd

from coursekit.build.tables.people import yes_no

ADULT_COLUMNS = [
    "age",
    "workclass",
    "fnlwgt",
    "education",
    "education_num",
    "marital_status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "capital_gain",
    "capital_loss",
    "hours_per_week",
    "native_country",
    "income",
]

RACE = {
    1: "White",
    2: "Black",
    3: "American Indian or Alaska Native",
    4: "American Indian or Alaska Native",
    5: "American Indian or Alaska Native",
    6: "Asian",
    7: "Pacific Islander",
    8: "Other",
    9: "Two or more",
}


def acs(raw_reference: bytes, raw_analysis: bytes, raw_target: bytes) -> pd.DataFrame:
    reference, analysis, target = (
        pd.read_parquet(io.BytesIO(raw)) for raw in (raw_reference, raw_analysis, raw_target)
    )
    table = pd.concat(
        [reference, analysis.merge(target, on="id", validate="one_to_one")], ignore_index=True
    )
    return pd.DataFrame(
        {
            "year": table["year"].astype("int64"),
            "age": table["AGEP"].astype("int64"),
            "sex": table["SEX"].astype("int64").map({1: "Male", 2: "Female"}).astype("category"),
            "race": table["RAC1P"].astype("int64").map(RACE).astype("category"),
            "disabled": yes_no(
                table["DIS"].astype("int64").map({1: "yes", 2: "no"}).rename("DIS")
            ),
            "employed": yes_no(table["employed"]),
            "predicted_employed": yes_no(table["prediction"]),
            "predicted_probability": table["predicted_probability"].round(4),
        }
    )


def adult(raw_data: bytes, raw_test: bytes) -> pd.DataFrame:
    """Both files, which the source split by chance; "?" is what it writes for an empty cell."""
    table = pd.concat(
        [
            pd.read_csv(
                io.BytesIO(raw),
                names=ADULT_COLUMNS,
                skiprows=skipped,
                skipinitialspace=True,
                keep_default_na=False,
                na_values=["?"],
            )
            for raw, skipped in ((raw_data, 0), (raw_test, 1))  # the second begins with a remark
        ],
        ignore_index=True,
    )
    above = table.pop("income").str.rstrip(".").map({">50K": "yes", "<=50K": "no"})
    words = table.select_dtypes(exclude="number").columns
    table[words] = table[words].astype("category")
    return table.assign(above_50k=yes_no(above))
