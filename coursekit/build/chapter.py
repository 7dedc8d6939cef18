"""Lay out a new chapter: all its pieces with the places to fill in, listed in the contents; or
take an unwritten one away.
"""

import argparse
import datetime
import re
import sys
from pathlib import Path
from string import Template

import nbformat

from coursekit import ROOT
from coursekit.content import notebooks
from coursekit.content.frontmatter import SLUG
from coursekit.rules.anatomy import MARK

PARTS = {
    "I · Frame": 2,
    "II · Data": 5,
    "III · Measure": 8,
    "IV · Be responsible": 12,
    "V · Ship and learn": 15,
    "VI · Language models": 20,
    "VII · Lead": 99,
}  # caption and last chapter
SKELETON = Path(__file__).with_name("skeleton")
TEXTS = {
    "page.md": "book/{slug}.md",
    "quiz.yml": "book/quizzes/{slug}.yml",
    "work_document.md": "book/work_documents/{slug}.md",
    "bank.yml": "aipm/course/answers/{slug}.yml",
    "lab.ipynb": "notebooks/labs/{slug}.ipynb",
    "solutions.ipynb": "notebooks/solutions/{slug}.ipynb",
}


def pieces(slug, today):
    """Content of each piece of a new chapter by its path in the project."""
    number, name = int(slug[:2]), slug[3:].replace("_", " ")
    words = {
        "slug": slug,
        "number": number,
        "chapter": slug[:2],
        "topic": name[0].upper() + name[1:40],
        "today": today,
    }
    texts = {
        path.format(slug=slug): (
            Template((SKELETON / name).read_text(encoding="utf-8")).substitute(words)
        )
        for name, path in TEXTS.items()
    }
    for path in (path for path in texts if path.endswith(".ipynb")):
        notebook = notebooks.normalise(nbformat.reads(texts[path], as_version=4))
        texts[path] = notebooks.text(notebook)
    return texts


def add(root, slug, today):
    """Write the pieces of a chapter that are not there yet and list it in the contents; returns
    the paths written.
    """
    written = []
    for name, text in pieces(slug, today).items():
        if not (root / name).exists():
            (root / name).write_text(text, encoding="utf-8", newline="\n")
            written.append(name)
    toc = root / "_toc.yml"
    if f"file: book/{slug}\n" not in toc.read_text(encoding="utf-8"):
        toc.write_text(
            _listed(toc.read_text(encoding="utf-8"), slug), encoding="utf-8", newline="\n"
        )
        written.append("_toc.yml")
    return written


def remove(root, slug):
    """Take away a chapter that still says TO WRITE, with all it left; returns the paths
    removed.
    """
    page = root / "book" / f"{slug}.md"
    if page.exists() and MARK not in page.read_text(encoding="utf-8"):
        sys.exit(
            f"book/{slug}.md is written; remove a real chapter with git, not with this command."
        )
    patterns = [
        f"book/{slug}.md",
        f"book/quizzes/{slug}.yml",
        f"book/work_documents/{slug}.md",
        f"aipm/course/answers/{slug}.yml",
        f"notebooks/*/{slug}.ipynb",
        f"notebooks/evidence/{slug}.json",
        f"notebooks/evidence/.{slug}.lock",
        f"notebooks/evidence/{slug}/*",
    ]
    gone = [path for pattern in patterns for path in sorted(root.glob(pattern))]
    for path in gone:
        path.unlink()
    folder = root / "notebooks" / "evidence" / slug
    if folder.exists():
        folder.rmdir()
    toc = root / "_toc.yml"
    text = re.sub(
        rf"      - file: book/{slug}\n(?:        .*\n)+", "", toc.read_text(encoding="utf-8")
    )
    toc.write_text(
        re.sub(r"  - caption: [^\n]*\n    chapters:\n(?=  - caption|\Z)", "", text),
        encoding="utf-8",
        newline="\n",
    )
    return [str(path.relative_to(root)) for path in gone]


def _listed(toc, slug):
    """The table of contents with a chapter added, in its part and in order."""
    entry = f"      - file: book/{slug}\n        sections:\n" + "".join(
        f"          - file: notebooks/{kind}/{slug}\n            title:"
        f" {kind.capitalize() if kind != 'labs' else 'Lab'}\n"
        for kind in ("labs", "exercises", "solutions")
    )
    caption = next(caption for caption, last in PARTS.items() if int(slug[:2]) <= last)
    head, *parts = re.split(r"(?m)^(?=  - caption: )", toc)
    names = [re.match(r"  - caption: (.*)", part)[1] for part in parts]
    if caption not in names:
        order = ["Begin", *PARTS, "Reference"]
        place = next(
            (n for n, name in enumerate(names) if order.index(name) > order.index(caption)),
            len(parts),
        )
        parts.insert(place, f"  - caption: {caption}\n    chapters:\n{entry}")
        return head + "".join(parts)
    part = parts[names.index(caption)]
    later = [
        match for match in re.finditer(r"(?m)^      - file: book/(\w+)\n", part) if match[1] > slug
    ]
    place = later[0].start() if later else len(part)
    parts[names.index(caption)] = part[:place] + entry + part[place:]
    return head + "".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slug", help="name of the chapter everywhere, such as 03_data_assessment")
    parser.add_argument("--remove", action="store_true", help="take an unwritten chapter away")
    arguments = parser.parse_args()
    if not SLUG.fullmatch(arguments.slug):
        said = f"SLUG is {arguments.slug!r}, which is no name for a chapter"
        sys.exit(
            f"{said if arguments.slug else 'SLUG is missing'}; give a number and words in small"
            " letters, such as: make chapter SLUG=23_pricing"
        )
    if arguments.remove:
        print(
            "\n".join(f"removed {name}" for name in remove(ROOT, arguments.slug))
            or "There was nothing to remove."
        )
        return
    page = ROOT / "book" / f"{arguments.slug}.md"
    if page.exists() and MARK not in page.read_text(encoding="utf-8"):
        sys.exit(
            f"book/{arguments.slug}.md is written; change it there, or give a new chapter a name"
            " of its own."
        )
    written = add(ROOT, arguments.slug, datetime.date.today())
    print("\n".join(f"wrote {name}" for name in written) or "All pieces are there already.")
    print("Run make check: it names every place to fill in.")


if __name__ == "__main__":
    main()
