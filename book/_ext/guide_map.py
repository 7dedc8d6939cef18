"""Overviews drawn from the chapters' front matter: the guide map and the list of chapters."""

from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import tags
from chapter import doc_link, duration
from coursekit import frontmatter, parse_yaml


class _Overview(SphinxDirective):
    """A directive that reads all chapters, and therefore is drawn again at each build."""

    def chapters(self):
        """Front matter of the chapters that are part of the book, by slug."""
        self.env.note_reread()
        found = frontmatter.all_chapters(self.env.srcdir)
        book = Path(self.env.srcdir) / "book"
        return {
            slug: fields
            for slug, fields in found.items()
            if f"book/{slug}" in self.env.found_docs
            and not frontmatter.problems(book / f"{slug}.md")
        }


class GuideMap(_Overview):
    """What the guide says, and where it is taught."""

    def run(self):
        taught = {}
        for slug, fields in self.chapters().items():
            for name in fields["guide"]:
                taught.setdefault(name, []).append(slug)
        sections = frontmatter.guide(Path(self.env.srcdir) / "book")
        if not sections:
            raise self.error(
                "book/guide.yml is missing; write the guide's sections and statements there."
            )
        return [self._table(section, taught) for section in sections]

    def _table(self, section, taught):
        rows = [
            self._row(statement, taught.get(statement["id"]))
            for statement in section["statements"]
        ]
        head = nodes.row("", _cell("The guide says"), _cell("Taught in"))
        columns = [nodes.colspec(colwidth=60), nodes.colspec(colwidth=40)]
        group = nodes.tgroup("", *columns, nodes.thead("", head), nodes.tbody("", *rows), cols=2)
        return nodes.table("", nodes.title("", section["title"]), group, classes=["guide-map"])

    def _row(self, statement, chapters):
        if not chapters:
            return nodes.row(
                "", _cell(statement["says"]), _cell(nodes.emphasis("", "in a later chapter"))
            )
        links = [doc_link(f"book/{slug}", self.env.docname) for slug in chapters]
        return nodes.row(
            "",
            _cell(statement["says"]),
            nodes.entry("", *[nodes.paragraph("", "", link) for link in links]),
        )


class ChapterList(_Overview):
    """The chapters by part, in the order of the table of contents."""

    def run(self):
        chapters = self.chapters()
        toc = Path(self.env.srcdir) / "_toc.yml"
        self.env.note_dependency(str(toc))
        drawn = []
        for part in parse_yaml(toc.read_text(encoding="utf-8")).get("parts", []):
            slugs = [
                Path(entry["file"]).name for entry in part.get("chapters", []) if "file" in entry
            ]
            rows = [self._chapter(slug, chapters[slug]) for slug in slugs if slug in chapters]
            if rows:
                drawn += [
                    nodes.rubric("", part.get("caption", "")),
                    tags.make("ul", *rows, classes="chapter-list"),
                ]
        return drawn

    def _chapter(self, slug, fields):
        link = doc_link(f"book/{slug}", self.env.docname, fields["topic"])
        note = f"{duration(sum(fields['minutes'].values()))}, {fields['level']}"
        return tags.make(
            "li",
            tags.make("span", str(fields["chapter"]), classes="chapter-number"),
            nodes.paragraph("", "", link, classes=["chapter-title"]),
            nodes.paragraph("", fields["title"], classes=["chapter-headline"]),
            nodes.paragraph("", fields["decision"], classes=["chapter-decision"]),
            nodes.paragraph("", note, classes=["chapter-note"]),
        )


def _cell(content):
    return nodes.entry(
        "", nodes.paragraph("", "", nodes.Text(content) if isinstance(content, str) else content)
    )


def setup(app):
    app.setup_extension("chapter")
    app.add_directive("guide-map", GuideMap)
    app.add_directive("chapter-list", ChapterList)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
