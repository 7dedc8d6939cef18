"""Check every chapter's front matter, and draw the card at the top of its page."""

from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from _ext import tags
from coursekit.content import card, frontmatter

logger = logging.getLogger(__name__)
FOLD = (
    "<script>if (matchMedia('(max-width: 600px)').matches)"
    " document.currentScript.parentNode.previousElementSibling.open = false;</script>"
)


def doc_link(docname, source, text=None):
    """A link to a page of the book, by the page's own title if no text is given."""
    inner = nodes.inline("", text or "")
    return addnodes.pending_xref(
        "",
        inner,
        refdomain="std",
        reftype="doc",
        refdoc=source,
        reftarget=f"/{docname}",
        refexplicit=text is not None,
        refwarn=True,
    )


def duration(minutes):
    """Minutes as a reader says them, such as ``1 h 5 min``."""
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * (hours > 0) + [f"{rest} min"] * (rest > 0)).replace(
        " ", "\N{NO-BREAK SPACE}"
    )


def binder(app, path):
    """Address that opens a file of the repository in JupyterLab on Binder, or None."""
    options = app.config.html_theme_options
    hub = options.get("launch_buttons", {}).get("binderhub_url")
    repository = options.get("repository_url", "").rstrip("/").removeprefix("https://github.com/")
    branch = options.get("repository_branch", "main")
    return hub and f"{hub}/v2/gh/{repository}/{branch}?urlpath=lab/tree/{path}"


class ChapterCard(SphinxDirective):
    """What a chapter decides, teaches, needs and offers, from its front matter."""

    def run(self):
        page = Path(self.env.doc2path(self.env.docname))
        if frontmatter.problems(page):
            return []  # _check has reported them
        fields = frontmatter.load(page)
        documents = sorted((page.parent / "work_documents").glob(f"{page.stem[:2]}_*.md"))
        if not documents:
            raise self.error(
                f"book/work_documents has no {page.stem[:2]}_*.md; write the document that this"
                " chapter hands out."
            )
        takeaways = [
            nodes.list_item("", nodes.paragraph("", "", *self._text(sentence)))
            for sentence in fields["takeaways"]
        ]
        drawn = tags.make(
            "div",
            nodes.paragraph(
                "",
                "",
                nodes.inline("", "The decision", classes=["card-label"]),
                nodes.inline("", f" {fields['decision']}"),
                classes=["card-decision"],
            ),
            tags.make(
                "div",
                nodes.paragraph("", "In one minute", classes=["card-label"]),
                nodes.bullet_list("", *takeaways),
                classes="card-takeaways",
            ),
            tags.make(
                "details",
                tags.make("summary", "After this chapter you can"),
                nodes.bullet_list(
                    "",
                    *[
                        nodes.list_item("", nodes.paragraph("", objective["text"]))
                        for objective in fields["objectives"]
                    ],
                ),
                classes="card-objectives",
                open="open",
            ),
            tags.make("div", nodes.raw("", FOLD, format="html"), screen=True),
            self._time(fields["minutes"]),
            self._facts(fields),
            self._links(page.stem, documents),
            classes="chapter-card",
        )
        return [drawn]

    def _text(self, text):
        """Inline nodes of a MyST text of the front matter."""
        children, _ = self.state.inline_text(text, self.lineno)
        return children

    def _time(self, minutes):
        label = nodes.inline("", duration(sum(minutes.values())), classes=["card-total"])
        bar = []
        for part in card.MINUTES:
            bar.append(
                tags.make(
                    "span",
                    f"{part} {minutes[part]}",
                    style=f"flex-grow: {minutes[part]}",
                    classes=f"card-{part}",
                )
            )
        return nodes.paragraph(
            "",
            "",
            label,
            nodes.Text(" "),
            tags.make("span", *_joined(bar, " "), classes="card-bar"),
            classes=["card-time"],
        )

    def _facts(self, fields):
        facts = [[fields["level"].capitalize()]]
        if fields["case"] != "none":
            facts.append([f"Case: {fields['case']}"])
        before = [doc_link(f"book/{slug}", self.env.docname) for slug in fields["prerequisites"]]
        facts.append(
            ["Read first: ", *_joined(before, ", ")] if before else ["Nothing to read first"]
        )
        facts.append([f"Checked {fields['verified'].day} {fields['verified']:%B %Y}"])
        return _items(facts, "card-facts")

    def _links(self, slug, documents):
        here = self.env.docname
        links = [
            [doc_link(f"notebooks/labs/{slug}", here, "Lab")],
            [doc_link(f"notebooks/exercises/{slug}", here, "Exercises")],
        ]
        if address := binder(self.env.app, f"notebooks/exercises/{slug}.ipynb"):
            links.append([nodes.reference("", "Exercises on Binder", refuri=address)])
        for path in documents:
            target = f"/book/work_documents/{path.name}"
            headline = path.read_text(encoding="utf-8").partition("\n")[0]
            text = f"Work document: {headline.lstrip('# ')}"
            links.append([download(target, here, text)])
            if path.with_suffix(".docx").exists():
                links.append([download(target.replace(".md", ".docx"), here, "For Word")])
        return _items(links, "card-links")


def download(target, source, text):
    """A link that downloads a file of the project."""
    return addnodes.download_reference(
        "", "", nodes.inline("", text), reftarget=target, refdoc=source
    )


def _joined(children, separator):
    """The children with a text between each two."""
    return [part for child in children for part in (nodes.Text(separator), child)][1:]


def _items(rows, classes):
    items = [
        nodes.list_item(
            "", nodes.paragraph("", "", *[nodes.Text(x) if isinstance(x, str) else x for x in row])
        )
        for row in rows
    ]
    return nodes.bullet_list("", *items, classes=[classes])


def _check(app, env, docnames):
    """Report what is wrong with any chapter of the book, whether or not it changed."""
    for docname in sorted(env.found_docs):
        path = Path(env.doc2path(docname))
        if path.parent.name == "book" and frontmatter.SLUG.fullmatch(path.stem):
            for problem in frontmatter.problems(path):
                logger.error(problem, location=docname)


def setup(app):
    app.add_directive("chapter-card", ChapterCard)
    app.connect("env-before-read-docs", _check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
