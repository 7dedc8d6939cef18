"""Record what a lab found, once, so that pages quote it and nobody types it again.

A lab calls :func:`begin`, then :func:`record` and :func:`figure`, and :func:`save` in its last
cell. Only while an author records is anything written: ``make notebooks`` names the folder in the
variable ``AIPM_EVIDENCE``, and :func:`save` writes ``NN_slug.json`` and its pictures there, all at
once and byte for byte the same on every run. In any other run these functions check what they
are given, and :func:`figure` displays; nothing is written, wherever the notebook lies.
"""

import base64
import hashlib
import io
import os
import re
from pathlib import Path

import matplotlib.pyplot as plt
from filelock import FileLock
from IPython import get_ipython
from IPython.display import display

from aipm import datasets as _data
from aipm.course import paths, plain
from aipm.errors import CourseError
from aipm.estimates.estimate import Estimate

plt.style.use(Path(__file__).with_name("course.mplstyle"))

_lab = {}
_pictures = {}


def folder():
    """Folder that an author records into, from ``$AIPM_EVIDENCE``; None in any other run."""
    named = os.environ.get("AIPM_EVIDENCE")
    return Path(named) if named else None


def place(file):
    """Where a lab puts a document that it makes: while an author records beside its evidence, in
    any other run beside the notebook, in the current folder.
    """
    return folder() / _lab["chapter"] / file if folder() and _lab else Path(file)


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
        If there is no such data set or, while an author records, no such lab or no way to write.
    """
    if not re.fullmatch(r"\d\d_[a-z0-9_]+", chapter):
        raise CourseError(
            f"{chapter!r} is no chapter; give the lab's name, such as '05_overfitting'."
        )
    hashes = {name: _data.hash(name) for name in data}
    if folder():
        _can_record(chapter)
    _lab.clear()
    _pictures.clear()
    _lab.update(chapter=chapter, data=hashes, results={}, figures={})


def record(key, value, *, n=None, interval=None, unit=None):
    """Record one result.

    Parameters
    ----------
    key : str
        Name in snake_case that pages quote, such as ``"best_test_auc"``.
    value : aipm.estimates.Estimate, float, int, str or bool
        What was found; floats keep four significant digits. An estimate brings its n, its
        interval, if it has one, and its method.
    n : int, optional
        Number of rows, people or draws behind the value.
    interval : (float, float), optional
        Lower and upper limit, in the unit of the value; say in the lab at what level.
    unit : str, optional
        What the value counts, such as ``"AUC"`` or ``"cost per applicant"``.

    Raises
    ------
    CourseError
        If the value, the interval or the key cannot be recorded or, while an author records, the
        key stands for another result already.
    """
    _check_key(key, "results")
    entry = {}
    if isinstance(value, Estimate):
        entry["method"] = value.method
        has_none = value.method.startswith("no interval")
        n, interval, value = value.n, None if has_none else value.interval, value.value
    entry["value"] = plain.value_of(key, value)
    if n is not None:
        entry["n"] = plain.count_of(key, n)
    if interval is not None:
        entry["interval"] = plain.limits_of(key, interval)
    if unit is not None:
        entry["unit"] = unit
    _lab["results"][key] = entry


def figure(key, fig, *, alt):
    """Display a figure, and keep it with the text that says what it shows.

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
        If the alternative text is missing, the key is not a name or, while an author records, it
        stands for another figure already.
    """
    _check_key(key, "figures")
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
    """While an author records, write all that was recorded, with the hash of the cells that ran;
    pictures that the lab no longer draws are removed. Two runs at once take turns.

    Raises
    ------
    CourseError
        If :func:`begin` was not called.
    """
    _check_key("all")
    if not folder():
        return
    shell = get_ipython()
    ran = shell.history_manager.input_hist_raw if shell else []
    entry = _lab | {"lab": plain.code_hash(ran)}
    pictures = folder() / _lab["chapter"]
    pictures.mkdir(parents=True, exist_ok=True)
    with FileLock(folder() / f".{_lab['chapter']}.lock"):
        for file, png in _pictures.items():
            plain.put(folder() / file, png)
        plain.put(folder() / f"{_lab['chapter']}.json", plain.json_text(entry).encode())
        for path in pictures.glob("*.png"):
            if f"{pictures.name}/{path.name}" not in _pictures:
                path.unlink()


def _can_record(chapter):
    """Refuse now what would stop an author's run in its last cell."""
    lab = f"notebooks/labs/{chapter}.ipynb"
    if paths.root() and not (paths.root() / lab).exists():
        raise CourseError(f"There is no lab {lab} to record evidence for; check the slug.")
    for target in (folder(), folder() / chapter):
        if why := plain.refused(target):
            raise CourseError(
                f"Evidence cannot be written to {target} ({why}): name another folder in"
                " AIPM_EVIDENCE, or leave the variable out."
            )


def _check_key(key, kind=None):
    if not _lab:
        raise CourseError(
            f"evidence {key!r}: call evidence.begin('NN_slug') in the lab's first code cell, and"
            " run that cell."
        )
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
        raise CourseError(
            f"evidence {key!r}: a key is written in snake_case, such as 'best_test_auc'."
        )
    if folder() and kind and key in _lab[kind]:
        raise CourseError(
            f"evidence {key!r} is recorded twice among the {kind}; give the second one another"
            " name."
        )
