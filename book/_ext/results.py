"""Numbers and figures on pages, drawn from what the labs recorded.

The role ``{result}`` formats a number of ``notebooks/evidence/NN_slug.json``, the directive
``{lab-figure}`` places a figure of it. Unknown keys fail the build, and so does evidence that was
not recorded from the lab and the data as they stand.
"""

import hashlib
import posixpath
import re
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.images import get_image_size

from _ext import tags
from aipm.course.recorded import EVIDENCE, problems, read
from aipm.errors import EvidenceError
from coursekit.content.quoting import REFERENCE, pick, show

logger = logging.getLogger(__name__)


def _find(env, text):
    """The evidence and the split reference that a text on a page stands for."""
    reference = REFERENCE.fullmatch(text.strip())
    if not reference:
        raise EvidenceError(
            "write a key of the lab's evidence and a format, such as best_test_auc:.2f or"
            " 05_overfitting/best_test_auc:.2f."
        )
    chapter = reference["chapter"] or posixpath.basename(env.docname)
    if not reference["chapter"] and not re.match(r"\d\d_", chapter):
        raise EvidenceError("this page belongs to no chapter; write NN_slug/ before the key.")
    env.note_dependency(str(EVIDENCE / f"{chapter}.json"))
    return read(env.srcdir, chapter), reference


class ResultRole(SphinxRole):
    """A number that a lab recorded."""

    def run(self):
        try:
            evidence, reference = _find(self.env, self.text)
            text = show(evidence, reference)
        except EvidenceError as error:
            logger.error("{result}`%s`: %s", self.text, error, location=self.get_location())
            return [nodes.problematic("", self.text)], []
        is_text = isinstance(
            evidence["results"][reference["key"]]["value"], str
        )  # a quoted reply wraps, a number must not
        return [nodes.inline("", text, classes=["result-text" if is_text else "result"])], []


class SizedImage(nodes.image):
    """An image whose size the page knows before it loads, so that nothing moves."""


class LabFigure(SphinxDirective):
    """A figure that a lab recorded, with its alternative text; the content is the caption."""

    required_arguments = 1
    has_content = True

    def run(self):
        try:
            evidence, reference = _find(self.env, self.arguments[0])
            figure = pick(evidence, "figures", reference["key"])
            path = Path(self.env.srcdir) / EVIDENCE / figure["file"]
            if (
                not path.exists()
                or hashlib.sha256(path.read_bytes()).hexdigest() != figure["sha256"]
            ):
                raise EvidenceError(
                    f"{EVIDENCE / figure['file']} is missing, or not the one the lab drew; run"
                    " make notebooks."
                )
        except EvidenceError as error:
            raise self.error(f"{{lab-figure}} {self.arguments[0]}: {error}") from None
        image = SizedImage(
            "", uri=f"/{EVIDENCE / figure['file']}", alt=figure["alt"], pixels=get_image_size(path)
        )
        self.env.note_dependency(str(EVIDENCE / figure["file"]))
        caption = nodes.Element()
        self.state.nested_parse(self.content, self.content_offset, caption)
        parts = [image, tags.make("figcaption", *caption.children)] if self.content else [image]
        return [tags.make("figure", *parts, classes="lab-figure")]


def _visit_image(self, node):
    source = posixpath.join(self.builder.imgpath, quote(self.builder.images[node["uri"]]))
    width, height = node["pixels"]
    self.body.append(
        self.emptytag(
            node,
            "img",
            "\n",
            src=source,
            alt=node["alt"],
            loading="lazy",
            width=width,
            height=height,
        )
    )


def _visit_other(self, node):
    self.visit_image(node)


def _depart(self, node):
    pass


def _check_fresh(app, env, docnames):
    """Report every chapter whose evidence was recorded from other code or other data."""
    for path in sorted((Path(env.srcdir) / EVIDENCE).glob("*.json")):
        for problem in problems(env.srcdir, path.stem):
            logger.error(problem)


def setup(app):
    app.add_role("result", ResultRole())
    app.add_directive("lab-figure", LabFigure)
    other = (_visit_other, _depart)
    app.add_node(
        SizedImage, html=(_visit_image, _depart), latex=other, text=other, man=other, texinfo=other
    )
    app.connect("env-before-read-docs", _check_fresh)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
