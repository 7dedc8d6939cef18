"""Find the course's data files and see that they are the ones it was written with.

Files lie in ``data`` beside this module, or in the folder that the variable ``AIPM_DATA`` names. Those
that ``make data`` writes are listed with their SHA-256 in ``SHA256SUMS``; those in ``own``, which
the course's authors made, are not.
"""

import hashlib
import os
from pathlib import Path

import pandas as pd

from aipm.errors import CourseError

DATA = Path(__file__).resolve().with_name("data")
FILES = {
    Path(file).stem: file
    for file in (
        "acs.parquet",
        "admissions.csv",
        "adult.parquet",
        "compas.csv",
        "credit.csv",
        "documents.parquet",
        "email.csv",
        "flights_2013.parquet",
        "flights_2023.parquet",
        "jailbreaks.csv",
        "judges.csv",
        "judges_as_published.csv",
        "leaderboard.csv",
        "mortgages.csv",
        "prices.csv",
        "probes.csv",
        "ratings.parquet",
        "resumes.csv",
        "own/article_1.yml",
        "own/latencies.csv",
        "own/messages.yml",
        "own/questions.yml",
        "own/repeats.csv",
        "own/reply_codes.csv",
        "own/traces.csv",
        "own/vectors.npz",
    )
}
MEND = "put it back with `git checkout aipm/datasets/data`, or write it again with `make data`"
MEND_OWN = "put it back with `git checkout aipm/datasets/data`"


def folder():
    """Folder that data is read from: ``data`` beside this module, or ``$AIPM_DATA``."""
    return Path(os.environ.get("AIPM_DATA") or DATA)


def names():
    """Names of the data sets, as :func:`hash` and ``evidence.begin`` know them: a sorted list of
    str."""
    return sorted(FILES)


def hash(name):
    """SHA-256, 64 hexadecimal digits, of the file of a data set; raises as :func:`path` does."""
    return _found(name)[1]


def path(name):
    """Path of the file of a data set, which is one of :func:`names`.

    Raises
    ------
    CourseError
        If there is no such data set, or its file is missing or changed.
    """
    return _found(name)[0]


def read_csv(name, categories=()):
    """Table of a CSV file; only an empty cell is missing, as some columns hold the word "none" as
    a value."""
    return pd.read_csv(
        path(name),
        dtype=dict.fromkeys(categories, "category"),
        keep_default_na=False,
        na_values=[""],
    )


def _found(name):
    """Path and SHA-256 of a file."""
    if name not in FILES:
        raise CourseError(f"There is no data set {name!r}; there are {', '.join(names())}.")
    file, own = folder() / FILES[name], FILES[name].startswith("own/")
    if not file.is_file():
        raise CourseError(
            f"The file {file.name} is missing from {file.parent}; {MEND_OWN if own else MEND}."
        )
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if not own and _listed().get(file.name) != digest:
        raise CourseError(
            f"The file {file.name} in {file.parent} is not the one the course was written with;"
            f" {MEND}."
        )
    return file, digest


def _listed():
    """SHA-256 of each file that ``make data`` writes, by its name."""
    sums = folder() / "SHA256SUMS"
    if not sums.is_file():
        raise CourseError(f"The file {sums.name} is missing from {sums.parent}; {MEND}.")
    return dict(
        reversed(line.split(maxsplit=1)) for line in sums.read_text(encoding="utf-8").splitlines()
    )
