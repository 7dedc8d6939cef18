"""Say which page names a result, a figure or a term that does not exist; the build would refuse
it, too.
"""

import json
import re
from pathlib import Path

from aipm.course.recorded import EVIDENCE
from aipm.errors import EvidenceError
from coursekit import ROOT
from coursekit.content import quoting

TERM = re.compile(r"\{term\}`([^`]+)`")
FIGURE = re.compile(r"^`{3,}\{lab-figure\} (\S+)", re.M)


def problems(root=ROOT, slug=None):
    """Sentences, each naming the page, what it names, and what to do."""
    root, pages = Path(root), {}
    for path in sorted([*(root / "book").rglob("*.md"), *(root / "book").rglob("*.yml")]):
        if slug in (None, path.stem):
            pages[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
    evidence = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((root / EVIDENCE).glob("*.json"))
    }
    terms = _terms(root)
    found = []
    for name, text in pages.items():
        for kind, pattern in (("result", quoting.ROLE), ("lab-figure", FIGURE)):
            for said in pattern.findall(text):
                if wrong := _wrong(kind, said.strip(), Path(name).stem, evidence):
                    found.append(f"{name}: {{{kind}}} {said}: {wrong}")
        for said in TERM.findall(text) if terms else ():
            term = re.sub(r"^.*<(.+)>$", r"\1", said, flags=re.S).strip()
            if term.lower() not in terms:
                found.append(
                    f"{name}: {{term}} {said!r} is not in book/glossary.md; correct it, or explain"
                    " it there."
                )
    return found


def _wrong(kind, said, page, evidence):
    """Why a reference leads nowhere; None if it does not."""
    reference = quoting.REFERENCE.fullmatch(said)
    chapter = reference and (reference["chapter"] or page)
    if not reference or not quoting.CHAPTER.fullmatch(chapter):
        return "write a key and a format, on a page of no chapter with NN_slug/ before them."
    if chapter not in evidence:
        return f"there is no {EVIDENCE.as_posix()}/{chapter}.json; correct the chapter's name."
    try:
        if kind == "result":
            quoting.show(evidence[chapter], reference)
        else:
            quoting.pick(evidence[chapter], "figures", reference["key"])
    except EvidenceError as error:
        return str(error)
    return None


def _terms(root):
    """Terms of the glossary in small letters; empty if there is no glossary."""
    path = root / "book" / "glossary.md"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    inside = re.search(r"```\{glossary\}\n(.*?)```", text, re.S)
    lines = inside[1].splitlines() if inside else []
    return {line.strip().lower() for line in lines if line.strip() and not line.startswith(" ")}
