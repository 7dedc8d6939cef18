"""Write notebooks/exercises from notebooks/solutions, with nbgrader's own preprocessors."""

import argparse
import sys

from nbgrader.preprocessors import ClearOutput, ClearSolutions
from traitlets.config import Config

from coursekit import ROOT
from coursekit.content import notebooks

SOLUTIONS = ROOT / "notebooks" / "solutions"
EXERCISES = ROOT / "notebooks" / "exercises"
CONFIG = Config(
    ClearSolutions={
        "code_stub": {"python": "# Your code here"},
        "text_stub": "*Your answer here.*",
    }
)


def make_exercise(solution):
    """Exercise notebook of a solution: regions cleared, outputs and ``solution-only`` cells gone.

    Parameters
    ----------
    solution : pathlib.Path
        Notebook with nbgrader metadata and ``### BEGIN SOLUTION`` regions.

    Returns
    -------
    nbformat.NotebookNode
    """
    notebook = notebooks.read(solution)
    notebook.cells = [
        c for c in notebook.cells if "solution-only" not in c.metadata.get("tags", [])
    ]
    for preprocessor in (ClearSolutions(config=CONFIG), ClearOutput(config=CONFIG)):
        notebook, _ = preprocessor.preprocess(notebook, {})
    notebook.cells[0].source = notebook.cells[0].source.replace("# Solutions ", "# Exercises ", 1)
    return notebooks.normalise(notebook, generated_from=f"notebooks/solutions/{solution.name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    sources = sorted(SOLUTIONS.glob("*.ipynb"))
    if not sources:
        sys.exit("There is no notebook in notebooks/solutions; the exercises are made from those.")
    for source in sources:
        changed = notebooks.write(make_exercise(source), EXERCISES / source.name)
        print(f"notebooks/exercises/{source.name}: {'written' if changed else 'unchanged'}")
    for orphan in sorted(set(EXERCISES.glob("*.ipynb")) - {EXERCISES / s.name for s in sources}):
        orphan.unlink()
        print(f"notebooks/exercises/{orphan.name}: removed, its solution is gone")


if __name__ == "__main__":
    main()
