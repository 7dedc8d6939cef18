"""What the library ``aipm`` offers: its public functions, and the chapter that explains each."""

import ast
import importlib
import inspect
import pkgutil
from collections import defaultdict
from functools import cache

from coursekit import ROOT
from coursekit.content import notebooks

PACKAGES = ("estimates", "models", "fairness", "privacy", "operations", "language", "datasets")
PACKAGES += ("cases",)
INNER = ("aipm.estimates.printing", "aipm.language.llm.")  # of use to the library alone


@cache
def public():
    """Public functions by the module that readers import them from.

    Returns
    -------
    dict of str to list of str
        Names of functions by module, such as ``"aipm.models.decisions"``, or by the package that
        offers them, such as ``"aipm.estimates"``; in the order of PACKAGES.
    """
    found = defaultdict(list)
    for package in PACKAGES:
        start = importlib.import_module(f"aipm.{package}")
        modules = pkgutil.walk_packages(start.__path__, f"{start.__name__}.")
        for name in [start.__name__, *(module.name for module in modules)]:
            if name.startswith(INNER) or "._" in name:
                continue
            for key, value in vars(importlib.import_module(name)).items():
                own = getattr(value, "__module__", None) == name and inspect.isfunction(value)
                if own and not key.startswith("_"):
                    found[_offered_by(name, key, value)].append(key)
    return {name: found[name] for name in sorted(found, key=_place)}


def _offered_by(module, name, function):
    """The outermost package under aipm that offers a function, or its own module."""
    parts = module.split(".")
    for depth in range(2, len(parts)):
        package = ".".join(parts[:depth])
        if getattr(importlib.import_module(package), name, None) is function:
            return package
    return module


def _place(name):
    return PACKAGES.index(name.split(".")[1]), name


@cache
def explained():
    """The chapter that explains each public function: the first whose lab or exercises use it, or
    else use another function of its module.

    Returns
    -------
    dict of str to str
        Slug by the function's full name, such as ``"aipm.models.decisions.cost_of"``.
    """
    used, found = {}, {}
    for folder in ("labs", "solutions"):
        for path in sorted((ROOT / "notebooks" / folder).glob("[0-9][0-9]_*.ipynb")):
            for function in _used(path):
                used.setdefault(function, path.stem)
    for module, functions in public().items():
        objects = {name: getattr(importlib.import_module(module), name) for name in functions}
        slugs = {name: used.get(thing) for name, thing in objects.items()}
        near = defaultdict(list)
        for name, slug in slugs.items():
            near[objects[name].__module__] += [slug] if slug else []
        for name, slug in slugs.items():
            slug = slug or min(near[objects[name].__module__], default=None)
            if slug:
                found[f"{module}.{name}"] = slug
    return found


def _used(path):
    """The functions of the library that the code of a notebook uses."""
    code = [cell.source for cell in notebooks.read(path).cells if cell.cell_type == "code"]
    nodes = [node for source in code for node in ast.walk(ast.parse(source))]
    modules, found = {}, []
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "aipm":
            for alias in node.names:
                thing = getattr(importlib.import_module(node.module), alias.name, None)
                modules[alias.asname or alias.name] = thing
                found.append(thing)
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.append(getattr(modules.get(node.value.id), node.attr, None))
    return [thing for thing in found if inspect.isfunction(thing)]
