"""Say which piece of a chapter is missing or stale, and where to add it."""

import re
from pathlib import Path

from aipm.course import recorded
from coursekit import parse_yaml
from coursekit.content import frontmatter, notebooks, questions
from coursekit.rules import answers, objectives

SLUG = re.compile(r"\d\d_[a-z0-9_]+")
DONE = '", '  # ends a text in quotes within a line
MARK = "TO WRITE:"  # stands in the pieces of a new chapter wherever something is to be written
PIECES = {
    "book/{slug}.md": "write the prose page",
    "book/quizzes/{slug}.yml": (
        "write the quiz, four to six questions with a reason for every option"
    ),
    "notebooks/labs/{slug}.ipynb": "write the lab",
    "notebooks/solutions/{slug}.ipynb": "write the solutions, from which the exercises are made",
    "notebooks/exercises/{slug}.ipynb": "run make exercises",
    "notebooks/evidence/{slug}.json": "run make notebooks; the lab records it",
    "aipm/course/answers/{slug}.yml": "write the answer bank of the exercises",
}
PAGE_PARTS = {
    "```{chapter-card}": "the card: put ```{chapter-card}``` under the title",
    "```{quiz} ": "the quiz: put ```{quiz} NN_slug``` under '## Check yourself'",
    "```{lab-figure}": "a figure of its lab: put ```{lab-figure} key``` where the finding is told",
    "{result}`": "a result of its lab: quote one with {result}`key`",
    "## Questions for your data scientists": "the section '## Questions for your data scientists'",
    "## Take to work": "the section '## Take to work'",
    "## Read on": "the section '## Read on'",
    "{download}`": "the download link of its work document, under '## Take to work'",
}


def slugs(root):
    """Slugs of the chapters that ``_toc.yml`` lists, in order."""
    toc = parse_yaml((root / "_toc.yml").read_text(encoding="utf-8"))
    files = [chapter["file"] for part in toc["parts"] for chapter in part["chapters"]]
    return [Path(name).name for name in files if SLUG.fullmatch(Path(name).name)]


def problems(root, chapter=None):
    """Sentences, each saying what is missing or stale, where, and what to do.

    Parameters
    ----------
    root : pathlib.Path
        The project's folder.
    chapter : str, optional
        Slug of one chapter; all if there is none.

    Returns
    -------
    list of str
        Empty if every chapter is whole.
    """
    listed = slugs(root)
    found = [] if chapter else _orphans(root, listed)
    for slug in [chapter] if chapter else listed:
        missing = [
            f"{piece.format(slug=slug)} is missing: {mend}."
            for piece, mend in PIECES.items()
            if not (root / piece.format(slug=slug)).exists()
        ]
        waiting = _to_write(root, slug)
        found += missing + waiting or _inside(root, slug)
    return found


def _to_write(root, slug):
    """Places of a new chapter that nobody has filled in yet."""
    names = [
        f"book/{slug}.md",
        f"book/quizzes/{slug}.yml",
        f"aipm/course/answers/{slug}.yml",
        *(f"book/work_documents/{p.name}" for p in _documents(root, slug)),
        f"notebooks/labs/{slug}.ipynb",
        f"notebooks/solutions/{slug}.ipynb",
    ]
    found = []
    for name in names:
        for place, line in _lines(root / name) if (root / name).exists() else ():
            if MARK in line:
                found.append(
                    f"{name}, {place}: still to write:"
                    f" {line.partition(MARK)[2].partition(DONE)[0].strip(' ,]').strip(chr(34))}"
                )
    return found


def _lines(path):
    """Lines of a piece, each with the words for its place."""
    if path.suffix == ".ipynb":
        cells = notebooks.read(path).cells
        return [
            (f"cell {number}", line)
            for number, cell in enumerate(cells)
            for line in cell.source.splitlines()
        ]
    return [
        (f"line {number}", line)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    ]


def _orphans(root, listed):
    """Pieces that belong to no listed chapter."""
    folders = {(root / piece).parent for piece in PIECES}
    stray = [
        path
        for folder in folders
        for path in folder.glob("[0-9][0-9]_*.*")
        if path.stem not in listed
    ]
    return [
        f"{path.relative_to(root)} belongs to no chapter of _toc.yml: list book/{path.stem} there,"
        " or remove the file."
        for path in sorted(stray)
    ]


def _inside(root, slug):
    page = root / "book" / f"{slug}.md"
    text = page.read_text(encoding="utf-8")
    found = [
        f"book/{slug}.md has not {mend}." for part, mend in PAGE_PARTS.items() if part not in text
    ]
    found += frontmatter.problems(page) or objectives.problems(root, slug)
    found += questions.problems(root / "book" / "quizzes" / f"{slug}.yml")
    found += answers.problems(root, slug)
    found += _work_documents(root, slug, text)
    found += recorded.problems(root, slug)
    for folder in ("labs", "solutions", "exercises"):
        found += _figures(
            root / "notebooks" / folder / f"{slug}.ipynb", f"notebooks/{folder}/{slug}.ipynb"
        )
    return found


def _documents(root, slug):
    """The work documents of a chapter, as written; each has a copy for a word processor."""
    return sorted((root / "book" / "work_documents").glob(f"{slug[:2]}_*.md"))


def _work_documents(root, slug, text):
    number = slug[:2]
    found = [
        f"book/{name} is missing: write the blank document that book/{slug}.md offers for"
        " download."
        for name in re.findall(r"<(work_documents/[^>]+)>", text)
        if not (root / "book" / name).exists()
    ]
    documents = _documents(root, slug)
    if not documents:
        found.append(
            f"book/work_documents/{number}_*.md is missing: write the document that chapter {slug}"
            " takes to work."
        )
    return found + [
        f"book/work_documents/{path.name} is offered by no page: link it with {{download}} in"
        f" book/{slug}.md."
        for path in documents
        if f"work_documents/{path.name}" not in text
    ]


def _figures(path, name):
    """Figures in a notebook that do not say what they show."""
    cells = notebooks.read(path).cells
    return [
        f"{name}, cell {number}: the figure has no alt text; draw it with evidence.figure(…,"
        " alt=…), then run make notebooks."
        for number, cell in enumerate(cells, 1)
        if any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))
        and not cell.metadata.get("mystnb", {}).get("image", {}).get("alt")
    ]
