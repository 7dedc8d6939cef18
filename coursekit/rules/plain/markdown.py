"""Take Markdown apart into passages and tables, with the lines where they stand."""

import re

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from coursekit.rules.plain.passages import Passage, Said, Table

PARSER = (
    MarkdownIt("commonmark")
    .enable("table")
    .use(colon_fence_plugin)
    .use(myst_block_plugin)
    .use(myst_role_plugin)
)
DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)")
OPTION = re.compile(r"^:[\w-]+:.*$", re.M)
DRAWN = {"quiz", "chapter-card", "math", "code", "code-block", "code-cell", "fact-table"}
COMMENT, BY_HAND = "myst_line_comment", "by hand"
LEAD_WORDS = 6  # a longer bold start is a sentence


def read(text, place, printer, first_line=1):
    """Passages and tables of a Markdown text, in order.

    A comment line ``% by hand`` directly before a paragraph, a list or a table says that readers
    count this example themselves; the built page does not show it.

    Parameters
    ----------
    text : str
    place : str
        Name of the file, and in a notebook of the cell.
    printer : Printer
    first_line : int
        Number of the text's first line in the file.

    Returns
    -------
    Said
    """
    return _Reader(place, printer).read(text, first_line)


class _Reader:
    def __init__(self, place, printer):
        self.place, self.printer, self.section = place, printer, ""
        self.said, self.by_hand = Said(), False

    def read(self, text, first_line):
        opened, waiting = [], None  # tokens around this one; a table that a sentence must follow
        for token in PARSER.parse(text):
            starts = token.level == 0 and token.nesting >= 0 and token.type != COMMENT
            if starts and waiting:
                waiting.followed, waiting = token.type == "paragraph_open", None
            if token.type == COMMENT:
                self.by_hand = token.content.strip() == BY_HAND
            elif token.nesting == 1:
                opened.append(token)
                self._start(token, first_line)
            elif token.nesting == -1:
                opened.pop()
                waiting = self.said.tables[-1] if token.type == "table_close" else waiting
            elif token.type == "inline":
                line = first_line + next(t.map for t in (token, *opened[::-1]) if t.map)[0]
                self._inline(token, line, opened)
            elif token.type in ("fence", "colon_fence"):
                self._fence(token, first_line + token.map[0])
            if token.level == 0 and token.nesting <= 0 and token.type != COMMENT:
                self.by_hand = False
        return self.said

    def _start(self, token, first_line):
        if token.type == "table_open":
            self.said.tables.append(
                Table(self.place, first_line + token.map[0], self.section, self.by_hand)
            )
        elif token.type == "tr_open":
            self.said.tables[-1].rows.append([])

    def _inline(self, token, line, opened):
        kind = _kind([one.type for one in opened])
        text, typed, quoted, bold = self.printer.print(token.children)
        if kind == "heading" and opened[-1].tag == "h2":
            self.section = text
        elif kind == "cell":
            self.said.tables[-1].rows[-1].append(text.strip())
        elif kind in ("paragraph", "item") and _is_lead(text[:bold].strip()):
            self._add(line, "lead", text[:bold], typed[:bold])
            text, typed = text[bold:], typed[bold:]
        self._add(line, kind, text, typed, quoted)

    def _fence(self, token, line):
        directive = DIRECTIVE.match(token.info.strip())
        if not directive or directive[1] in DRAWN:
            return
        body = OPTION.sub("", token.content)
        if directive[1] == "lab-figure":
            for inline in PARSER.parseInline(body.strip()):
                text, typed, quoted, _ = self.printer.print(inline.children)
                self._add(line + 1, "caption", text, typed, quoted)
            return
        if directive[2]:
            self._add(line, "heading", directive[2], directive[2])
        self.read(body, line + 1)

    def _add(self, line, kind, text, typed, quoted=()):
        """Keep a passage, without the white space around it."""
        start = len(text) - len(text.lstrip())
        line += text[:start].count("\n")
        text, typed = text.strip(), typed[start:].rstrip()
        if text:
            self.said.passages.append(
                Passage(self.place, line, kind, text, typed, quoted, self.section, self.by_hand)
            )


def _kind(above):
    if "heading_open" in above:
        return "heading"
    if "table_open" in above:
        return "cell"
    if "blockquote_open" in above:
        return "quotation"
    return "item" if "list_item_open" in above else "paragraph"


def _is_lead(bold):
    return bold.endswith((".", "?", "!")) and len(bold.split()) <= LEAD_WORDS
