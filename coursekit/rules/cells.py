"""Say which notebook cell cannot be read aloud, by which rule, and what to do: ``make check``
runs it.
"""

import ast
import json
import sys
from pathlib import Path

from coursekit import ROOT
from coursekit.rules import one_cell

CELLS = range(20, 35)  # cells of a lab that a reader meets


def problems(root=ROOT, slug=None):
    """Sentences, each naming notebook, cell, line and rule."""
    found = []
    for folder in ("labs", "solutions"):
        for path in sorted(
            (Path(root) / "notebooks" / folder).glob(f"{slug or '[0-9][0-9]_*'}.ipynb")
        ):
            found += notebook_problems(path)
    return found + list(_defined_twice(Path(root), slug))


def notebook_problems(path):
    """What cannot be read aloud in one notebook; cells are counted from 0, as JupyterLab's own
    tools do.
    """
    name = f"{path.parent.name}/{path.stem}"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    met = [cell for cell in cells if not _hidden(cell)]
    read = [cell for cell in met if "own-model" not in cell["metadata"].get("tags", [])]
    found = []
    if path.parent.name == "labs" and len(read) not in CELLS:
        found.append(
            f"{name}: {len(read)} cells to read; a lab has {CELLS[0]} to {CELLS[-1]}: leave out"
            " what the decision does not need."
        )
    recorded, shown, used = set(), set(), {}
    for number, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        tree = ast.parse(source)
        if _hidden(cell):
            recorded |= {
                node.id
                for node in ast.walk(tree)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            rules = one_cell.recording(tree)
        else:
            used |= {
                node.id: number
                for node in ast.walk(tree)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
            }
            shown |= {
                node.id
                for node in ast.walk(tree)
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            }
            shown |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
            rules = one_cell.of_learners(source, tree)
        found += [f"{name}, cell {number}, line {line}: {rule}" for line, rule in rules]
    return found + [
        f"{name}, cell {used[one]}: it uses {one}, which only a hidden cell makes; make it where"
        " the reader sees it."
        for one in sorted((recorded & set(used)) - shown)
    ]


def _hidden(cell):
    return "remove-cell" in cell["metadata"].get("tags", [])


def _defined_twice(root, slug):
    for lab in sorted((root / "notebooks" / "labs").glob(f"{slug or '*'}.ipynb")):
        solution = root / "notebooks" / "solutions" / lab.name
        both = _defined(lab) & _defined(solution) if solution.exists() else set()
        yield from (
            f"labs/{lab.stem} and solutions/{lab.stem} both define {name}; define it once, in"
            " aipm."
            for name in sorted(both)
        )


def _defined(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    trees = [ast.parse("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    return {
        node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    }


if __name__ == "__main__":
    sys.exit("\n".join(problems(slug=next(iter(sys.argv[1:]), None))) or None)
