"""Labs and solutions, as a reader runs them: offline, on one core, outputs and figures as
stored.
"""

import base64
import os
import shutil
import subprocess
import sys

import nbformat
import numpy as np
import pytest

from coursekit import ROOT
from tests.notebooks.comparing import CHANGED, changed_pixels, differences
from tests.notebooks.processors import TURN, refused, simulated
from tests.notebooks.running import EVIDENCE, LABS, STORED, evidence_of, named, nbval, outputs


@pytest.mark.slow
@pytest.mark.parametrize("path", STORED, ids=named)
def test_runs_as_stored(path, tmp_path, learner_python):
    """As a learner's: in the environment that Binder builds, on one core. Labs take turns on this
    processor and simulated ones; test_processors runs some of them on all, with two threads.
    """
    processor = TURN.get(path)
    if processor and not refused(processor):
        done, took = simulated(processor, path, tmp_path, python=learner_python)
    else:
        processor = "this processor"
        done, took = nbval(path, tmp_path, python=learner_python)
    assert done.returncode == 0, (
        f"{named(path)} no longer prints what it stores ({processor}). If you did not mean to"
        " change it, git checkout it. If the change is meant, run make notebooks and read the new"
        " outputs. If it prints the same on another processor, print fewer"
        f" digits.\n{done.stdout[-6000:]}"
    )
    assert took["cut"] or "CI" not in os.environ, (
        "The network could not be cut: this machine forbids `unshare --net --map-root-user`."
    )
    assert path not in LABS or took["seconds"] <= 30, (
        f"{named(path)} takes {took['seconds']:.0f} s of one core; a learner waits 30 s at most."
    )
    assert took["megabytes"] <= 1000, (
        f"{named(path)} takes {took['megabytes']:.0f} MB; Binder has 1 GB to spare."
    )
    if path in LABS:
        found = differences(path.stem, tmp_path / "evidence")
        assert not found, f"{named(path)} on {processor}:\n" + "\n".join(found)


@pytest.mark.parametrize("path", LABS, ids=named)
def test_shows_the_figures_it_recorded(path):
    figures = evidence_of(path.stem)["figures"].values()
    recorded = {(EVIDENCE / figure["file"]).read_bytes() for figure in figures}
    shown = {
        base64.b64decode(output["data"]["image/png"])
        for output in outputs(path)
        if "image/png" in output.get("data", {})
    }
    assert shown == recorded, (
        f"{named(path)} shows other figures than notebooks/evidence/{path.stem}: run make"
        " notebooks."
    )


@pytest.mark.slow
def test_a_changed_number_fails_and_names_the_cell(tmp_path):
    notebook = nbformat.read(STORED[0], 4)
    number, output = next(
        (n, o)
        for n, c in enumerate(x for x in notebook.cells if x.cell_type == "code")
        for o in c.outputs
        if o.output_type == "stream" and any(d.isdigit() for d in o.text)
    )
    digit = next(d for d in output.text if d.isdigit())
    output.text = output.text.replace(digit, "8" if digit == "7" else "7", 1)
    folder = STORED[0].parent
    changed = folder / f"zz_{os.getpid()}.ipynb"
    try:
        nbformat.write(notebook, changed)
        done, _ = nbval(changed, tmp_path)
    finally:
        changed.unlink()
    assert done.returncode == 1
    assert f"Cell {number}" in done.stdout, done.stdout[-3000:]


def test_a_changed_curve_fails(tmp_path):
    import matplotlib.pyplot as plt

    from aipm.course import evidence  # noqa: F401 - sets the house style

    x = np.linspace(0, 1, 30)
    for name, shift in (("old", 0), ("same", 0), ("new", 0.05)):
        figure, axes = plt.subplots()
        axes.plot(x, x**2 + shift * x)
        axes.set(xlim=(0, 1), ylim=(0, 1.2))
        figure.savefig(tmp_path / f"{name}.png")
        plt.close(figure)
    assert changed_pixels(tmp_path / "old.png", tmp_path / "same.png") == 0
    assert changed_pixels(tmp_path / "old.png", tmp_path / "new.png") > CHANGED


@pytest.mark.slow
def test_a_second_execution_changes_no_byte(tmp_path):
    """The smallest lab: `make notebooks` on unchanged sources leaves every file as it is."""
    lab = min(LABS, key=lambda path: path.stat().st_size)
    copy = lab.with_name(f"zz_{os.getpid()}_again.ipynb")
    try:
        shutil.copy(lab, copy)
        done = subprocess.run(
            [sys.executable, "-m", "coursekit.build.notebooks", str(copy)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=os.environ | {"AIPM_EVIDENCE": str(tmp_path)},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert copy.read_bytes() == lab.read_bytes(), (
            f"{named(lab)} is not as make notebooks writes it: run make notebooks."
        )
    finally:
        copy.unlink()
