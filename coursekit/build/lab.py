"""Give a learner a copy of the notebooks, in ``my-notebooks``, which git ignores.

A notebook is copied once; no file there is ever overwritten or removed. What changed since in the
course is put beside the learner's notebook, once per change, as ``NAME.new.ipynb``. The manifest
remembers the SHA-256 of what was copied; without it, the files themselves say as much.
"""

import hashlib
import itertools
import json
import sys

from aipm.course import plain
from coursekit import ROOT

FOLDERS = ("labs", "exercises", "solutions")
MINE = "my-notebooks"
MANIFEST = ".copied.json"


def copy(course, mine):
    """Copy what is new in the course's notebooks.

    Parameters
    ----------
    course : pathlib.Path
        Folder with ``labs``, ``exercises`` and ``solutions``.
    mine : pathlib.Path
        The learner's folder; it is made if there is none.

    Returns
    -------
    list of str
        Paths of the copies that were added, in the learner's folder.

    Raises
    ------
    OSError
        If the folder cannot be written to.
    """
    mine.mkdir(exist_ok=True)
    copied, added = _manifest(mine / MANIFEST), []
    for folder in FOLDERS:
        for source in sorted((course / folder).glob("*.ipynb")):
            name, content = f"{folder}/{source.name}", source.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            own = mine / name
            if copied.get(name) != digest or not own.exists():
                if content not in _versions(own):
                    added.append(_add(own, content).relative_to(mine).as_posix())
                copied[name] = digest
    text = json.dumps(copied, indent=1, sort_keys=True) + "\n"
    plain.put(mine / MANIFEST, text.encode())
    return added


def told(added):
    """What a learner reads after the copying: one line, nothing if nothing was added."""
    changed = [name for name in added if ".new" in name]
    if not added:
        return ""
    if not changed:
        names = ", ".join(added) if len(added) < 4 else f"{len(added)} notebooks"
        return f"Added to {MINE}, your own copy of the notebooks: {names}."
    return (
        f"Added to {MINE}: {', '.join(added[:6])}{', …' if len(added) > 6 else ''}; these"
        " notebooks are new or have changed in the course, and yours are as you left them."
    )


def _manifest(path):
    """SHA-256 of what was copied, by name; empty if nothing is known."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _names(own):
    """The notebook's own name, then ``.new``, ``.new2`` and so on."""
    yield own
    for number in itertools.count(1):
        yield own.with_suffix(f".new{number if number > 1 else ''}.ipynb")


def _versions(own):
    """Contents of the learner's notebook and of the later versions beside it."""
    beside = own.parent.glob(f"{own.stem}.new*.ipynb")
    return [path.read_bytes() for path in (own, *beside) if path.exists()]


def _add(own, content):
    """Write a file under the first name that is free; returns its path."""
    own.parent.mkdir(exist_ok=True)
    for path in _names(own):
        try:
            file = path.open("xb")
        except FileExistsError:
            continue
        try:
            with file:
                file.write(content)
        except OSError:  # the disk is full: half a notebook would look like the learner's own
            path.unlink()
            raise
        return path


def main():
    try:
        added = copy(ROOT / "notebooks", ROOT / MINE)
    except OSError as error:
        sys.exit(
            f"Your notebooks cannot be copied to {MINE} ({error.strerror}: {error.filename}): make"
            " this folder one that you may write to, or move it away."
        )
    if said := told(added):
        print(said)


if __name__ == "__main__":
    main()
