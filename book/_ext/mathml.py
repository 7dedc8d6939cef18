"""Formulas as MathML, made at build time: no script, and read aloud by screen readers."""

from html import escape

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.util import logging

logger = logging.getLogger(__name__)


def to_mathml(latex, display):
    """MathML for a formula, with its LaTeX as alternative text.

    Parameters
    ----------
    latex : str
    display : {"inline", "block"}

    Returns
    -------
    str

    Raises
    ------
    Exception
        Whatever latex2mathml raises for a formula it cannot read.
    """
    text = " ".join(latex.split())
    return convert(text, display=display).replace("<math ", f'<math alttext="{escape(text)}" ', 1)


def _write(self, node, display, before, after):
    try:
        self.body.append(before + to_mathml(node.astext(), display) + after)
    except Exception as error:  # latex2mathml has no error of its own for all it cannot read
        logger.error(
            "formula %r: %s; check braces and commands.",
            node.astext(),
            error or type(error).__name__,
            location=node,
        )
    raise nodes.SkipNode


def _inline(self, node):
    _write(self, node, "inline", "", "")


def _block(self, node):
    number = f'<span class="eqno">({node["number"]})</span>' if node.get("number") else ""
    _write(
        self,
        node,
        "block",
        self.starttag(node, "div", "", CLASS="math-block pst-scrollable-table-container"),
        f"{number}</div>\n",
    )


def setup(app):
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
