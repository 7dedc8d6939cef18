"""Say which page carries more numbers than a reader can hold, and which term is used before it is
explained.
"""

import itertools
import re
import sys
from pathlib import Path

from coursekit import ROOT
from coursekit.content import frontmatter

PER_SENTENCE, PER_PAGE = 2, 45  # measured quantities; an estimate with its interval and n is one
RESULT = re.compile(r"\{result\}`([\w/]+)[^`]*`")
TERM = re.compile(r"\{term\}`(?:[^`<]*<([^`>]+)>|([^`]+))`")
ROLE = re.compile(r"\{[\w:]+\}`[^`]*`")
FENCE = re.compile(r"^(`{3,}|:{3,})[^\n]*\n.*?^\1[ \t]*$", re.M | re.S)
ENDS = re.compile(r"(?<=[.?!])[*)”]*\s+(?=[A-Z\x00*(“{])")


def problems(root=ROOT, slug=None):
    """Sentences, each naming the page, the sentence or term, and what to do."""
    book, found = Path(root) / "book", []
    terms = glossary(book / "glossary.md")
    pages = frontmatter.chapter_files(book)
    explained = {path.stem: frontmatter.load(path) for path in pages}
    for path in sorted(book.glob(f"{slug or '[0-9][0-9]_*'}.md")):
        body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        found += [
            f"book/{path.name}: {problem}"
            for problem in (
                *numbers(body),
                *_linked(body, terms),
                *_known(path.stem, body, explained),
            )
        ]
        for takeaway in explained[path.stem].get("takeaways", []):
            found += [f"book/{path.name}, takeaways: {problem}" for problem in numbers(takeaway)]
    return found


def numbers(body):
    """Sentences of a page with more than two measured quantities, and the page's total."""
    total = 0
    for sentence in sentences(body):
        keys = list(dict.fromkeys(RESULT.findall(sentence)))
        total += len(keys)
        if len(keys) > PER_SENTENCE:
            short = " ".join(RESULT.sub("#", sentence).split())
            yield (
                f"{len(keys)} measured quantities ({', '.join(keys)}) in one sentence, at most"
                f" {PER_SENTENCE}: “{short[:110]}…”; leave one in the lab, or put them into a"
                " table."
            )
    if total > PER_PAGE:
        yield (
            f"{total} measured quantities outside tables and figures, at most {PER_PAGE}; ask of"
            " each what the reader would do differently for knowing it."
        )


def sentences(body):
    """Running prose of a page, a list of sentences with their roles; tables, figures and headings
    are left out.
    """
    body = FENCE.sub("\n\n", body)
    lines = [
        (
            ""
            if line.lstrip().startswith(("|", "#"))
            else re.sub(r"^\s*(?:[-*]|\d+\.)\s", "\n\n", line)
        )
        for line in body.splitlines()
    ]
    found = []
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines)):
        kept = ROLE.findall(paragraph)
        places = itertools.count()
        masked = ROLE.sub(lambda _, places=places: f"\x00{next(places)}\x01", paragraph)
        for sentence in ENDS.split(masked):
            whole = re.split(r"\x00(\d+)\x01", sentence)
            whole[1::2] = [kept[int(place)] for place in whole[1::2]]
            found.append("".join(whole))
    return [sentence for sentence in found if sentence.strip()]


def glossary(path):
    """Terms of the glossary, a list of str."""
    block = re.search(
        r"^(`{3,}|:{3,})\{glossary\}[^\n]*\n(.*?)^\1",
        path.read_text(encoding="utf-8"),
        re.M | re.S,
    )
    return [
        line.strip()
        for line in block[2].splitlines()
        if line.strip() and not line.startswith((" ", ":"))
    ]


def _linked(body, terms):
    """Terms whose first use on the page is no link to the glossary."""
    prose = "\n".join(sentences(body))
    plain = re.sub(
        r"(\{term\}`[^`]*`)|\{[\w:]+\}`[^`]*`|`[^`]*`", lambda match: match[1] or " ", prose
    )
    for term in terms:
        first = re.search(
            rf"(?<![\w-]){re.escape(term)}(?:s|es)?(?![\w-])",
            TERM.sub(lambda m: " " * len(m[0]), plain),
            re.I,
        )
        links = [
            match.start()
            for match in TERM.finditer(plain)
            if (match[1] or match[2]).lower() == term.lower()
        ]
        if first and (not links or first.start() < links[0]):
            longer = any(
                term != other
                and term.lower() in other.lower()
                and re.search(
                    re.escape(other), plain[max(0, first.start() - 30) : first.end() + 30], re.I
                )
                for other in terms
            )
            if not longer:
                said = " ".join(plain[max(0, first.start() - 40) : first.end() + 20].split())
                yield (
                    f"the first use of {term!r} is no link (“…{said}…”); write {{term}}`{term}`"
                    " there."
                )


def _known(slug, body, chapters):
    """Terms that neither this page nor one of its prerequisites explains."""
    known, waiting = set(), [slug]
    while waiting:
        chapter = chapters.get(waiting.pop(), {})
        known |= {str(term).lower() for term in chapter.get("explains", [])}
        waiting += chapter.get("prerequisites", [])
    for term in dict.fromkeys((m[1] or m[2]) for m in TERM.finditer(body)):
        if term.lower() not in known:
            yield (
                f"{term!r} is explained neither here nor in a chapter that its card asks for; say"
                " what it means, and list it under 'explains'."
            )
    linked = {(m[1] or m[2]).lower() for m in TERM.finditer(body)}
    for term in chapters[slug].get("explains", []):
        if str(term).lower() not in linked:
            yield (
                f"'explains' lists {term!r}, which the page does not link; link it where it is"
                " explained."
            )


if __name__ == "__main__":
    sys.exit("\n".join(problems(slug=next(iter(sys.argv[1:]), None))) or None)
