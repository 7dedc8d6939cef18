"""Where each statement of the guide is taught, practised and tested.

The role ``{guide}`` marks the place on a page that treats a statement, by its id in
``book/guide.yml``; the directive ``{guide-map}`` draws the table from all chapters' objectives.
"""

from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from _ext import overviews
from _ext.card import doc_link
from coursekit.content import frontmatter, questions


class GuideRole(SphinxRole):
    """An empty place that the guide map links to."""

    def run(self):
        return [nodes.inline("", "", ids=[f"guide-{name}"]) for name in self.text.split()], []


class GuideMap(overviews.Overview):
    """What the guide says, and the places that teach, practise and test it."""

    def run(self):
        chapters = self.chapters()
        sections = frontmatter.guide(Path(self.env.srcdir) / "book")
        if not sections:
            raise self.error(
                "book/guide.yml is missing; write the guide's sections and statements there."
            )
        return [self._table(section, chapters) for section in sections]

    def _table(self, section, chapters):
        rows = [row for each in section["statements"] for row in self._rows(each, chapters)]
        return overviews.table(
            ("The guide says", "You learn to", "Practised and tested"),
            rows,
            widths=(26, 48, 26),
            title=section["title"],
            classes=["guide-map"],
        )

    def _rows(self, statement, chapters):
        """A row for each objective that covers the statement, or one that says why there is
        none.
        """
        covered = [
            (slug, fields, objective)
            for slug, fields in chapters.items()
            for objective in fields["objectives"]
            if statement["id"] in objective.get("guide", [])
        ]
        if not covered:
            said = statement.get("reported", "Taught in a later chapter.")
            page = statement.get("page")
            place = [self._place(f"book/{page}", statement["id"], "Reported")] if page else ["—"]
            return [[[statement["says"]], [said], place]]
        first, *others = [
            [self._objective(statement["id"], *each), self._tests(*each)] for each in covered
        ]
        says = overviews.cell(statement["says"])
        says["morerows"] = len(others)
        return [[says, *first], *others]

    def _objective(self, name, slug, fields, objective):
        topic = f"{fields['chapter']}\N{NO-BREAK SPACE}· {fields['topic']}"
        return [self._place(f"book/{slug}", name, topic), f": {objective['text']}"]

    def _tests(self, slug, fields, objective):
        """Links to the exercises and the questions of an objective."""
        ids = [question["id"] for question in self.asked(slug)]
        exercises = [name.lstrip("0") for name in objective["exercises"]]
        places = [str(ids.index(name) + 1) for name in objective["quiz"] if name in ids]
        exercise = doc_link(
            f"notebooks/exercises/{slug}", self.env.docname, _listed("Exercise", exercises)
        )
        return [exercise, "; ", self._place(f"book/{slug}", "quiz", _listed("question", places))]

    def asked(self, slug):
        """Questions of a chapter's quiz, [] while it cannot be read."""
        try:
            return questions.load(Path(self.env.srcdir) / "book" / "quizzes" / f"{slug}.yml")
        except questions.QuestionError:
            return []

    def _place(self, docname, name, text):
        """A link to a marked place on a page, or to its quiz."""
        anchor = "check-yourself" if name == "quiz" else f"guide-{name}"
        address = self.env.app.builder.get_relative_uri(self.env.docname, docname)
        return nodes.reference("", text, refuri=f"{address}#{anchor}", internal=True)


def _listed(kind, names):
    """Such as "Exercise 5.1" or "questions 1, 3"."""
    return f"{kind}{'s' * (len(names) > 1)} {', '.join(names)}"


def setup(app):
    app.add_role("guide", GuideRole())
    app.add_directive("guide-map", GuideMap)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
