"""HTML elements that docutils has no node for (form, details, figcaption, ...).

Writers of other formats print what stands inside them and leave the element out; elements
made with ``screen=True`` need a browser and a script, and are left out with all they hold.
"""

from docutils import nodes

VOID = {"input", "img"}


class element(nodes.General, nodes.TextElement):
    """Any HTML element."""


def make(tag, *children, classes="", screen=False, **attributes):
    """An HTML element as a docutils node.

    Parameters
    ----------
    tag : str
        Name of the element.
    *children : nodes.Node or str
    classes : str
        Names of classes, with spaces between.
    screen : bool
        Whether it makes sense only in a browser.
    **attributes
        HTML attributes; ``_`` in a name stands for ``-``, and one that is None is left out.

    Returns
    -------
    element
    """
    html = {
        name.rstrip("_").replace("_", "-"): value
        for name, value in attributes.items()
        if value is not None
    }
    node = element("", "", tag=tag, html=html, screen=screen, classes=classes.split())
    node += [nodes.Text(child) if isinstance(child, str) else child for child in children]
    return node


def _visit_html(self, node):
    if node["screen"] and self.builder.name == "epub":
        raise nodes.SkipNode
    html = dict(node["html"])
    ids = [html.pop("id")] if "id" in html else []
    start = self.emptytag if node["tag"] in VOID else self.starttag
    self.body.append(start(node, node["tag"], "", ids=ids, **html))


def _depart_html(self, node):
    if node["tag"] not in VOID:
        self.body.append(f"</{node['tag']}>")


def _visit_other(self, node):
    if node["screen"]:
        raise nodes.SkipNode


def _depart_other(self, node):
    pass


def setup(app):
    other = (_visit_other, _depart_other)
    app.add_node(
        element,
        html=(_visit_html, _depart_html),
        latex=other,
        text=other,
        man=other,
        texinfo=other,
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
