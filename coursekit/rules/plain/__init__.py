"""The plain style of the third edition: what a reader would have to read twice.

A chapter's texts are held to these rules once its front matter says ``edition: 3``; before that
``python -m coursekit.rules.plain 14_monitoring_drift`` lists what would be said.
"""

from pathlib import Path

from coursekit.content import frontmatter, notebooks
from coursekit.rules.plain import (
    figures,
    form,
    lengths,
    markdown,
    predictions,
    sources,
    tables,
    words,
)
from coursekit.rules.plain.passages import Printer

EDITION = 3


def problems(root, slug=None):
    """Sentences on the chapters of the third edition, and on the glossary once all are.

    Parameters
    ----------
    root : path-like
        Folder of the project.
    slug : str, optional
        One chapter; all if there is none.

    Returns
    -------
    list of str
    """
    chapters = frontmatter.all_chapters(root)
    plain = [name for name, card in chapters.items() if card.get("edition") == EDITION]
    records = sources.evidence(root) if plain else {}
    found = [
        problem
        for name in plain
        if slug in (None, name)
        for problem in findings(root, name, records)
    ]
    if not slug and len(plain) == len(chapters) > 0:
        path = Path(root) / "book" / "glossary.md"
        found += glossary(path.read_text(encoding="utf-8"), "book/glossary.md", records)
    return found


def findings(root, slug, records=None):
    """Sentences on one chapter, whatever its edition.

    Parameters
    ----------
    root : path-like
    slug : str
    records : dict of str to dict, optional
        What the labs recorded; read again if it is not given.

    Returns
    -------
    list of str
    """
    chapter = sources.Chapter(root, slug, records)
    page = [*chapter.card.passages, *chapter.page.passages]
    quiz = [passage for _, said in chapter.quiz for passage in said.passages]
    bank = [passage for _, said in chapter.bank for passage in said.passages]
    reasons = [
        passage
        for field, said in chapter.bank
        if field in ("reason", "otherwise")
        for passage in said.passages
    ]
    name = f"book/{slug}.md"
    found = [
        *form.problems([*page, *quiz, *reasons]),
        *words.problems([*page, *quiz, *bank, *chapter.forms.passages]),
        *form.short_sentences(chapter.page.passages, name),
        *figures.problems(page),
        *figures.records(page),
        *tables.problems(chapter.page.tables),
        *lengths.page(chapter.page, name),
        *lengths.reasons(chapter.quiz),
    ]
    for folder, said in (("labs", chapter.lab), ("solutions", chapter.solutions)):
        found += [
            *form.problems(said.passages),
            *words.problems(said.passages),
            *form.short_sentences(said.passages, f"notebooks/{folder}/{slug}.ipynb"),
            *tables.problems(said.tables, page=False),
        ]
    return found + _predictions(Path(root), slug, page)


def _predictions(root, slug, page):
    path = root / "notebooks" / "labs" / f"{slug}.ipynb"
    if not path.exists():
        return []
    quoted = [one.record.split("/") for passage in page for one in passage.quoted]
    printed = {key for chapter, key in quoted if chapter == slug}
    name = path.relative_to(root).as_posix()
    return list(predictions.problems(notebooks.read(path), name, printed))


def glossary(text, name, records=None):
    """Sentences on the words of the glossary, a list of str.

    Parameters
    ----------
    text : str
        The page.
    name : str
        Its file.
    records : dict of str to dict, optional
        What the labs recorded.
    """
    return list(words.problems(markdown.read(text, name, Printer(records or {}, "")).passages))
