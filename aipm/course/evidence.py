"""Record what a lab found, once, so that pages quote it and nobody types it again.

A lab calls :func:`begin`, then :func:`record` and :func:`figure`, and :func:`save` at its end.
Only that writes ``notebooks/evidence/NN_slug.json`` and its pictures, all at once and byte for
byte the same on every run: a lab that is interrupted changes nothing. ``AIPM_EVIDENCE`` names
another folder to write to.
"""

import base64
import hashlib
import io
import json
import os
import re
from pathlib import Path

import matplotlib.pyplot as plt
from filelock import FileLock
from IPython.display import display

from aipm import datasets as _data
from aipm.course import plain
from aipm.errors import CourseError
from aipm.estimates.estimate import Estimate

ROOT = Path(__file__).resolve().parents[2]
plt.style.use(Path(__file__).with_name("course.mplstyle"))

_lab = {}
_pictures = {}


def folder():
    """Folder that evidence is written to: ``notebooks/evidence`` or ``$AIPM_EVIDENCE``."""
    return Path(os.environ.get("AIPM_EVIDENCE") or ROOT / "notebooks" / "evidence")


def lab_hash(path):
    """SHA-256 of a notebook's code, by which stale evidence is recognised.

    Parameters
    ----------
    path : path-like
        An ``.ipynb`` file. Text cells, outputs and metadata do not count.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return hashlib.sha256("\n\n".join(code).encode()).hexdigest()


def begin(chapter, data=()):
    """Start the record of one chapter; what was recorded before and not saved is forgotten.

    Parameters
    ----------
    chapter : str
        Slug of the chapter, such as ``"05_overfitting"``.
    data : sequence of str
        Names of the data sets the lab reads, as in ``aipm.datasets.names()``.

    Raises
    ------
    CourseError
        If there is no such lab or data set.
    """
    lab = ROOT / "notebooks" / "labs" / f"{chapter}.ipynb"
    if not lab.exists():
        raise CourseError(
            f"There is no lab notebooks/labs/{chapter}.ipynb to record evidence for; check the"
            " slug."
        )
    _lab.clear()
    _pictures.clear()
    _lab.update(
        chapter=chapter,
        lab=lab_hash(lab),
        data={name: _data.hash(name) for name in data},
        results={},
        figures={},
    )


def record(key, value, *, n=None, interval=None, unit=None):
    """Record one result.

    Parameters
    ----------
    key : str
        Name in snake_case that pages quote, such as ``"best_test_auc"``.
    value : aipm.estimates.Estimate, float, int, str or bool
        What was found; floats keep four significant digits. An estimate brings its n, interval
        and method.
    n : int, optional
        Number of rows, people or draws behind the value.
    interval : (float, float), optional
        Lower and upper limit, in the unit of the value; say in the lab at what level.
    unit : str, optional
        What the value counts, such as ``"AUC"`` or ``"cost per applicant"``.

    Raises
    ------
    CourseError
        If the value, the interval or the key cannot be recorded.
    """
    _check_key(key)
    entry = {}
    if isinstance(value, Estimate):
        entry["method"] = value.method
        n, interval, value = value.n, value.interval, value.value
    entry["value"] = plain.value_of(key, value)
    if n is not None:
        entry["n"] = plain.value_of(key, n)
        if not isinstance(entry["n"], int) or entry["n"] < 1:
            raise CourseError(
                f"evidence {key!r}: n is {n!r}; give the number of cases, a positive whole number."
            )
    if interval is not None:
        low, high = (plain.value_of(key, limit) for limit in interval)
        if low > high:
            raise CourseError(
                f"evidence {key!r}: the interval runs from {low} to {high}; give the lower limit"
                " first."
            )
        entry["interval"] = [low, high]
    if unit is not None:
        entry["unit"] = unit
    _lab["results"][key] = entry


def figure(key, fig, *, alt):
    """Keep a figure with the text that says what it shows, and display it.

    Parameters
    ----------
    key : str
        Name in snake_case that pages quote, such as ``"depth_curve"``.
    fig : matplotlib.figure.Figure
    alt : str
        What the figure shows, in a sentence or two, for those who cannot see it.

    Raises
    ------
    CourseError
        If the alternative text is missing or the key is not a name.
    """
    _check_key(key)
    if len(alt.split()) < 5:
        raise CourseError(
            f"figure {key!r}: its alt text is {alt!r}; say in a sentence what the figure shows."
        )
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", metadata={"Software": None})
    plt.close(fig)
    png, file = buffer.getvalue(), f"{_lab['chapter']}/{key}.png"
    _pictures[file] = png
    _lab["figures"][key] = {"alt": alt, "file": file, "sha256": hashlib.sha256(png).hexdigest()}
    width = int(fig.get_figwidth() * 96)
    bundle = {"image/png": base64.b64encode(png).decode(), "text/plain": alt}
    display(bundle, raw=True, metadata={"image/png": {"width": width}})


def save():
    """Write all that was recorded, in one step; pictures that the lab no longer draws are removed.

    Two runs of a lab at once take turns, and the later one stands.

    Raises
    ------
    CourseError
        If :func:`begin` was not called.
    """
    _check_key("all")
    pictures = folder() / _lab["chapter"]
    pictures.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_lab, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    with FileLock(folder() / f".{_lab['chapter']}.lock"):
        for file, png in _pictures.items():
            plain.put(folder() / file, png)
        plain.put(folder() / f"{_lab['chapter']}.json", text.encode())
        for path in pictures.glob("*.png"):
            if f"{pictures.name}/{path.name}" not in _pictures:
                path.unlink()


def _check_key(key):
    if not _lab:
        raise CourseError(
            f"evidence {key!r}: call evidence.begin('NN_slug') in the lab's first code cell, and"
            " run that cell."
        )
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        raise CourseError(
            f"evidence {key!r}: a key is written in snake_case, such as 'best_test_auc'."
        )
