"""Read and check the front matter of chapters, the one source of each chapter's facts."""

import datetime
import difflib
import re
from pathlib import Path

import yaml
from pydantic import ValidationError

from coursekit import parse_yaml
from coursekit.content.card import Card

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
        raise FrontMatterError(
            f"{path.name}: no front matter; begin the file with a block between two lines of ---."
        )
    try:
        fields = parse_yaml(found[1])
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 2 if getattr(error, "problem_mark", None) else 1
        raise FrontMatterError(
            f"{path.name}:{line}: the front matter is not YAML ({error.problem}); often a quote is"
            " missing."
        ) from None
    if not isinstance(fields, dict):
        raise FrontMatterError(
            f"{path.name}: the front matter holds no fields; write lines such as 'chapter: 5'."
        )
    title = re.search(r"^# +(.+?) *$", text[found.end() :], re.MULTILINE)
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
    """Sections of the guide: a list of ``{title, statements: [{id, says}]}`` from
    ``guide.yml``.
    """
    path = Path(book) / "guide.yml"
    return parse_yaml(path.read_text(encoding="utf-8"))["sections"] if path.exists() else []


def taught(objectives):
    """Statements of the guide that a chapter's objectives cover: a list of ids, each once."""
    return list(dict.fromkeys(name for each in objectives for name in each.get("guide", [])))


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
    given = {name: value for name, value in fields.items() if name not in ("slug", "title")}
    found = (
        []
        if fields["title"]
        else ["the page has no title; add a line '# The decision in a few words'."]
    )
    wrong = {}
    try:
        Card.model_validate(given)
    except ValidationError as error:
        wrong = {str(detail["loc"][0]): detail["type"] for detail in reversed(error.errors())}
    for name, kind in sorted(wrong.items()):
        if kind == "missing" and name not in given:
            found.append(f"{name!r} is missing; add it.")
        elif name not in Card.model_fields:
            close = difflib.get_close_matches(name, Card.model_fields, 1)
            found.append(
                f"{name!r} is not a field; "
                + (f"did you mean {close[0]!r}?" if close else "remove it.")
            )
        else:
            found.append(
                f"{name!r} is {given[name]!r};"
                f" {Card.model_fields[name].description.format(number=int(path.stem[:2]))}."
            )
    for name, check in {
        "chapter": _chapter,
        "prerequisites": _prerequisites,
        "objectives": _guide,
        "verified": _verified,
    }.items():
        if name in given and name not in wrong:
            found += [
                f"{name!r} is {given[name]!r}; {advice}." for advice in check(given[name], path)
            ]
    return [f"{path.name}: {sentence}" for sentence in found]


def _chapter(value, path):
    advice = Card.model_fields["chapter"].description.format(number=int(path.stem[:2]))
    return [] if value == int(path.stem[:2]) else [advice]


def _verified(value, path):
    return [] if value <= datetime.date.today() else [Card.model_fields["verified"].description]


def _prerequisites(value, path):
    exist = [file.stem for file in chapter_files(path.parent)]
    advice = [
        f"there is no chapter {slug!r}{_hint(slug, exist)}" for slug in value if slug not in exist
    ]
    return advice + [
        f"{slug!r} does not come before this chapter; name earlier ones only"
        for slug in value
        if slug in exist and slug >= path.stem
    ]


def _guide(value, path):
    ids = [
        statement["id"] for section in guide(path.parent) for statement in section["statements"]
    ]
    claimed = taught(value)
    if not claimed:
        return ["say with guide: [...] which statements of book/guide.yml an objective covers"]
    return [
        f"book/guide.yml has no statement {name!r}{_hint(name, ids)}"
        for name in claimed
        if name not in ids
    ]


def _hint(name, names):
    close = difflib.get_close_matches(str(name), names, 2, 0.5)
    return f" (did you mean {' or '.join(map(repr, close))}?)" if close else ""
