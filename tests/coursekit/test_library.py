"""Every public function of the library says what it takes and gives, and is explained somewhere;
every example in a docstring is true.
"""

import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

import aipm
from coursekit.content import library

FUNCTIONS = [
    (f"{module}.{name}", getattr(importlib.import_module(module), name))
    for module, names in library.public().items()
    for name in names
]
MODULES = [
    module.name
    for module in pkgutil.walk_packages(aipm.__path__, "aipm.")
    if "._" not in module.name
]


def section(text, title):
    """Lines of one section of a docstring, empty if there is none."""
    found = re.search(rf"^{title}\n-+\n(.*?)(?=^\w[\w ]*\n-+\n|\Z)", text, re.M | re.S)
    return found[1] if found else ""


@pytest.mark.parametrize(("name", "function"), FUNCTIONS, ids=[name for name, _ in FUNCTIONS])
def test_a_docstring_says_what_a_function_takes_and_gives(name, function):
    text = inspect.getdoc(function)
    told = re.findall(r"^([*\w, ]+?)(?: : \S.*)?$", section(text, "Parameters"), re.M)
    named = {word.strip(" *") for words in told for word in words.split(",")}
    lacking = [key for key in inspect.signature(function).parameters if key not in named]
    assert not lacking, (
        f"{name}: its docstring has no {', '.join(lacking)} under Parameters; say type, shape and"
        " unit of each."
    )
    assert section(text, "Returns"), f"{name}: its docstring says nothing under Returns."


@pytest.mark.parametrize("name", [name for name, _ in FUNCTIONS])
def test_a_function_is_explained_in_a_chapter(name):
    assert name in library.explained(), (
        f"no lab or exercise uses {name} or another function of its module: use it where it is"
        " explained, or make it private."
    )


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0, (
        f"an example in {name} gives something else; the difference stands above."
    )
