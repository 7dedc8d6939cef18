"""Say which data file is not the one that ``make data`` wrote."""

import hashlib
from pathlib import Path

from coursekit import ROOT

FOLDER = Path("aipm/datasets/data")


def problems(root=ROOT, slug=None):
    """Sentences, each naming a file and how to take its change back; of no chapter alone."""
    folder, found = Path(root) / FOLDER, []
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    for digest, name in () if slug else (line.split() for line in lines):
        path, file = folder / name, (FOLDER / name).as_posix()
        if not path.exists():
            found.append(f"{file} is missing: git checkout {file}.")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found.append(
                f"{file} is not the file that {FOLDER.as_posix()}/SHA256SUMS names: git checkout"
                f" {file} if you did not mean to change it, else change where it comes from in"
                " coursekit/build/data_sources.yml and run make data."
            )
    return found
