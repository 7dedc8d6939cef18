"""Find the course's data files and see that they are the ones it was written with.

Files lie in ``data`` beside this module, or in the folder that the variable ``AIPM_DATA`` names.
Those that ``make data`` writes are listed with their SHA-256 in ``SHA256SUMS``; those in ``own``,
which the course's authors made, are not.
"""

import hashlib
import os
from pathlib import Path

import pandas as pd

from aipm.errors import CourseError
from aipm.validation.words import brief

DATA = Path(__file__).resolve().with_name("data")
REPOSITORY = DATA.parents[2]  # if there is one: a wheel has none
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
        "own/about_people.yml",
        "own/article_1.yml",
        "own/latencies.csv",
        "own/messages.yml",
        "own/notes.yml",
        "own/questions.yml",
        "own/repeats.csv",
        "own/reply_codes.csv",
        "own/told.yml",
        "own/traces.csv",
        "own/vectors.npz",
    )
}


def folder():
    """Folder that data is read from: ``data`` beside this module, or ``$AIPM_DATA``."""
    return Path(os.environ.get("AIPM_DATA") or DATA)


def names():
    """Names of the data sets, as :func:`hash` and ``evidence.begin`` know them.

    Returns
    -------
    list of str
        Sorted.
    """
    return sorted(FILES)


def hash(name):
    """SHA-256 of the file of a data set.

    Parameters
    ----------
    name : str
        One of :func:`names`.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    CourseError
        As :func:`path` does.
    """
    return _found("hash", name)[1]


def path(name):
    """Path of the file of a data set.

    Parameters
    ----------
    name : str
        One of :func:`names`.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    CourseError
        If there is no such data set, or its file is missing or changed.
    """
    return _found("path", name)[0]


def read_csv(name, categories=()):
    """Table of a CSV file; only an empty cell is missing, as some columns hold the word "none" as
    a value.
    """
    return pd.read_csv(
        path(name),
        dtype=dict.fromkeys(categories, "category"),
        keep_default_na=False,
        na_values=[""],
    )


def read_own(name):
    """What the file of entries ``own/NAME.yml`` holds under its name."""
    try:
        import yaml
    except ImportError:
        raise CourseError(
            f"The data set {name} needs PyYAML, which is not installed: pip install"
            " 'aipm[course]'."
        ) from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path(name).read_text(encoding="utf-8"), Loader=loader)[name]


def _found(function, name):
    """Path and SHA-256 of a file; ``function`` is the one that a caller called."""
    if not isinstance(name, str) or name not in FILES:
        raise CourseError(
            f"{function}: name is {brief(name)}, which is no data set; choose one of"
            f" {', '.join(names())}."
        )
    file, own = folder() / FILES[name], FILES[name].startswith("own/")
    if not file.is_file():
        raise CourseError(f"The file {file.name} is missing from {file.parent}; {_mend(own)}.")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if not own and _listed().get(file.name) != digest:
        raise CourseError(
            f"The file {file.name} in {file.parent} is not the one the course was written with;"
            f" {_mend(own)}."
        )
    return file, digest


def _listed():
    """SHA-256 of each file that ``make data`` writes, by its name."""
    sums = folder() / "SHA256SUMS"
    if not sums.is_file():
        raise CourseError(f"The file {sums.name} is missing from {sums.parent}; {_mend()}.")
    return dict(
        reversed(line.split(maxsplit=1)) for line in sums.read_text(encoding="utf-8").splitlines()
    )


def _mend(own=False):
    """How a file comes back: from the repository, or with the package."""
    if not (REPOSITORY / ".git").exists():
        return "install the package aipm again, by pip install --force-reinstall with its wheel"
    again = "" if own else ", or write it again with `make data`"
    return f"put it back with `git checkout aipm/datasets/data`{again}"
