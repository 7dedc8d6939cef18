"""Every public function of aipm refuses every kind of bad input in one sentence.

A function is covered as soon as it is public: its arguments have kinds, and each kind has its
list of bad inputs here.
"""

import importlib
import inspect
import math
import pkgutil
import re

import numpy as np
import pandas as pd
import pytest
from mapie.regression import SplitConformalRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

import aipm
from aipm.errors import CourseError
from aipm.estimates import share
from aipm.language.llm import Reply, Usage
from aipm.validation import (
    Cases,
    Choice,
    Kind,
    Labels,
    Mapping,
    Matrix,
    Number,
    Numbers,
    Several,
    Table,
    YesNo,
)

ELSEWHERE = ("aipm.course", "aipm.validation", "aipm.language.llm", "aipm.datasets._files")
ROWS = 60  # of every good example
COLUMN = {
    "nothing": None,
    "one value": 1,
    "no rows": [],
    "two dimensions": np.ones((8, 2)),
    "a table": pd.DataFrame({"a": [1, 0], "b": [0, 1]}),
    "lists of other lengths": [[1], [0, 1]],
    "a missing value": [1, 0, None, 1, 0, 1, 0, 1],
    "a missing value of pandas": pd.array([1, 0, None, 1, 0, 1, 0, 1], dtype="Int64"),
}
TEXTS = {"text": ["good", "bad"] * 4, "digits as text": ["1", "0"] * 4}
BAD = {
    Labels: COLUMN,
    YesNo: COLUMN
    | TEXTS
    | {
        "not a number": [1.0, 0.0, math.nan, 1, 0, 1, 0, 1],
        "other numbers": [1, 2] * 4,
        "an infinity": [1.0, 0.0, math.inf, 1, 0, 1, 0, 1],
        "dates": pd.date_range("2026-01-01", periods=8),
    },
    Numbers: COLUMN
    | TEXTS
    | {
        "not a number": [1.0, 0.0, math.nan, 1, 0, 1, 0, 1],
        "an infinity": [1.0, 0.0, -math.inf, 1, 0, 1, 0, 1],
        "dates": pd.date_range("2026-01-01", periods=8),
        "complex numbers": [1j] * 8,
    },
    Cases: {key: value for key, value in COLUMN.items() if key != "one value"}
    | TEXTS
    | {"no whole number": 2.7, "a share": 0.72, "less than none": -1, "one text": "3"},
    Matrix: {
        "nothing": None,
        "one value": 1,
        "one dimension": [1.0, 2.0],
        "no rows": np.ones((0, 2)),
        "lists of other lengths": [[1], [0, 1]],
        "text": [["good", "bad"]] * 8,
        "an infinity": [[1.0, math.inf]] * 8,
    },
    Number: {
        "text": "3",
        "a list": [3],
        "not a number": math.nan,
        "a missing value": pd.NA,
        "yes": True,
        "many digits": 10**400,
    },
    Table: {
        "nothing": None,
        "a list": [[1, 2]],
        "no rows": pd.DataFrame({"a": []}),
        "no columns": pd.DataFrame(index=[0, 1]),
        "repeated columns": pd.DataFrame([[1, 2]], columns=["a", "a"]),
    },
    Choice: {"nothing": None, "another word": "no such word", "a list": ["nominal"]},
    Kind: {"nothing": None},
    Several: {"nothing": None, "text": "3", "one number": 3, "none": []},
    Mapping: {"nothing": None, "text": "3", "a list": [3], "empty": {}},
}
OBJECTS = {  # by the words in which a kind asks for them
    "a share": share(3, 8),
    "a scikit-learn classifier": LogisticRegression(),
    "a scikit-learn model": LogisticRegression(),
    "a scikit-learn transformer": StandardScaler(),
    "a function": max,
    "a text": "a text",
    "True or False": True,
    "a numpy.random.Generator": np.random.default_rng(0),
    "a list of texts, which may be empty": [],
    "a reply of llm.chat": Reply("a text", "live", "a model", Usage(1, 1, 0), "stop"),
    "a fitted model of minutes": LogisticRegression(),
    "an interval of promise_of": SplitConformalRegressor(),
}


def functions():
    """Every public function that takes arguments, by its name."""
    found = {}
    for module in pkgutil.walk_packages(aipm.__path__, "aipm."):
        if not module.name.startswith(ELSEWHERE) and "._" not in module.name:
            for name, value in vars(importlib.import_module(module.name)).items():
                own = getattr(value, "__module__", None) == module.name
                if inspect.isfunction(value) and own and not name.startswith("_"):
                    if inspect.signature(value).parameters:
                        found[f"{module.name.removeprefix('aipm.')}.{name}"] = value
    return found


FUNCTIONS = functions()


