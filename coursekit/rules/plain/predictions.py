"""Say which *Predict* of a lab asks for what the page has already printed."""

import ast
import re

from coursekit.rules.plain.splitting import short

PREDICT = re.compile(r"\*\*Predict[^*]*\*\*[^\n]*")


def problems(notebook, name, printed):
    """Sentences, each naming a Predict and the records that answer it and stand on the page.

    What answers a Predict are the records of the code cells between its cell and the next text.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A lab.
    name : str
        Its file.
    printed : set of str
        Keys of this lab's records that the page quotes.

    Yields
    ------
    str
    """
    patterns = {
        number: list(_patterns(cell.source))
        for number, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and "evidence.record(" in cell.source
    }
    answers = {}
    for key in printed:
        for number in _recorded_in(key, patterns):
            answers.setdefault(number, []).append(key)
    asked = None
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            found = PREDICT.findall(cell.source)
            asked = (number, found[-1]) if found else None
        elif asked and answers.get(number):
            place, text = asked
            keys = ", ".join(sorted(answers[number]))
            yield (
                f"{name}, cell {place}: the page prints what this Predict asks for ({keys}); ask"
                f" for something that the page leaves open: {short(text.replace('*', ''))}"
            )


def _recorded_in(key, patterns):
    """Cells whose most exact pattern for a key no other cell surpasses."""
    exact = {
        number: max(
            (len(re.sub(r"\\w\+", "", pattern)) for pattern in some if re.fullmatch(pattern, key)),
            default=0,
        )
        for number, some in patterns.items()
    }
    best = max(exact.values(), default=0)
    return [number for number, length in exact.items() if best and length == best]


def _patterns(source):
    """Regular expressions of the keys that a cell records."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "evidence.record":
            yield _pattern(node.args[0])


def _pattern(node):
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(_pattern(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return _pattern(node.left) + _pattern(node.right)
    return r"\w+"
