"""Ways through the course, and the questions that place a reader on them."""

import re

from docutils import nodes

from _ext import overviews
from _ext.card import duration
from _ext.quiz import Quiz
from coursekit.content import paths


class Paths(overviews.Overview):
    """The short paths, or all chapters over as many weeks as the argument says."""

    optional_arguments = 1

    def run(self):
        chapters = self.chapters()
        if self.arguments:
            plan = paths.weeks(int(self.arguments[0]), chapters)
            rows = [
                self._row(f"Week\N{NO-BREAK SPACE}{number}", slugs, chapters)
                for number, slugs in enumerate(plan, 1)
                if slugs
            ]
            return [overviews.table(("", "Chapters", "Time"), rows, (14, 70, 16))]
        rows = []
        for name, (title, about) in paths.SHORT.items():
            row = self._row("", paths.short(name, chapters), chapters)
            rows.append([[nodes.strong("", title), f": {about}"], *row[1:]])
        return [overviews.table(("For", "Chapters, in this order", "Time"), rows, (34, 52, 14))]

    def _row(self, label, slugs, chapters):
        links = []
        for slug in slugs:
            name = f"{chapters[slug]['chapter']}\N{NO-BREAK SPACE}· {chapters[slug]['topic']}"
            links += [", ", self.link(slug, name)]
        time = duration(sum(paths.minutes(chapters[slug]) for slug in slugs))
        return [label, links[1:], time]


class Placement(Quiz, overviews.Overview):
    """One question of every chapter, in order; the first that is missed is where to begin."""

    required_arguments = 0

    def run(self):
        asked, labels = [], []
        for slug, fields in self.chapters().items():
            found = [each for each in self.asked(slug) if each["id"] == fields["placement"]]
            asked += [_of_chapter(each, slug) for each in found]
            name = f"{fields['chapter']} · {fields['topic']}"
            labels += [[self.link(slug, name)] for _ in found]
        return [self.draw(asked, labels, classes="quiz placement")]


def _of_chapter(value, slug):
    """A question as another page can ask it: its id and its results name their chapter."""
    if isinstance(value, str):
        return re.sub(r"\{result\}`(?!\d\d_)", f"{{result}}`{slug}/", value)
    if isinstance(value, list):
        return [_of_chapter(each, slug) for each in value]
    if isinstance(value, dict):
        changed = {key: _of_chapter(each, slug) for key, each in value.items()}
        return changed | ({"id": f"{slug}-{value['id']}"} if "id" in value else {})
    return value


def setup(app):
    app.add_directive("paths", Paths)
    app.add_directive("placement", Placement)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
