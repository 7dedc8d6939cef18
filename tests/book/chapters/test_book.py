"""The chapters make one book: paths, guide map, openings."""

import difflib
import re

import pytest

from aipm.course import recorded
from coursekit import ROOT
from coursekit.content import frontmatter, paths
from coursekit.rules import anatomy

CHAPTERS = frontmatter.all_chapters(ROOT)
STATEMENTS = [
    statement
    for section in frontmatter.guide(ROOT / "book")
    for statement in section["statements"]
]


@pytest.mark.parametrize("name", [*paths.SHORT, *paths.WEEKS])
def test_a_path_skips_no_prerequisite(name):
    plan = paths.weeks(name, CHAPTERS) if name in paths.WEEKS else [paths.short(name, CHAPTERS)]
    taken = [slug for week in plan for slug in week]
    missing = [f"{slug} needs {before}" for slug, before in paths.skipped(taken, CHAPTERS)]
    assert taken and not missing, (
        f"The path {name!r} skips what its chapters lean on: {missing}. Change `paths` in the"
        " front matter of one of the two."
    )


@pytest.mark.parametrize("count", paths.WEEKS)
def test_weeks_hold_every_chapter_and_are_about_equally_long(count):
    plan = paths.weeks(count, CHAPTERS)
    assert [slug for week in plan for slug in week] == list(CHAPTERS)
    spent = [sum(paths.minutes(CHAPTERS[slug]) for slug in week) for week in plan]
    assert max(spent) < 1.5 * sum(spent) / count and min(spent) > 0.5 * sum(spent) / count, spent


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement["id"])
def test_a_statement_of_the_guide_is_taught_practised_and_tested(statement):
    name = statement["id"]
    covered = [
        slug
        for slug, fields in CHAPTERS.items()
        if name in frontmatter.taught(fields["objectives"])
    ]
    if "reported" in statement:
        page = (ROOT / "book" / f"{statement['page']}.md").read_text(encoding="utf-8")
        assert not covered and f"{{guide}}`{name}`" in page, (
            f"book/guide.yml reports {name!r} on {statement['page']}: mark it there with"
            f" {{guide}}`{name}`, and let no objective claim it."
        )
    else:
        assert covered, (
            f"The guide says {statement['says']!r} and no chapter teaches it: add {name!r} to the"
            " objective that does, whose exercises and questions practise and test it."
        )


def _opening(slug):
    """First two paragraphs after a chapter's card, as words."""
    page = (ROOT / "book" / f"{slug}.md").read_text(encoding="utf-8")
    text = page.split("```{chapter-card}\n```", 1)[1].strip()
    return re.findall(r"\w+", " ".join(text.split("\n\n")[:2]).lower())


@pytest.mark.parametrize("slug", anatomy.slugs(ROOT))
def test_no_other_chapter_opens_alike(slug):
    opening = _opening(slug)
    for other in (name for name in anatomy.slugs(ROOT) if name > slug):
        words = _opening(other)
        alike = difflib.SequenceMatcher(None, opening, words, autojunk=False)
        longest = alike.find_longest_match()
        assert alike.ratio() < 0.5 and longest.size < 9, (
            f"{slug} and {other} open alike: "
            f"{' '.join(opening[longest.a : longest.a + longest.size])!r}. Tell one otherwise."
        )


def test_one_name_means_one_quantity_everywhere():
    """What two labs record under one name and unit is one thing, so it has one value."""
    named = {}
    for slug in anatomy.slugs(ROOT):
        for key, found in recorded.read(ROOT, slug)["results"].items():
            named.setdefault((key, found.get("unit")), {})[slug] = found["value"]
    differ = {key: values for key, values in named.items() if len(set(values.values())) > 1}
    assert not differ, (
        f"Labs record different values under one name: {differ}. If they are one quantity, mend a"
        " lab; if not, name them apart."
    )
