"""Mend what the theme and notebooks leave inaccessible, in the HTML of every page."""

import re

from _ext.pages import finish_with

TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)
OUTPUT_TABLE = re.compile(r'<table\b[^>]*(?:class="[^"]*dataframe|id="T_)')
SCROLLER = (
    '<div class="table-scroll pst-scrollable-table-container" tabindex="0" role="group"'
    ' aria-label="Table; scrolls sideways if it is wider than the page">'
)
SIDEBAR = '<div id="pst-primary-sidebar" class="'
BRANCH = re.compile(
    r'(<a class="[^"]*reference internal"'
    r' href="[^"]*">)((?:(?!</a>).)+)(</a><details[^>]*><summary)>'
)


def mend(html):
    """HTML of a page with landmarks, labels and keyboard access completed."""
    html = html.replace(
        SIDEBAR, '<div id="pst-primary-sidebar" role="region" aria-label="Course" class="', 1
    )
    html = re.sub(
        r'(<button class="btn search-button-field[^>]*?) title="[^"]*" aria-label="[^"]*"',
        r"\1",
        html,
    )
    html = BRANCH.sub(_name_branch, html)
    html = html.replace('role="doc-biblioentry"', 'role="listitem"')
    return TABLE.sub(_table, html)


def _name_branch(found):
    """A branch of the contents that opens and closes says of what it is."""
    link, title, rest = found.groups()
    name = re.sub("<[^>]*>", "", title).replace('"', "&quot;")
    return f'{link}{title}{rest} aria-label="Pages of {name}">'


def _table(found):
    """Empty corners of a table are no headers, headers say of what they are, and a table of a
    notebook scrolls in a box of its own.
    """
    table = re.sub(r"<th\b([^>]*)>(?:\s|&nbsp;|<p>|</p>)*</th>", r"<td\1></td>", found[0])
    head, end, body = table.rpartition("</thead>")
    table = _scoped(head, "col") + end + _scoped(body, "row")
    return f"{SCROLLER}{table}</div>" if OUTPUT_TABLE.match(table) else table


def _scoped(html, scope):
    """A part of a table whose headers are those of columns, or of rows."""

    def said(header):
        group = "group" if re.search(rf'{scope}span="?[2-9]', header[1]) else ""
        return f'<th{header[1]} scope="{scope}{group}">'

    return re.sub(r"<th\b((?:(?!scope=)[^>])*)>", said, html)


def setup(app):
    finish_with(app, mend)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
