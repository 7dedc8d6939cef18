"""Lay out a new chapter: all its pieces with the places to fill in, listed in the contents; or
take an unwritten one away. The chapters that follow get their new numbers everywhere.
"""

import argparse
import datetime
import re
import subprocess
import sys
from pathlib import Path
from string import Template

import nbformat

from coursekit import ROOT
from coursekit.build import renumber
from coursekit.build.notebooks import reads_records
from coursekit.content import notebooks
from coursekit.content.frontmatter import SLUG
from coursekit.rules.anatomy import MARK

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
            listed(toc.read_text(encoding="utf-8"), slug), encoding="utf-8", newline="\n"
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
    text = toc.read_text(encoding="utf-8")
    text = re.sub(rf"      - file: book/{slug}\n(?:        .*\n)+", "", text)
    toc.write_text(text, encoding="utf-8", newline="\n")
    return [str(path.relative_to(root)) for path in gone]


def listed(toc, slug):
    """The table of contents with a chapter added before the next one, in the same part; the last
    chapter comes behind the one before it.
    """
    entry = f"      - file: book/{slug}\n        sections:\n" + "".join(
        f"          - file: notebooks/{kind}/{slug}\n            title:"
        f" {kind.capitalize() if kind != 'labs' else 'Lab'}\n"
        for kind in ("labs", "exercises", "solutions")
    )
    chapters = list(re.finditer(r"      - file: book/(\d\d_\w+)\n(?:        .*\n)+", toc))
    place = next((found.start() for found in chapters if found[1] > slug), chapters[-1].end())
    return toc[:place] + entry + toc[place:]


def _numbers(root):
    """Slug of each chapter in the contents by its number."""
    listed = re.findall(
        r"file: book/(\d\d_\w+)\n", (root / "_toc.yml").read_text(encoding="utf-8")
    )
    return {int(slug[:2]): slug for slug in listed}


def _follow(root, start, by):
    """Renumber the chapters from ``start`` on, with what is made from them."""
    if not renumber.shift(root, start, by):
        return
    labs = [path for path in (root / "notebooks" / "labs").glob("*.ipynb") if reads_records(path)]
    for module, *more in (("exercises",), ("notebooks", *labs), ("documents",)):
        command = [sys.executable, "-m", f"coursekit.build.{module}", *more]
        if subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL).returncode:
            sys.exit(f"The chapters have their new numbers, but {module} could not be made again.")
    print(f"gave every chapter from {start} on the number {'after' if by > 0 else 'before'}")


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
    number, taken = int(arguments.slug[:2]), _numbers(ROOT)
    if arguments.remove:
        gone = remove(ROOT, arguments.slug)
        print("\n".join(f"removed {name}" for name in gone) or "There was nothing to remove.")
        if taken.get(number) == arguments.slug:
            _follow(ROOT, number + 1, -1)
        return
    page = ROOT / "book" / f"{arguments.slug}.md"
    if page.exists() and MARK not in page.read_text(encoding="utf-8"):
        sys.exit(
            f"book/{arguments.slug}.md is written; change it there, or give a new chapter a name"
            " of its own."
        )
    if number > max(taken) + 1 or not number:
        sys.exit(
            f"The course has {len(taken)} chapters; give the new one a number from 01 to"
            f" {max(taken) + 1:02}, and those that follow move on."
        )
    if taken.get(number, arguments.slug) != arguments.slug:
        _follow(ROOT, number, 1)
    written = add(ROOT, arguments.slug, datetime.date.today())
    print("\n".join(f"wrote {name}" for name in written) or "All pieces are there already.")
    print("Run make check: it names every place to fill in.")


if __name__ == "__main__":
    main()
