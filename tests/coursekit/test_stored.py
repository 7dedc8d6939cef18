"""A stored output or an answer that somebody changed is named with its file."""

import shutil

import pytest

from coursekit import ROOT
from coursekit.content import notebooks
from coursekit.rules import stored

SLUG = "09_bias_audit"
FILES = [f"notebooks/{kind}/{SLUG}.ipynb" for kind in stored.KINDS]
BANK = f"aipm/course/answers/{SLUG}.yml"


@pytest.fixture
def copy(tmp_path):
    for name in (*FILES, BANK):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    assert not stored.problems(tmp_path, SLUG)
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_changed_output_names_its_notebook(copy, name):
    notebook = notebooks.read(copy / name)
    output = next(
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and "1" in output.text
    )
    output.text = output.text.replace("1", "2", 1)
    notebooks.write(notebook, copy / name)
    (found,) = stored.problems(copy, SLUG)
    assert found.startswith(f"{name}: its stored outputs") and f"git checkout {name}" in found
    assert f"make notebooks CHAPTER={SLUG}" in found


def test_a_changed_answer_names_its_bank(copy):
    text = (copy / BANK).read_text(encoding="utf-8")
    assert "answer: 0." in text
    (copy / BANK).write_text(text.replace("answer: 0.", "answer: 0.5", 1), encoding="utf-8")
    (found,) = stored.problems(copy, SLUG)
    assert found.startswith(f"{BANK} has changed since") and f"git checkout {BANK}" in found
