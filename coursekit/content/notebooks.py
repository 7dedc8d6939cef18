"""Read, normalise and write notebooks, so that the same content is always the same bytes."""

import hashlib
import json
from pathlib import Path

import nbformat

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
KEPT = {"tags", "nbgrader", "mystnb", "slideshow"}
HIDDEN = {
    "jupyter": {"source_hidden": True}
}  # collapsed in JupyterLab; the tag remove-cell keeps it off the page


def read(path):
    """Notebook at ``path`` as an ``nbformat.NotebookNode`` of version 4."""
    return nbformat.read(path, as_version=4)


def normalise(notebook, **extra):
    """Make metadata, cell ids and counters depend on the content alone, in place.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    **extra
        Further notebook metadata, such as the name of its source.
    """
    notebook.metadata = nbformat.from_dict(METADATA | extra)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    seen, count = {}, 0
    for cell in notebook.cells:
        digest = hashlib.sha256(cell.source.encode()).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        cell.metadata = nbformat.from_dict(
            {k: v for k, v in sorted(cell.metadata.items()) if k in KEPT}
        )
        if "remove-cell" in cell.metadata.get("tags", []):
            cell.metadata |= nbformat.from_dict(HIDDEN)
        if cell.cell_type == "code":
            if cell.execution_count is not None:
                count += 1
                cell.execution_count = count
            _describe_figure(cell)
    return notebook


def _describe_figure(cell):
    """Carry the alternative text that evidence.figure displayed to where the book reads it."""
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output.execution_count = cell.execution_count
        text = output.get("data", {}).get("text/plain", "")
        if "image/png" in output.get("data", {}) and not text.startswith("<"):
            cell.metadata["mystnb"] = {"image": {"alt": text}}


def run_of(notebook, path):
    """What a run printed and rested on, as the notebook's metadata keep it.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    path : pathlib.Path
        ``notebooks/KIND/SLUG.ipynb`` of a project.

    Returns
    -------
    dict of str to str
        SHA-256 of all ``outputs`` and, of solutions, of the ``answers`` they were checked by.
    """
    printed = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    found = {"outputs": json.dumps(printed, sort_keys=True)}
    bank = path.parents[2] / "aipm" / "course" / "answers" / f"{path.stem}.yml"
    if path.parent.name == "solutions" and bank.exists():
        found["answers"] = bank.read_text(encoding="utf-8")
    return {name: hashlib.sha256(said.encode()).hexdigest() for name, said in found.items()}


def text(notebook):
    """A notebook as its file holds it."""
    return nbformat.writes(notebook, version=4).rstrip("\n") + "\n"


def write(notebook, path):
    """Write a notebook with Unix line ends; returns whether its bytes changed."""
    content, path = text(notebook), Path(path)
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8", newline="\n")
    return True
