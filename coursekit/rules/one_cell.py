"""The rules for one cell of a notebook, each yielding pairs of line and what to do."""

import ast

LINES, FIGURE_LINES, FUNCTION_LINES, COLUMNS = 8, 12, 8, 76
SHORT = set("Xykn") | {"ax", "p", "id", "_"}
VAGUE = {"df", "df2", "res", "tmp", "helper", "val", "arr", "foo", "obj", "stuff"}
INDEX_ARITHMETIC = {
    "argsort",
    "argpartition",
    "searchsorted",
    "newaxis",
    "ix_",
    "einsum",
    "reduceat",
    "ravel_multi_index",
}
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def of_learners(source, tree):
    """What keeps a cell that a learner meets from being read aloud."""
    return [*size(source), *statements(tree), *names(tree), *functions(tree)]


def size(source):
    lines = source.splitlines()
    most = FIGURE_LINES if "evidence.figure(" in source or "plt.subplots" in source else LINES
    counted = [
        line
        for line in lines
        if line.strip()
        and "### BEGIN" not in line
        and "### END" not in line
        and not line.startswith(("from ", "import "))  # no step of the cell's own
    ]
    if len(counted) > most:
        yield (
            most + 1,
            (
                f"{len(counted)} lines; one step has at most {most} (a figure {FIGURE_LINES}):"
                " split the cell, or give the machinery a name in aipm."
            ),
        )
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield (
                number,
                f"{len(line)} columns; a line has at most {COLUMNS}, or the page cuts it off.",
            )


def statements(tree):
    seen = set()
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.stmt):
            if line in seen:
                yield line, "two statements on one line; give each its own."
            seen.add(line)
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Tuple)
            and isinstance(node.value, ast.Tuple)
        ):
            yield line, "a tuple packs several assignments into one; write one a line."
        if isinstance(node, COMPREHENSIONS):
            inner = [n for n in ast.walk(node) if n is not node and isinstance(n, COMPREHENSIONS)]
            if inner or len(node.generators) > 1:
                yield line, "a comprehension inside a comprehension; write a loop, or two steps."
        if isinstance(node, ast.NamedExpr):
            yield line, "a value is named inside an expression (:=); name it on a line of its own."
        if isinstance(node, ast.Attribute) and node.attr in INDEX_ARITHMETIC | (
            {"at"} if _numpy(node.value) else set()
        ):
            yield (
                line,
                (
                    f"{node.attr} is index arithmetic; sort, rank or group in pandas, or give it a"
                    " name in aipm."
                ),
            )
        if isinstance(node, ast.Subscript) and any(
            isinstance(n, ast.Constant) and n.value is None for n in _indices(node)
        ):
            yield line, "[None] adds an axis; use a pandas table, or give the step a name in aipm."
        if isinstance(node, ast.Call) and _dotted(node.func) == "evidence.record":
            yield (
                line,
                (
                    "evidence.record stands where a learner reads; move it to the section's last"
                    " cell, tagged remove-cell."
                ),
            )


def names(tree):
    for node in ast.walk(tree):
        named = (
            node.id
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            else node.arg
            if isinstance(node, ast.arg)
            else None
        )
        if named and (named in VAGUE or (len(named) < 2 and named not in SHORT)):
            yield node.lineno, f"{named!r} says nothing; use a whole word of the field."


def functions(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            said, length = ast.get_docstring(node), node.end_lineno - node.lineno + 1
            if not said or "\n" in said:
                yield (
                    node.lineno,
                    (
                        f"{node.name} has"
                        f" {'no docstring' if not said else 'a docstring of several lines'}; say"
                        " in one line what it returns."
                    ),
                )
            if length > FUNCTION_LINES:
                yield (
                    node.lineno,
                    (
                        f"{node.name} has {length} lines; a function in a notebook has at most"
                        f" {FUNCTION_LINES}: move it to aipm."
                    ),
                )


def recording(tree):
    """A hidden cell records and does nothing else: no model is fitted, no function defined
    there.
    """
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.FunctionDef, ast.Lambda))
            or isinstance(node, ast.Attribute)
            and node.attr in {"fit", "predict", "predict_proba", "chat"}
        ):
            yield (
                node.lineno,
                "a hidden cell works; it may only record what a cell above has computed.",
            )


def _indices(node):
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def _numpy(node):
    return _dotted(node).startswith("np.")


def _dotted(node):
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
