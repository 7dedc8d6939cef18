"""Read what the labs recorded, and judge whether it is still what today's labs and data give.

One reader and one judgement: the build, the chapter check, the tests and the dossier of chapter
22 all ask here. The records lie in the course's repository; an installed package carries copies.
"""

import difflib
import hashlib
import json
from functools import cache
from pathlib import Path

from aipm.course import paths, plain
from aipm.datasets import _files
from aipm.errors import EvidenceError

EVIDENCE = Path("notebooks/evidence")


def folder(root=None):
    """Folder of the course's evidence: of the repository ``root``, else of the one that this
    package lies in, else the package's own copy.
    """
    return Path(root) / EVIDENCE if root else paths.find(EVIDENCE.as_posix())


def lab_hash(path):
    """SHA-256 of a notebook's code, by which stale evidence is recognised.

    Parameters
    ----------
    path : path-like
        An ``.ipynb`` file. Text cells, empty cells, outputs and metadata do not count.

    Returns
    -------
    str
        64 hexadecimal digits: what a lab that runs from its first to its last cell records.
    """
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    return plain.code_hash(
        "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"
    )


def read(root, chapter, folder=None):
    """Evidence of one chapter, as its lab saved it.

    Parameters
    ----------
    root : path-like or None
        The project's folder; None for the one this package lies in, or for its own copies.
    chapter : str
        Slug, such as ``"05_overfitting"``.
    folder : path-like, optional
        Another folder of evidence than the project's, such as a copy of it.

    Returns
    -------
    dict
        ``chapter``, ``lab`` (hash of the cells that ran), ``data`` (hash by data set),
        ``results`` and ``figures``.

    Raises
    ------
    EvidenceError
        If there is none, or it is no JSON.
    """
    path = _folder(root, folder) / f"{chapter}.json"
    if not path.exists():
        close = difflib.get_close_matches(chapter, [p.stem for p in path.parent.glob("*.json")], 1)
        raise EvidenceError(
            f"there is no {EVIDENCE / path.name}; "
            + (f"did you mean {close[0]}?" if close else "run make notebooks.")
        )
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError:
        raise EvidenceError(f"{EVIDENCE / path.name} is damaged; run make notebooks.") from None


def problems(root, chapter, folder=None):
    """Why a chapter's evidence cannot be trusted: sentences with file and remedy, empty if it
    can. An installed package has no pictures to compare with.
    """
    name = EVIDENCE / f"{chapter}.json"
    try:
        entry = read(root, chapter, folder)
        lab = _hash_of_lab(root, chapter)
    except EvidenceError as error:
        return [f"{name}: {error}"]
    found = []
    if entry["lab"] != lab:
        found.append(
            f"{name} is older than the code of its lab, or other cells ran when it was recorded:"
            " run make notebooks."
        )
    root = Path(root) if root else paths.root()
    found += _other_data(root, name, entry)
    if root:
        found += _other_pictures(_folder(root, folder), chapter, entry["figures"])
    return found


def _hash_of_lab(root, chapter):
    """Hash of a chapter's lab, None if there is no such lab; an installed package has no labs,
    and takes the hash that its own copy of the record carries.
    """
    root = Path(root) if root else paths.root()
    if root is None:
        return read(None, chapter)["lab"]
    lab = root / "notebooks" / "labs" / f"{chapter}.ipynb"
    return lab_hash(lab) if lab.exists() else None


def _folder(root, other):
    return Path(other) if other else folder(root)


def _other_data(root, name, entry):
    """Sentences about data sets that are not the ones the lab read."""
    data = root / "aipm" / "datasets" / "data" if root else _files.folder()
    found = []
    for dataset, digest in entry["data"].items():
        file = data / _files.FILES.get(dataset, dataset)
        if not file.exists() or _sha256(file, file.stat().st_mtime_ns) != digest:
            found.append(
                f"{name} was recorded with another version of the data set {dataset}: git checkout"
                f" aipm/datasets/data/{_files.FILES.get(dataset, dataset)} if you did not mean to"
                " change it, else make notebooks."
            )
    return found


def _other_pictures(folder, chapter, figures):
    """Sentences about pictures that are missing, changed, without words, or left over."""
    found, pictures = [], {figure["file"]: figure for figure in figures.values()}
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
    return found + [
        f"{EVIDENCE / chapter / path.name} is drawn by no lab any more: run make notebooks."
        for path in sorted((folder / chapter).glob("*.png"))
        if f"{chapter}/{path.name}" not in pictures
    ]


@cache
def _sha256(path, _changed):
    return hashlib.sha256(path.read_bytes()).hexdigest()
