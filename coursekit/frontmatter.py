"""Read and check the front matter of chapters, the one source of each chapter's facts."""

import datetime
import difflib
import re
from pathlib import Path

import yaml

FIELDS = ("chapter", "decision", "objectives", "minutes", "level", "prerequisites", "case", "guide", "verified")
OPTIONAL = ("given",)  # figures on the page that are conventions or inputs, not measurements
MINUTES = ("read", "lab", "exercises", "quiz")
LEVELS = ("foundation", "core", "advanced")
CASES = ("Credit", "Flights", "Copilot", "none")
SLUG = re.compile(r"\d\d_[a-z0-9_]+")


class FrontMatterError(ValueError):
    """Front matter that cannot be read; the message says where and what to do."""


def load(path):
    """Front matter of a chapter, with its ``slug`` and ``title`` added.

    Parameters
    ----------
    path : path-like
        A chapter, ``book/NN_slug.md``.

    Returns
    -------
    dict

    Raises
    ------
    FrontMatterError
        If there is no front matter, or it is not YAML.
    """
    path = Path(path)
    text = path.read_text(encoding="utf-8")
    found = re.match(r"---[ \t]*\n(.*?)\n---[ \t]*\n", text, re.DOTALL)
    if not found:
        raise FrontMatterError(f"{path.name}: no front matter; begin the file with a block between two lines of ---.")
    try:
        fields = yaml.safe_load(found[1])
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 2 if getattr(error, "problem_mark", None) else 1
        raise FrontMatterError(f"{path.name}:{line}: the front matter is not YAML ({error.problem}); often a quote is missing.") from None
    if not isinstance(fields, dict):
        raise FrontMatterError(f"{path.name}: the front matter holds no fields; write lines such as 'chapter: 5'.")
    title = re.search(r"^# +(.+?) *$", text[found.end():], re.MULTILINE)
    return fields | {"slug": path.stem, "title": title[1] if title else None}


def all_chapters(root):
    """Front matter of every chapter that can be read.

    Parameters
    ----------
    root : path-like
        Folder of the project, which holds ``book``.

    Returns
    -------
    dict of str to dict
        By slug, in the order of the chapters.
    """
    chapters = {}
    for path in chapter_files(Path(root) / "book"):
        try:
            chapters[path.stem] = load(path)
        except FrontMatterError:
            continue  # problems() reports it
    return chapters


def chapter_files(book):
    """Chapter files in the folder ``book``, in order."""
    return sorted(path for path in Path(book).glob("*.md") if SLUG.fullmatch(path.stem))


def guide(book):
    """Sections of the guide: a list of ``{title, statements: [{id, says}]}`` from ``guide.yml``."""
    path = Path(book) / "guide.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["sections"] if path.exists() else []


def problems(path):
    """What is wrong with a chapter's front matter.

    Parameters
    ----------
    path : path-like
        A chapter, ``book/NN_slug.md``.

    Returns
    -------
    list of str
        One sentence each: file, field, what to do. Empty if all is well.
    """
    path = Path(path)
    try:
        fields = load(path)
    except FrontMatterError as error:
        return [str(error)]
    found = [f"{name!r} is missing; add it." for name in FIELDS if name not in fields]
    for name in sorted(fields.keys() - {*FIELDS, *OPTIONAL, "slug", "title"}, key=str):
        close = difflib.get_close_matches(str(name), FIELDS, 1)
        found.append(f"{name!r} is not a field; " + (f"did you mean {close[0]!r}?" if close else "remove it."))
    if not fields["title"]:
        found.append("the page has no title; add a line '# The decision in a few words'.")
    checks = {
        "chapter": lambda v: _chapter(v, path.stem),
        "decision": lambda v: _when(not _text(v) or not v.endswith("?"), "write the decision as one question, ending in '?'"),
        "objectives": lambda v: _when(not (_texts(v) and 3 <= len(v) <= 5), "give a list of three to five objectives, each starting with a verb"),
        "minutes": _minutes,
        "level": lambda v: _when(v not in LEVELS, f"choose one of {', '.join(LEVELS)}"),
        "prerequisites": lambda v: _prerequisites(v, path),
        "case": lambda v: _when(v not in CASES, f"choose one of {', '.join(CASES)}"),
        "guide": lambda v: _guide(v, path.parent),
        "verified": lambda v: _when(type(v) is not datetime.date, "give the day as 2026-11-22, without quotes"),
    }
    for name in FIELDS:
        if name in fields:
            found += [f"{name!r} is {fields[name]!r}; {advice}." for advice in checks[name](fields[name])]
    return [f"{path.name}: {sentence}" for sentence in found]


def _when(wrong, advice):
    return [advice] if wrong else []


def _text(value):
    return isinstance(value, str) and value.strip() != ""


def _texts(value):
    return isinstance(value, list) and all(map(_text, value))


def _chapter(value, slug):
    return _when(type(value) is not int or f"{value:02d}_" != slug[:3], f"the file's name says {int(slug[:2])}, and both must agree")


def _minutes(value):
    good = isinstance(value, dict) and set(value) == set(MINUTES)
    good = good and all(type(minutes) is int and minutes > 0 for minutes in value.values())
    return _when(not good, f"give whole minutes for each of {', '.join(MINUTES)}, as in {{read: 10, lab: 20, exercises: 25, quiz: 6}}")


def _prerequisites(value, path):
    if not isinstance(value, list):
        return ["give a list of chapters, such as [05_overfitting], or []"]
    exist = [file.stem for file in chapter_files(path.parent)]
    advice = [f"there is no chapter {slug!r}{_hint(slug, exist)}" for slug in value if slug not in exist]
    return advice + [f"{slug!r} does not come before this chapter; name earlier ones only" for slug in value if slug in exist and slug >= path.stem]


def _guide(value, book):
    if not _texts(value) or not value:
        return ["give a list of the statements taught here, by their ids in book/guide.yml"]
    ids = [statement["id"] for section in guide(book) for statement in section["statements"]]
    return [f"book/guide.yml has no statement {name!r}{_hint(name, ids)}" for name in value if name not in ids]


def _hint(name, names):
    close = difflib.get_close_matches(str(name), names, 2, 0.5)
    return f" (did you mean {' or '.join(map(repr, close))}?)" if close else ""
