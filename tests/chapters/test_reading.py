"""Labs and solutions can be read aloud, and pages have room to breathe."""

import pytest

from coursekit import ROOT, WAITING, breathing, readability, text_figures

SLUGS = sorted(path.stem for path in (ROOT / "notebooks" / "labs").glob("[0-9][0-9]_*.ipynb"))


SECOND_EDITION = [slug for slug in SLUGS if slug not in WAITING]


@pytest.mark.parametrize("slug", SECOND_EDITION)
@pytest.mark.parametrize("rules", [readability, breathing, text_figures])
def test_every_chapter_can_be_read(rules, slug):
    found = list(rules.problems(slug=slug))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("slug", WAITING)
def test_a_waiting_chapter_still_waits(slug):
    found = [
        problem
        for rules in (readability, breathing, text_figures)
        for problem in rules.problems(slug=slug)
    ]
    assert found, f"{slug} can be read now: take it off WAITING in coursekit/__init__.py."
