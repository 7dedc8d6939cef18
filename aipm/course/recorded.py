"""Read what the labs recorded, and judge whether it is still what today's labs and data give.

One reader and one judgement: the build, the chapter check, the tests and the dossier of chapter
22 all ask here.
"""

import difflib
import hashlib
import json
from functools import cache
from pathlib import Path

from aipm.course.evidence import lab_hash
from aipm.datasets import _files

EVIDENCE = Path("notebooks/evidence")


class EvidenceError(ValueError):
    """A result that cannot be shown; the message says which, and what to do."""


def read(root, chapter, folder=None):
    """Evidence of one chapter, as its lab saved it.

    Parameters
    ----------
    root : path-like
        The project's folder.
    chapter : str
        Slug, such as ``"05_overfitting"``.
    folder : path-like, optional
        Another folder of evidence than the project's, such as a copy of it.

    Returns
    -------
    dict
        ``chapter``, ``lab`` (hash of its code), ``data`` (hash by data set), ``results`` and
        ``figures``.

    Raises
    ------
    EvidenceError
        If there is none, or it is no JSON.
    """
    path = Path(folder or Path(root) / EVIDENCE) / f"{chapter}.json"
    if not path.exists():
        close = difflib.get_close_matches(chapter, [p.stem for p in path.parent.glob("*.json")], 1)
        raise EvidenceError(
            f"there is no {EVIDENCE / path.name}; "
            + (f"did you mean {close[0]}?" if close else "run the chapter's lab.")
        )
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError:
        raise EvidenceError(f"{EVIDENCE / path.name} is damaged; run make notebooks.") from None


def problems(root, chapter, folder=None):
    """Why a chapter's evidence cannot be trusted: sentences with file and remedy, empty if it
    can."""
    root, name = Path(root), EVIDENCE / f"{chapter}.json"
    folder = Path(folder or root / EVIDENCE)
    try:
        entry = read(root, chapter, folder)
    except EvidenceError as error:
        return [f"{name}: {error}"]
    found = []
    lab = root / "notebooks" / "labs" / f"{chapter}.ipynb"
    if not lab.exists() or lab_hash(lab) != entry["lab"]:
        found.append(f"{name} is older than the code of its lab: run make notebooks.")
    for data, digest in entry["data"].items():
        file = root / "aipm" / "datasets" / "data" / _files.FILES.get(data, data)
        if not file.exists() or _sha256(file, file.stat().st_mtime_ns) != digest:
            found.append(
                f"{name} was recorded with another version of the data set {data}: run make"
                " notebooks, or put the file back from git."
            )
    pictures = {figure["file"]: figure for figure in entry["figures"].values()}
    for file, figure in pictures.items():
        path = folder / file
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != figure["sha256"]:
            found.append(
                f"{EVIDENCE / file} is missing or not the one its lab drew: run make notebooks."
            )
        if len(figure["alt"].split()) < 5:
            found.append(
                f"{EVIDENCE / file} has no alt text: give one to evidence.figure in the lab."
            )
    drawn = sorted((folder / chapter).glob("*.png"))
    return found + [
        f"{EVIDENCE / chapter / path.name} is drawn by no lab any more: run make notebooks."
        for path in drawn
        if f"{chapter}/{path.name}" not in pictures
    ]


@cache
def _sha256(path, _changed):
    return hashlib.sha256(path.read_bytes()).hexdigest()
