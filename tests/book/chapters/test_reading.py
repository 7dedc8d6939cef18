"""Labs and solutions can be read aloud, and pages have room to breathe."""

import pytest

from coursekit import ROOT
from coursekit.rules import anatomy, cells, prose, text_figures


@pytest.mark.parametrize("slug", anatomy.slugs(ROOT))
@pytest.mark.parametrize("rules", [cells, prose, text_figures])
def test_every_chapter_can_be_read(rules, slug):
    found = list(rules.problems(slug=slug))
    assert not found, "\n".join(found)
