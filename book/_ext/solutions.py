"""Show solutions as a reader wants them: without the marks that the exercises are cut out by."""

import json
import re

MARK = re.compile(r"[ \t]*### (?:BEGIN|END) SOLUTION[ \t]*")


def without_marks(notebook):
    """Source of a solutions notebook for the book.

    Parameters
    ----------
    notebook : str
        The notebook as JSON.

    Returns
    -------
    str
        The same without the lines ``### BEGIN SOLUTION`` and ``### END SOLUTION``.
    """
    content = json.loads(notebook)
    for cell in content["cells"]:
        lines = "".join(cell["source"]).splitlines()
        cell["source"] = "\n".join(line for line in lines if not MARK.fullmatch(line))
    return json.dumps(content)


def _read(app, docname, source):
    if docname.startswith("notebooks/solutions/"):
        source[0] = without_marks(source[0])


def setup(app):
    app.connect("source-read", _read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
