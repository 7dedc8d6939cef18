"""Where the course lies: the folder of its repository, or what the installed package carries."""

from functools import cache
from pathlib import Path

from aipm.errors import CourseError

PACKAGE = Path(__file__).resolve().parents[1]
MARKS = ("_toc.yml", "notebooks/labs", "aipm")  # what makes a folder the course's repository
SHIPPED = Path(__file__).resolve().with_name("shipped")  # in a wheel: copies of what is read


@cache
def root():
    """Folder of the course's repository, in which this package lies; None if it was installed
    from a wheel.
    """
    folder = PACKAGE.parent
    return folder if all((folder / mark).exists() for mark in MARKS) else None


def find(file):
    """Path of a file or folder of the course: in its repository, or the copy in this package.

    Parameters
    ----------
    file : str
        Path in the repository, such as ``"book/facts.yml"``; a copy has its last part as name.

    Raises
    ------
    CourseError
        If there is neither.
    """
    path = root() / file if root() else SHIPPED / Path(file).name
    if not path.exists():
        raise CourseError(
            f"There is no {file} here: this copy of the course is not whole; install the package"
            " aipm again, or work in a checkout of the course."
        )
    return path
