"""Re-execute labs and solutions in place, in parallel, and record what the labs find; a second run
changes no byte.

Nothing else records. ``AIPM_EVIDENCE`` names the folder to record into: ``notebooks/evidence``,
unless another one was named before.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbclient

from aipm.course.recorded import EVIDENCE
from aipm.language.llm import replies
from coursekit import ROOT
from coursekit.content import notebooks

FOLDERS = ("labs", "solutions")


def execute(path):
    """Execute one notebook in place; returns (path, report, ok)."""
    start = time.perf_counter()
    notebook = notebooks.read(path)
    client = nbclient.NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=None if replies.recording() else 120,
        coalesce_streams=True,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        return path, f"stopped: {error}", False
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                return (
                    path,
                    (
                        f"cell {number} warns: {output.text.strip()}\nRepair the cause; stored"
                        " outputs carry no warnings."
                    ),
                    False,
                )
    notebook = notebooks.normalise(notebook)
    notebook.metadata["run"] = notebooks.run_of(notebook, path)
    changed = notebooks.write(notebook, path)
    seconds = time.perf_counter() - start
    return path, f"{'written' if changed else 'unchanged'}, {seconds:.0f} s{_memory()}", True


def reads_records(path):
    """Whether a notebook reads what other labs recorded, as a dossier does."""
    return "dossier.collect(" in path.read_text(encoding="utf-8")


def _memory():
    """What a report says of the largest kernel; nothing where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return ""
    return f", {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "paths", nargs="*", type=Path, help="notebooks; all labs and solutions if none is named"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="how many at a time")
    arguments = parser.parse_args()
    paths = [path.resolve() for path in arguments.paths]
    paths = paths or [
        p for folder in FOLDERS for p in sorted((ROOT / "notebooks" / folder).glob("*.ipynb"))
    ]
    ours = [ROOT / "notebooks" / folder for folder in FOLDERS]
    if wrong := [path for path in paths if path.parent not in ours or not path.exists()]:
        sys.exit(
            f"{wrong[0]} is no notebook of the course; name an .ipynb file under notebooks/labs or"
            " notebooks/solutions."
        )
    record_into = os.environ.get("AIPM_EVIDENCE") or ROOT / EVIDENCE
    os.environ["AIPM_EVIDENCE"] = str(Path(record_into).resolve())  # kernels inherit it
    failed = 0
    last = [path for path in paths if reads_records(path)]
    first = [path for path in paths if path not in last]
    with ProcessPoolExecutor(arguments.jobs, max_tasks_per_child=1) as pool:
        for group in (first, last):
            for path, report, ok in pool.map(execute, group):
                print(f"{path.relative_to(ROOT)}: {report}", flush=True)
                failed += not ok
    if failed:
        sys.exit(
            f"{failed} of {len(paths)} notebooks did not run; their files were left as they were."
        )


if __name__ == "__main__":
    main()
