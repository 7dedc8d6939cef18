"""Evidence is written only when an author records, the same on every run, with the hash of the
cells that ran; and it refuses what no page could quote.
"""

import json
import math
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import nbclient
import nbformat
import numpy as np
import pytest

from aipm import CourseError, datasets
from aipm.course import evidence, paths, recorded
from aipm.estimates import share
from aipm.estimates.estimate import Estimate

SLUG = "05_overfitting"
CELLS = [
    "from aipm.course import evidence\n\n",
    f'evidence.begin("{SLUG}", data=["credit"])',
    "",
    "import matplotlib.pyplot as plt\nvalue = 0.6526",
    'evidence.figure("line", plt.figure(), alt="A figure with nothing in it.")',
    '%precision 3\nevidence.record("value", value)\nevidence.save()\n',
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("AIPM_EVIDENCE", str(tmp_path))
    evidence.begin(SLUG, data=["credit"])
    return tmp_path


def written(folder):
    evidence.save()
    return json.loads((folder / f"{SLUG}.json").read_text(encoding="utf-8"))


def test_records_value_unit_n_interval_and_data(folder):
    evidence.record(
        "auc", np.float64(0.123456789), n=np.int64(1604), interval=(0.1, 0.2), unit="AUC"
    )
    assert written(folder)["results"]["auc"] == {
        "value": 0.1235,
        "n": 1604,
        "interval": [0.1, 0.2],
        "unit": "AUC",
    }
    assert written(folder)["data"] == {"credit": datasets.hash("credit")}


def test_is_the_same_byte_for_byte_in_any_order(folder):
    def run(keys):
        evidence.begin(SLUG)
        for key in keys:
            evidence.record(key, 1 / 3)
        figure, axes = plt.subplots()
        axes.plot([1, 2], [3, 4])
        evidence.figure("line", figure, alt="A line that rises from three to four.")
        evidence.save()
        return (folder / f"{SLUG}.json").read_bytes(), (folder / SLUG / "line.png").read_bytes()

    assert run(["a", "b"]) == run(["b", "a"])


def test_begin_forgets_what_was_there(folder):
    evidence.record("old", 1)
    evidence.begin(SLUG)
    assert written(folder)["results"] == {}


def test_an_estimate_is_recorded_whole(folder):
    evidence.record("caught", share(23, 32))
    low, high = share(23, 32).interval
    expected = {
        "value": 0.7188,
        "n": 32,
        "interval": [round(low, 4), round(high, 4)],
        "method": "Wilson",
    }
    assert written(folder)["results"]["caught"] == expected


def test_an_estimate_without_an_interval_is_recorded_without_one(folder):
    alone = Estimate(0.5, math.nan, math.nan, 1, "no interval: one case", "mean")
    evidence.record("alone", alone)
    entry = {"value": 0.5, "n": 1, "method": "no interval: one case"}
    assert written(folder)["results"]["alone"] == entry
    for value, low, method in (
        (math.nan, 0.1, "t"),
        (0.5, math.nan, "t"),
        (math.nan, 1, "no interval"),
    ):
        with pytest.raises(CourseError, match="not a number"):
            evidence.record("bad", Estimate(value, low, 2, 9, method, "mean"))


def test_a_key_stands_once(folder):
    evidence.record("auc", 0.5)
    evidence.figure("auc", plt.figure(), alt="A figure may have the name of a result.")
    with pytest.raises(CourseError, match="'auc' is recorded twice among the results"):
        evidence.record("auc", 0.6)
    with pytest.raises(CourseError, match="'auc' is recorded twice among the figures"):
        evidence.figure("auc", plt.figure(), alt="Another figure that has the same name.")
    assert written(folder)["results"]["auc"]["value"] == 0.5


def test_an_interrupted_lab_changes_nothing(folder):
    evidence.record("auc", 0.5)
    before = written(folder)
    evidence.begin(SLUG)
    evidence.record("auc", 0.6)
    evidence.figure("line", plt.figure(), alt="A line that was never saved by its lab.")
    assert json.loads((folder / f"{SLUG}.json").read_text(encoding="utf-8")) == before
    assert not list(folder.rglob("*.png"))


def test_a_picture_that_is_drawn_no_more_goes(folder):
    evidence.figure("old", plt.figure(), alt="A figure that the lab will not draw again.")
    evidence.save()
    assert (folder / SLUG / "old.png").exists()
    evidence.begin(SLUG)
    evidence.save()
    assert not (folder / SLUG / "old.png").exists()


@pytest.mark.slow
def test_two_runs_at_once_leave_one_whole_record(folder):
    code = (
        "import sys; from aipm.course import evidence\n"
        f"evidence.begin('{SLUG}')\n"
        "for number in range(200): evidence.record(f'key_{number}', float(sys.argv[1]))\n"
        "evidence.save()\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, value]) for value in ("1", "2")]
    assert [run.wait() for run in runs] == [0, 0]
    values = {
        entry["value"]
        for entry in json.loads((folder / f"{SLUG}.json").read_text("utf-8"))["results"].values()
    }
    assert len(values) == 1


@pytest.mark.parametrize(
    ("key", "value", "options", "said"),
    [
        ("auc", float("nan"), {}, "not a number"),
        ("auc", float("inf"), {}, "not a number"),
        ("auc", [1, 2], {}, "one plain value"),
        ("auc", None, {}, "one plain value"),
        ("Best AUC", 1, {}, "snake_case"),
        ("auc", 1, {"n": 0}, "positive whole number"),
        ("auc", 1, {"n": 2.5}, "positive whole number"),
        ("auc", 1, {"interval": (2, 1)}, "lower limit first"),
    ],
)
def test_refuses_what_cannot_be_quoted(folder, key, value, options, said):
    with pytest.raises(CourseError, match=said):
        evidence.record(key, value, **options)
    assert written(folder)["results"] == {}


def test_a_figure_needs_words(folder):
    with pytest.raises(CourseError, match="alt text"):
        evidence.figure("line", plt.figure(), alt="A figure")


def test_unknown_chapter_and_data_are_named(folder):
    with pytest.raises(CourseError, match="99_nothing"):
        evidence.begin("99_nothing")
    with pytest.raises(CourseError, match="nodata"):
        evidence.begin(SLUG, data=["nodata"])


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_written_is_refused_at_the_start(tmp_path, monkeypatch, place):
    (tmp_path / "file").touch()
    monkeypatch.setenv("AIPM_EVIDENCE", str(tmp_path / place))
    with pytest.raises(CourseError, match=r"cannot be written to .*AIPM_EVIDENCE") as caught:
        evidence.begin(SLUG)
    assert "\n" not in str(caught.value)


def write(cells, folder):
    """A lab with some code, as a file in a folder."""
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Lab"), *code])
    path = folder / f"{SLUG}.ipynb"
    nbformat.write(notebook, path)
    return path


def execute(path):
    """Run a notebook in its folder as JupyterLab does, without saving it."""
    notebook = nbformat.read(path, 4)
    resources = {"metadata": {"path": str(path.parent)}}
    nbclient.NotebookClient(notebook, kernel_name="python3", resources=resources).execute()
    assert "image/png" in notebook.cells[5].outputs[0].data


@pytest.mark.slow
def test_the_hash_is_that_of_the_cells_that_ran(tmp_path, monkeypatch):
    """One changed number that is run and not saved: the record does not pass for the lab's."""
    folder, labs = tmp_path / "evidence", tmp_path / "notebooks" / "labs"
    monkeypatch.setenv("AIPM_EVIDENCE", str(folder))
    labs.mkdir(parents=True)
    lab = write(CELLS, labs)
    execute(lab)
    assert recorded.read(None, SLUG, folder)["lab"] == recorded.lab_hash(lab)
    execute(write([cell.replace("0.6526", "0.5617") for cell in CELLS], tmp_path))
    ran = recorded.read(None, SLUG, folder)
    assert ran["results"]["value"]["value"] == 0.5617
    said = recorded.problems(tmp_path, SLUG, folder)
    assert said[0].endswith("other cells ran when it was recorded: run make notebooks.")


@pytest.mark.slow
def test_a_readers_run_writes_nothing_wherever_the_notebook_lies(tmp_path, monkeypatch):
    monkeypatch.delenv("AIPM_EVIDENCE", raising=False)
    stored = paths.root() / recorded.EVIDENCE / f"{SLUG}.json"
    before = stored.read_bytes()
    path = write([*CELLS, *CELLS[3:]], tmp_path)  # cells run again, keys and all
    execute(path)
    assert list(tmp_path.rglob("*")) == [path]
    assert stored.read_bytes() == before


def test_a_readers_run_still_checks_what_it_is_given(tmp_path, monkeypatch):
    monkeypatch.delenv("AIPM_EVIDENCE", raising=False)
    monkeypatch.setattr(paths, "root", lambda: None)
    evidence.begin("77_a_chapter_of_my_own", data=["credit"])
    with pytest.raises(CourseError, match="not a number"):
        evidence.record("auc", math.nan)
    with pytest.raises(CourseError, match="alt text"):
        evidence.figure("line", plt.figure(), alt="A figure")
    evidence.record("auc", 0.5)
    evidence.save()
    assert evidence.place("dossier.md") == Path("dossier.md")


def test_without_a_repository_the_package_brings_its_own_copies(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "root", lambda: None)
    monkeypatch.setattr(paths, "SHIPPED", tmp_path)
    with pytest.raises(CourseError, match="not whole") as caught:
        recorded.problems(None, SLUG)
    assert "\n" not in str(caught.value)
    (tmp_path / "evidence").mkdir()
    entry = {"data": {"credit": datasets.hash("credit")}, "results": {}, "lab": "of no file"}
    (tmp_path / "evidence" / f"{SLUG}.json").write_text(json.dumps(entry), encoding="utf-8")
    assert recorded.problems(None, SLUG) == []
    assert recorded.read(None, SLUG) == entry
    entry["data"]["credit"] = "0" * 64
    (tmp_path / "evidence" / f"{SLUG}.json").write_text(json.dumps(entry), encoding="utf-8")
    assert "another version of the data set credit" in recorded.problems(None, SLUG)[0]


def test_record_before_begin_says_what_to_do(monkeypatch):
    monkeypatch.setattr(evidence, "_lab", {})
    with pytest.raises(CourseError, match="call evidence.begin"):
        evidence.record("auc", 1)
