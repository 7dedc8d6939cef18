"""Give every chapter from a number on the next number, or the one before: file names, names in
texts, ids of exercises and what is said of "chapter 21", in every text that git knows.

What notebooks printed changes with them, so hashes that were right before are taken again.
"""

import json
import os
import re
import subprocess
from pathlib import Path

from aipm.course import plain, recorded
from coursekit.content import notebooks

FOLDERS = ("book", "book/quizzes", "book/work_documents", "aipm/course/answers")
NOTEBOOKS = tuple(f"notebooks/{kind}" for kind in ("labs", "exercises", "solutions", "evidence"))
# Data have a hash, locks have versions, a picture is no text, and one test has numbers of its own.
APART = (
    "aipm/datasets/data/",
    "requirements",
    "book/_static/",
    "tests/coursekit/test_renumber.py",
)
TEXTS = {".py", ".md", ".ipynb", ".yml", ".yaml", ".json", ".toml", ".rst", ".cfg", ".bib", ""}
# (before)(number)(after); other books' chapters are written "chap. 7".
PADDED = (
    r"(?<![\w.])()(\d\d)(\.\d[a-z])(?!\w)",  # 21.3a, an exercise; some have no letter
    r"((?:id: |check\()\\?[\"'])(\d\d)(\.\d\\?[\"'])",
    r'(")(\d\d)(\.\d [✓✗])',
    r'("grade_id": ")(\d\d)(-\d)',
)
PLAIN = (
    r'("## )(\d+)(\.\d )',  # a heading above exercises
    r"(\b[Ee]xercises? )(\d+)(\.\d\b)",
    r"(# (?:Lab|Exercises|Solutions) )(\d+)(:)",
    r"(?m)(^chapter: )(\d+)($)",
)
NAMED = re.compile(r"exercises: \[[^\]]*\]")
LISTS = re.compile(r"\b(?:[Cc]hapters?|[Ll]abs?)\s+\d+(?:(?:, and |, | and | or | to )\d+)*\b")


def shift(root, start, by):
    """Renumber every chapter from ``start`` on, the highest first.

    Parameters
    ----------
    root : path-like
        A project under git; untracked files that git does not ignore are changed, too.
    start : int
        First number to change.
    by : int
        1 to make room for a chapter, -1 to close the gap that one left.

    Returns
    -------
    list of str
        Files that were renamed or changed, by their new names.
    """
    root = Path(root)
    stems = _stems(root, start, by)
    if not stems:
        return []
    rewrite = rewriter(stems, start, by)
    done = []
    right = {path: _hashes_right(root, path) for path in _of(root, "labs", "solutions")}
    for name in _known(root):
        path = root / name
        if path.suffix in TEXTS and not name.startswith(APART):
            text = path.read_bytes().decode("utf-8")
            if (changed := rewrite(text)) != text:
                path.write_bytes(changed.encode("utf-8"))
                done.append(name)
    moves = [(name, new) for name in _known(root) if (new := _renamed(name, stems)) != name]
    for name, new in moves if by < 0 else reversed(moves):
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        os.replace(root / name, root / new)
        if not any((root / name).parent.iterdir()):
            (root / name).parent.rmdir()
    for path, was in right.items():
        _hash_again(root, root / _renamed(path.relative_to(root).as_posix(), stems), was)
    return sorted({_renamed(name, stems) for name in done} | {new for _, new in moves})


def _stems(root, start, by):
    """New name of every chapter and work document by its old one."""
    found = {path.stem for folder in FOLDERS for path in (root / folder).glob("[0-9][0-9]_*")}
    found |= {path.stem for folder in NOTEBOOKS for path in (root / folder).glob("[0-9][0-9]_*")}
    return {stem: f"{int(stem[:2]) + by:02}{stem[2:]}" for stem in found if int(stem[:2]) >= start}


def rewriter(stems, start, by):
    """A function that gives a text its new numbers."""
    either = "|".join(sorted(stems))
    names = re.compile(rf"(?<![A-Za-z0-9_])(?:{either})(?![A-Za-z0-9_])")

    def later(number, width=1):
        return f"{int(number) + by:0{width}}" if int(number) >= start else number

    def rewrite(text):
        text = names.sub(lambda match: stems[match[0]], text)
        for patterns, width in ((PADDED, 2), (PLAIN, 1)):
            for pattern in patterns:
                text = re.sub(pattern, lambda m, w=width: m[1] + later(m[2], w) + m[3], text)
        text = NAMED.sub(
            lambda m: re.sub(r'(?<=")\d\d(?=\.\d")', lambda n: later(n[0], 2), m[0]), text
        )
        return LISTS.sub(lambda m: re.sub(r"\d+", lambda n: later(n[0]), m[0]), text)

    return rewrite


def _known(root):
    """Paths of all files of the project that git does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True, encoding="utf-8")
    return sorted({name for name in listed.stdout.split("\0") if name and (root / name).exists()})


def _renamed(name, stems):
    """A path in which every part that is a chapter's or a document's name has its new number."""
    parts = []
    for part in name.split("/"):
        stem, dot, ending = part.partition(".")
        parts.append(stems.get(stem, stem) + dot + ending)
    return "/".join(parts)


def _of(root, *kinds):
    return [path for kind in kinds for path in sorted((root / "notebooks" / kind).glob("*.ipynb"))]


def _hashes_right(root, path):
    """Which of a notebook's hashes hold: those of its last run, and its evidence's of the code."""
    notebook = notebooks.read(path)
    kept, now = notebook.metadata.get("run", {}), notebooks.run_of(notebook, path)
    right = {name for name in kept if kept[name] == now.get(name)}
    record = root / recorded.EVIDENCE / f"{path.stem}.json"
    if path.parent.name == "labs" and record.exists():
        entry = json.loads(record.read_text(encoding="utf-8"))
        right |= {"lab"} if entry["lab"] == recorded.lab_hash(path) else set()
    return right


def _hash_again(root, path, right):
    """Take the hashes again that held before, and the ids of cells, which come from their text."""
    notebook = notebooks.read(path)
    kept = notebook.metadata.get("run", {})
    notebook = notebooks.normalise(notebook)
    now = notebooks.run_of(notebook, path)
    if kept:
        notebook.metadata["run"] = {name: (now if name in right else kept)[name] for name in kept}
    notebooks.write(notebook, path)
    if "lab" in right:
        record = root / recorded.EVIDENCE / f"{path.stem}.json"
        entry = json.loads(record.read_text(encoding="utf-8"))
        entry["lab"] = recorded.lab_hash(path)
        record.write_text(plain.json_text(entry), encoding="utf-8", newline="\n")
