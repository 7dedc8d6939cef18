"""Say under each term of the glossary which chapter teaches it, from their front matter."""

from docutils import nodes
from sphinx import addnodes

from _ext.card import doc_link
from coursekit.content import frontmatter


def _name_chapters(app, doctree):
    glossaries = list(doctree.findall(addnodes.glossary))
    if not glossaries:
        return
    app.env.reread_always.add(app.env.docname)
    first = {}
    for slug, fields in frontmatter.all_chapters(app.srcdir).items():
        for term in fields.get("explains", []):
            first.setdefault(str(term).lower(), (slug, fields))
    for item in glossaries[0].findall(nodes.definition_list_item):
        term = next(iter(item.findall(nodes.term))).astext().lower()
        if term in first and f"book/{first[term][0]}" in app.env.found_docs:
            slug, fields = first[term]
            link = doc_link(
                f"book/{slug}",
                app.env.docname,
                f"{fields['chapter']}\N{NO-BREAK SPACE}· {fields['topic']}",
            )
            definition = next(iter(item.findall(nodes.definition)))
            definition.append(nodes.paragraph("", "", link, classes=["term-chapter"]))


def setup(app):
    app.connect("doctree-read", _name_chapters)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
