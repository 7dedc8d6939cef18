"""The library's public functions with their docstrings: the directive ``library``.

Sphinx's autodoc and napoleon read the docstrings; this writes what they are asked for, names the
chapter that explains each function, and numbers the references of each docstring apart.
"""

import importlib
import re

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util.docutils import SphinxDirective

from coursekit import ROOT
from coursekit.content import frontmatter, library


class Library(SphinxDirective):
    """``.. library:: models`` in a page of reStructuredText: a heading a module of the package, an
    entry a function.
    """

    required_arguments = 1

    def run(self):
        package, lines = self.arguments[0], []
        chapters, explained = frontmatter.all_chapters(ROOT), library.explained()
        for path in sorted((ROOT / "aipm" / package).rglob("*.py")):
            self.env.note_dependency(str(path))
        for module, functions in library.public().items():
            if module.split(".")[1] != package:
                continue
            if module != f"aipm.{package}":
                told = importlib.import_module(module).__doc__.split("\n\n")[0]
                lines += [module, "-" * len(module), "", re.sub(r" \[\d+\]_", "", told), ""]
            for function in functions:
                lines += [f".. autofunction:: {module}.{function}", ""]
                if slug := explained.get(f"{module}.{function}"):
                    topic = f"{int(slug[:2])} · {chapters[slug]['topic']}"
                    lines += [f"   Explained in chapter :doc:`{topic} </book/{slug}>`.", ""]
        section = nodes.section()
        section.document = self.state.document
        content = StringList(lines, source=self.get_source_info()[0])
        self.state.nested_parse(content, 0, section, match_titles=True)
        return section.children


def _apart(app, what, name, thing, options, lines):
    """Make the references of a docstring its own: ``[1]_`` becomes ``[#name-1]_``."""
    label = re.sub(r"\W", "-", name)
    for place, line in enumerate(lines):
        line = re.sub(r"\[(\d+)\]_", rf"[#{label}-\1]_", line)
        lines[place] = re.sub(r"^(\s*\.\. )\[(\d+)\] ", rf"\1[#{label}-\2] ", line)


def setup(app):
    for extension in ("sphinx.ext.autodoc", "sphinx.ext.napoleon"):
        app.setup_extension(extension)
    app.config.autodoc_preserve_defaults = True
    app.config.napoleon_use_rtype = False
    app.config.napoleon_use_ivar = True
    app.config.nitpick_ignore_regex = [("py:(class|exc|obj)", ".*")]  # words such as "array-like"
    app.add_directive("library", Library)
    app.connect("autodoc-process-docstring", _apart, priority=400)  # before napoleon
