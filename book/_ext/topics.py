"""Name a chapter and its notebooks by topic in menus, links, search and the browser's title."""

from pathlib import Path

from docutils import nodes

from coursekit.content import frontmatter


def named(app, docname):
    """What a chapter and its notebooks are called in menus, links, search and the browser's
    title; None for other pages.
    """
    path = Path(app.env.doc2path(docname))
    page = Path(app.srcdir) / "book" / f"{path.stem}.md"
    if (
        not frontmatter.SLUG.fullmatch(path.stem)
        or not page.exists()
        or frontmatter.problems(page)
    ):
        return None
    name = f"{int(path.stem[:2])}\N{NO-BREAK SPACE}· {frontmatter.load(page)['topic']}"
    kind = {"labs": "lab"}.get(path.parent.name, path.parent.name)
    return name if kind == "book" else f"{name}: {kind}"


def _name(app, doctree):
    """A chapter goes by its topic; its headline stays on the page, with the topic above it."""
    docname = app.env.docname
    name = named(app, docname)
    if not name:
        return
    title = nodes.title("", name)
    app.env.titles[docname] = app.env.longtitles[docname] = title
    if docname.startswith("book/"):
        for entry in list(app.env.tocs[docname].findall(nodes.reference))[:1]:
            entry.children = [nodes.Text(name)]
        headline = next(iter(doctree.findall(nodes.title)))
        headline.insert(0, nodes.inline("", f"{name}: ", classes=["title-topic"]))


def setup(app):
    app.connect("doctree-read", _name, priority=600)  # after Sphinx has collected the titles
    return {"parallel_read_safe": True, "parallel_write_safe": True}
