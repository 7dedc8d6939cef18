"""A path that a text or a docstring names exists."""

import json
import re
import subprocess

import pytest

from coursekit import ROOT

FOLDERS = "(?:aipm|coursekit|tests|notebooks|book)"
PATH = re.compile(rf"(?<![\w/.])({FOLDERS}/[\w/.-]*\w\.(?:py|yml|md|csv))")
NAMED = subprocess.run(
    ["git", "ls-files", "*.py", "*.md", "*.rst", "*.ipynb", "Makefile"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    encoding="utf-8",
).stdout.split()
TEXTS = [name for name in NAMED if not name.startswith(("tests/", "notebooks/exercises/"))]
SAMPLE = re.compile(r"NN_|90_|_slug|05_overfitting\.new|20_|03_data_assessment")


@pytest.mark.skipif(not NAMED, reason="there is no git here to ask for the files")
@pytest.mark.parametrize("name", TEXTS)
def test_a_named_path_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    if name.endswith(".ipynb"):
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
    lost = sorted(
        path
        for path in set(PATH.findall(text))
        if not (ROOT / path).exists() and not SAMPLE.search(path)
    )
    assert not lost, f"{name} names {', '.join(lost)}, which does not exist: correct the path."
