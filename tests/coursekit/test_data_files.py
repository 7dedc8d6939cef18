"""A data file that somebody changed or removed is named, with the way back."""

import shutil

import pytest

from coursekit import ROOT
from coursekit.rules import data

NAME = "aipm/datasets/data/credit.csv"


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / data.FOLDER, tmp_path / data.FOLDER)
    assert not data.problems(tmp_path)
    return tmp_path


def test_a_changed_data_file_is_named(copy):
    text = (copy / NAME).read_text(encoding="utf-8")
    (copy / NAME).write_text(text.replace("9", "8", 1), encoding="utf-8", newline="\n")
    (found,) = data.problems(copy)
    assert found.startswith(f"{NAME} is not the file") and f"git checkout {NAME}" in found
    assert not data.problems(copy, "05_overfitting"), "one chapter alone says nothing of data"


def test_a_removed_data_file_is_named(copy):
    (copy / NAME).unlink()
    assert data.problems(copy) == [f"{NAME} is missing: git checkout {NAME}."]