def bad_inputs(kind, default):
    """Bad inputs of a kind, by name; those that a limit adds are computed."""
    found = dict(BAD[type(kind)])
    if isinstance(kind, Number):
        low, high = max(kind.low, kind.above), min(kind.high, kind.below)
        if low > -math.inf:
            found["too small"] = low - 1
        if high < 10**12:
            found["per cent"] = 100 * high + 1
            found["an infinity"] = math.inf
        if kind.whole:
            found |= {"no whole number": low + 0.5, "an infinity": math.inf}
    if isinstance(kind, Numbers) and (kind.low, kind.high) == (0, 1):
        found["per cent"] = [45.0] * 8
    if isinstance(kind, YesNo) and kind.both:
        found["one class"] = [True] * 8
    if isinstance(kind, Matrix) and not kind.gaps:
        found["a missing value"] = [[1.0, math.nan]] * 8
    if isinstance(kind, Table):
        if kind.columns:
            found["a column less"] = pd.DataFrame({"nothing else": [1, 2]})
        if kind.numeric:
            found["text"] = pd.DataFrame({name: ["good", "bad"] for name in kind.columns or "a"})
        if kind.unique:
            columns = kind.columns or ("a",)
            found["repeated rows"] = pd.DataFrame(dict.fromkeys(columns, [1, 2]), index=["r", "r"])
    if isinstance(kind, (Mapping, Several)) and not kind.least:
        del found["empty" if isinstance(kind, Mapping) else "none"]
    if isinstance(kind, Kind) and kind.classes != (object,):
        found["an object"] = object()
    if isinstance(kind, (Several, Mapping)):
        inner = {f"with {name}": value for name, value in bad_inputs(kind.kind, 0).items()}
        if isinstance(kind, Several):
            found |= {name: [value] * max(kind.least, 1) for name, value in inner.items()}
        else:
            found |= {
                name: dict.fromkeys(kind.keys or ("a",), value) for name, value in inner.items()
            }
    if default is None:
        found.pop("nothing", None)  # the argument may be left out
    return found


def example(kind):
    """A good value of a kind."""
    if isinstance(kind, Matrix):
        return np.arange(2 * ROWS).reshape(ROWS, 2)
    if isinstance(kind, (YesNo, Cases)):
        return [True, False] * (ROWS // 2)
    if isinstance(kind, Numbers):
        return np.linspace(max(kind.low, 0), min(kind.high, 1), ROWS)
    if isinstance(kind, Labels):
        return list("ab") * (ROWS // 2)
    if isinstance(kind, Number):
        low, high = max(kind.low, kind.above, 0), min(kind.high, kind.below, 10**3)
        return math.ceil((low + high) / 2) if kind.whole else (low + high) / 2
    if isinstance(kind, Table):
        names = kind.columns or ("a", "b")
        return pd.DataFrame({name: [0.0, 1.0] * (ROWS // 2) for name in names})
    if isinstance(kind, Choice):
        return kind.options[0]
    if isinstance(kind, Several):
        return [example(kind.kind)] * max(kind.least, 2)
    if isinstance(kind, Mapping):
        return {key: example(kind.kind) for key in kind.keys or ("a",)}
    return OBJECTS.get(kind.words, "a text")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_argument_has_a_kind(name):
    function = FUNCTIONS[name]
    lacking = set(inspect.signature(function).parameters) - set(getattr(function, "kinds", {}))
    assert not lacking, (
        f"aipm.{name} takes {', '.join(sorted(lacking))} as they come: name the kind of every"
        " argument in aipm.validation.checked, so that bad input is refused in one sentence."
    )


CELLS = [
    pytest.param(name, argument, what, id=f"{name}-{argument}-{what}".replace(" ", "_"))
    for name, function in FUNCTIONS.items()
    for argument, kind in getattr(function, "kinds", {}).items()
    for what in bad_inputs(kind, inspect.signature(function).parameters[argument].default)
]


@pytest.mark.parametrize(("name", "argument", "what"), CELLS)
@pytest.mark.filterwarnings("error")
def test_bad_input_is_refused_in_one_sentence(name, argument, what):
    function = FUNCTIONS[name]
    parameters = inspect.signature(function).parameters
    given = {key: example(kind) for key, kind in function.kinds.items()}
    bad = bad_inputs(function.kinds[argument], parameters[argument].default)[what]
    rest = [key for key, p in parameters.items() if p.kind is p.VAR_POSITIONAL]
    given |= {key: [given[key]] for key in rest}
    given[argument] = [bad] if argument in rest else bad
    positional = [each for key in rest for each in given.pop(key)]
    before = list(parameters)[: list(parameters).index(rest[0])] if rest else []
    first = [given.pop(key) for key in before]
    with pytest.raises(CourseError) as caught:
        function(*first, *positional, **given)
    said = str(caught.value)
    assert argument in said and name.rpartition(".")[2] in said, said
    assert "\n" not in said and said.endswith(".") and len(said) < 300, said
    assert not re.search(r"[.!?] [A-Z]", said), f"more than one sentence: {said}"


TOGETHER = [name for name, made in FUNCTIONS.items() if len(getattr(made, "equal", ())) > 1]


@pytest.mark.parametrize("name", TOGETHER)
def test_columns_of_different_lengths_are_refused(name):
    function = FUNCTIONS[name]
    given = {key: example(kind) for key, kind in function.kinds.items()}
    for key in function.equal:
        changed = given | {key: given[key][:-2]}
        if not isinstance(changed[key], (list, np.ndarray)) or len(changed[key]) < 2:
            continue
        with pytest.raises(CourseError, match="one value for each case"):
            function(**changed)
