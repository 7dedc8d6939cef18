"""Evidence is written the same on every run, and refuses what no page could quote."""

import json
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest

from aipm import CourseError, datasets
from aipm.course import evidence
from aipm.estimates import share

SLUG = "05_overfitting"


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


def test_an_interrupted_lab_changes_nothing(folder):
    evidence.record("auc", 0.5)
    before = written(folder)
    evidence.begin(SLUG)
    evidence.record("auc", 0.6)
    evidence.figure("line", plt.figure(), alt="A line that was never saved by its lab.")
    assert json.loads((folder / f"{SLUG}.json").read_text()) == before
    assert not list(folder.rglob("*.png"))


def test_a_picture_that_is_drawn_no_more_goes(folder):
    evidence.figure("old", plt.figure(), alt="A figure that the lab will not draw again.")
    evidence.save()
    assert (folder / SLUG / "old.png").exists()
    evidence.begin(SLUG)
    evidence.save()
    assert not (folder / SLUG / "old.png").exists()


def test_two_runs_at_once_leave_one_whole_record(folder):
    code = (
        "import sys; from aipm import evidence; import matplotlib.pyplot as plt\n"
        f"evidence.begin('{SLUG}')\n"
        "for number in range(200): evidence.record(f'key_{number}', float(sys.argv[1]))\n"
        "evidence.save()\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, value]) for value in ("1", "2")]
    assert [run.wait() for run in runs] == [0, 0]
    values = {
        entry["value"]
        for entry in json.loads((folder / f"{SLUG}.json").read_text())["results"].values()
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


def test_record_before_begin_says_what_to_do(monkeypatch):
    monkeypatch.setattr(evidence, "_lab", {})
    with pytest.raises(CourseError, match="call evidence.begin"):
        evidence.record("auc", 1)
