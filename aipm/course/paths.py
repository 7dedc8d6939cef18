"""Where the course lies: the folder of its repository, if there is one around."""

from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
MARKS = ("_toc.yml", "notebooks/labs", "aipm")  # what makes a folder the course's repository


@cache
def root():
    """Folder of the course's repository, in which this package lies; None if it was installed
    from a wheel."""
    folder = PACKAGE.parent
    return folder if all((folder / mark).exists() for mark in MARKS) else None
