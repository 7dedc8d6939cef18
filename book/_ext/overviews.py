"""Overviews drawn from the chapters' front matter: chapters, cheat sheet, work documents."""

from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from _ext import tags
from _ext.card import doc_link, download, duration
from coursekit import parse_yaml
from coursekit.content import frontmatter


def cell(content):
    """An entry of a table, from a text, a node, or a list of them."""
    parts = content if isinstance(content, list) else [content]
    inline = [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    return nodes.entry("", nodes.paragraph("", "", *inline))


def table(head, rows, widths, title=None, classes=()):
    """A table; an entry of a row is a text, a node, a list of them, or an entry."""
    drawn = [
        nodes.row("", *[x if isinstance(x, nodes.entry) else cell(x) for x in row]) for row in rows
    ]
    columns = [nodes.colspec(colwidth=width) for width in widths]
    top = nodes.thead("", nodes.row("", *map(cell, head)))
    group = nodes.tgroup("", *columns, top, nodes.tbody("", *drawn), cols=len(widths))
    heading = [nodes.title("", title)] if title else []
    return nodes.table("", *heading, group, classes=["colwidths-given", *classes])


class Overview(SphinxDirective):
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

    def parts(self):
        """Captions of the parts that have chapters, each with its slugs."""
        toc = Path(self.env.srcdir) / "_toc.yml"
        self.env.note_dependency(str(toc))
        chapters = self.chapters()
        for part in parse_yaml(toc.read_text(encoding="utf-8")).get("parts", []):
            names = [Path(entry["file"]).name for entry in part.get("chapters", [])]
            if slugs := [name for name in names if name in chapters]:
                yield part.get("caption", ""), slugs

    def link(self, slug, text):
        """A link to a chapter."""
        return doc_link(f"book/{slug}", self.env.docname, text)

    def inline(self, text):
        """Inline nodes of a MyST text of the front matter."""
        children, _ = self.state.inline_text(text, self.lineno)
        return children

    def document(self, slug):
        """Path, title and content of the work document of a chapter."""
        folder = Path(self.env.srcdir) / "book" / "work_documents"
        path = next(folder.glob(f"{slug[:2]}_*.md"))
        title, _, text = path.read_text(encoding="utf-8").partition("\n")
        return path, title.lstrip("# "), text

    def download(self, path, text):
        """A link that downloads a file of ``book/work_documents``."""
        return download(f"/book/work_documents/{path.name}", self.env.docname, text)


class ChapterList(Overview):
    """The chapters by part, or those of the part that the argument names, such as ``I``."""

    optional_arguments = 1

    def run(self):
        chapters, drawn = self.chapters(), []
        for caption, slugs in self.parts():
            if self.arguments and caption.partition(" ")[0] != self.arguments[0]:
                continue
            if not self.arguments:
                drawn.append(nodes.rubric("", caption))
            rows = [self._chapter(slug, chapters[slug]) for slug in slugs]
            drawn.append(tags.make("ul", *rows, classes="chapter-list"))
        return drawn

    def _chapter(self, slug, fields):
        note = f"{duration(sum(fields['minutes'].values()))}, {fields['level']}"
        topic = self.link(slug, fields["topic"])
        return tags.make(
            "li",
            tags.make("span", str(fields["chapter"]), classes="chapter-number"),
            nodes.paragraph("", "", topic, classes=["chapter-title"]),
            nodes.paragraph("", fields["title"], classes=["chapter-headline"]),
            nodes.paragraph("", fields["decision"], classes=["chapter-decision"]),
            nodes.paragraph("", note, classes=["chapter-note"]),
        )


class CheatSheet(Overview):
    """Each chapter in a line: topic, decision, what to keep, document."""

    def run(self):
        rows = [
            [
                [f"{fields['chapter']} ", self.link(slug, fields["topic"])],
                fields["decision"],
                self.inline(fields["takeaways"][0]),
                self.document(slug)[1],
            ]
            for slug, fields in self.chapters().items()
        ]
        head = ("Chapter", "You decide", "Keep in mind", "Bring")
        return [table(head, rows, (16, 22, 44, 18), classes=["cheat-sheet"])]


class WorkDocuments(Overview):
    """Every work document with the decision it serves, as Markdown and for a word processor."""

    def run(self):
        rows = []
        for slug, fields in self.chapters().items():
            path, title, _ = self.document(slug)
            word = path.with_suffix(".docx")
            links = [self.download(path, "Markdown"), ", ", self.download(word, "Word")]
            topic = self.link(slug, f"{fields['chapter']} · {fields['topic']}")
            rows.append([title, fields["decision"], topic, links])
        head = ("Document", "The decision it serves", "Filled once in", "Blank")
        return [table(head, rows, (26, 34, 22, 18), classes=["work-documents"])]


def setup(app):
    app.add_directive("chapter-list", ChapterList)
    app.add_directive("cheat-sheet", CheatSheet)
    app.add_directive("work-documents", WorkDocuments)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
