"""Every chapter is whole, and no measured number of a page is typed."""

import re

import pytest

from coursekit import ROOT
from coursekit.content import frontmatter
from coursekit.rules import anatomy, facts

SLUGS = anatomy.slugs(ROOT)


def test_every_chapter_is_whole():
    assert not anatomy.problems(ROOT), "\n".join(anatomy.problems(ROOT))


def test_facts_are_dated_and_sourced():
    assert not facts.problems(ROOT / "book" / "facts.yml")


TYPED = re.compile(r"(?<![\w{`/.:,–-])(?:\d+(?:\.\d+)?\s?%|0?\.\d{2,}(?![\w}.]))")
CONVENTIONS = {
    "100 %",
    "95 %",
    "90 %",
    "80 %",
    "50 %",
    "0.05",
}  # levels and definitions, which no lab measures


@pytest.mark.parametrize("slug", SLUGS)
def test_no_measured_number_is_typed(slug):
    page = (ROOT / "book" / f"{slug}.md").read_text()
    quiz = (ROOT / "book" / "quizzes" / f"{slug}.yml").read_text()
    allowed = CONVENTIONS | set(frontmatter.load(ROOT / "book" / f"{slug}.md").get("given", []))
    for name, text in (
        (f"book/{slug}.md", page.split("\n---\n", 1)[1]),
        (f"book/quizzes/{slug}.yml", quiz),
    ):
        plain = re.sub(
            r"\{[\w:]+\}`[^`]*`|`[^`]*`|^\s*-? ?(answer|tolerance):.*$|answer: [\d./]+|tolerance:"
            r" [\d.]+",
            " ",
            text,
            flags=re.M,
        )
        typed = {re.sub(r"\s?%", " %", number) for number in TYPED.findall(plain)} - allowed
        assert not typed, (
            f"{name} has figures that were typed: {', '.join(sorted(typed))}. Record them in the"
            " lab and quote them with {result}; a convention or an input you chose goes into"
            " the page's front matter under 'given'."
        )
