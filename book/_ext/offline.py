"""Keep every page whole without a network, and light.

No script, style or picture comes from another host, nothing tells another host about the
reader, and what the theme loads without using it (1.5 MB of icons, the search index on every
page) is left out. The few icons in use stand in ``_static/icons.css``.
"""

import re

from _ext.pages import finish_with

UNWANTED = re.compile(r"(?:https?:)?//|(?:.*/)?sphinx-thebe\.")
UNUSED = re.compile(
    r"[ \t]*<script[^>]*(?:fontawesome|searchtools|language_data|searchindex)\.js[^>]*>"
    r"</script>\n?"
)


def lighten(html):
    """A page without the icon script and, unless it is the search page, the search scripts."""
    search = 'id="search-documentation"' in html or 'id="search-results"' in html
    return UNUSED.sub(
        lambda script: script[0] if search and "fontawesome" not in script[0] else "", html
    )


def _keep_local(app, pagename, templatename, context, doctree):
    for kind in ("script_files", "css_files"):
        context[kind] = [
            file
            for file in context.get(kind, [])
            if not UNWANTED.match(str(getattr(file, "filename", file) or ""))
        ]


def _silence(app):
    """Thebe runs code on a public server and names it on every page; the book does not use it."""
    for event, listeners in app.events.listeners.items():
        app.events.listeners[event] = [
            one for one in listeners if not one.handler.__module__.startswith("sphinx_thebe")
        ]


def setup(app):
    _silence(app)
    app.connect("html-page-context", _keep_local, priority=900)
    finish_with(app, lighten)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
