"""The one border between a caller's data and this library.

Only this module decides what is a column of yes and no, a column of numbers, a count, a share or
a column of groups. A public function names the kind of each of its arguments in :func:`checked`;
what does not fit is refused in one sentence that names the argument, the rows and what to do.
"""

import functools
import inspect

from aipm.errors import CourseError
from aipm.validation.columns import Labels, Numbers, YesNo
from aipm.validation.values import (
    CLASSIFIER,
    FLAG,
    FUNCTION,
    INSIDE,
    MODEL,
    SEED,
    SHARE,
    TEXT,
    Cases,
    Choice,
    Count,
    Kind,
    Mapping,
    Matrix,
    Number,
    Several,
    Table,
)

__all__ = [
    "CLASSIFIER",
    "FLAG",
    "FUNCTION",
    "INSIDE",
    "MODEL",
    "SEED",
    "SHARE",
    "TEXT",
    "Cases",
    "Choice",
    "Count",
    "Kind",
    "Labels",
    "Mapping",
    "Matrix",
    "Number",
    "Numbers",
    "Several",
    "Table",
    "YesNo",
    "checked",
    "same_length",
]


def checked(*, equal=(), **kinds):
    """Let a function see its arguments only when each is of its kind.

    Parameters
    ----------
    equal : tuple of str
        Arguments that hold one value for each case, and so have one length.
    **kinds : callable
        For each argument one of the kinds below: from the words that name it and its value to the
        value that the function gets. An argument whose default is None may be left out.

    Returns
    -------
    callable
        A decorator; the function keeps its name, signature and docstring.
    """

    def wrap(function):
        signature = inspect.signature(function)

        @functools.wraps(function)
        def border(*args, **kwargs):
            given = signature.bind(*args, **kwargs)
            given.apply_defaults()
            for name, kind in kinds.items():
                value, parameter = given.arguments[name], signature.parameters[name]
                told = f"{function.__name__}: {name}"
                if parameter.kind is parameter.VAR_POSITIONAL:
                    given.arguments[name] = tuple(kind(told, each) for each in value)
                elif value is not None or parameter.default is not None:
                    given.arguments[name] = kind(told, value)
            present = [name for name in equal if given.arguments[name] is not None]
            same_length(function.__name__, **{name: given.arguments[name] for name in present})
            return function(*given.args, **given.kwargs)

        border.kinds, border.equal = kinds, equal
        return border

    return wrap


def same_length(name, **columns):
    """Refuse columns of different lengths; ``name`` is the function's."""
    if len({len(column) for column in columns.values()}) > 1:
        told = ", ".join(f"{key} has {len(column):,}" for key, column in columns.items())
        raise CourseError(f"{name}: {told} rows; give one value for each case in all of them.")
