"""Dated facts, laws and standards above all, stand once in ``book/facts.yml``.

The role ``{fact}`id` `` writes one into a sentence with its date and source; the directive
``{fact-table}`` draws them all.
"""

from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from coursekit import parse_yaml
from coursekit.rules.facts import problems


def load(env):
    """Facts by id; the page being read depends on the file."""
    path = Path(env.srcdir) / "book" / "facts.yml"
    env.note_dependency(str(path))
    return {entry["id"]: entry for entry in parse_yaml(path.read_text(encoding="utf-8"))}


def _source(entry):
    return f"{entry['source']}; {entry['date']}; checked {entry['checked']}"


class FactRole(SphinxRole):
    """``{fact}`id` ``: the statement, then its source and dates in brackets."""

    def run(self):
        facts = load(self.env)
        entry = facts.get(self.text.strip())
        if entry is None:
            message = self.inliner.reporter.error(
                f"There is no fact {self.text!r} in book/facts.yml; it holds {', '.join(facts)}.",
                line=self.lineno,
            )
            return [], [message]
        note = nodes.inline("", f" ({_source(entry)})", classes=["fact-source"])
        return [nodes.inline("", entry["says"].rstrip("."), classes=["fact"]), note], []


class FactTable(SphinxDirective):
    """``{fact-table}``: every dated fact with its source and how sure we are."""

    def run(self):
        facts = load(self.env).values()
        rows = [(e["says"], e["date"], e["source"], f"{e['checked']}, {e['sure']}") for e in facts]
        return [_table(("What is so", "Since or from", "Source", "Checked, how sure"), rows)]


def _table(head, rows):
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=width) for width in (50, 15, 25, 10)]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *[_row(row) for row in rows])
    return nodes.table("", group, classes=["facts"])


def _row(cells):
    return nodes.row("", *[nodes.entry("", nodes.paragraph("", str(cell))) for cell in cells])


def _check(app, env, docnames):
    for problem in problems(Path(app.srcdir) / "book" / "facts.yml"):
        logging.getLogger(__name__).error(problem)


def setup(app):
    app.add_role("fact", FactRole())
    app.add_directive("fact-table", FactTable)
    app.connect("env-before-read-docs", _check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
