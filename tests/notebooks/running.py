"""Run a notebook as a reader does: offline, every output held against the stored one."""

import json
import os
import subprocess
import sys

import nbformat

import aipm  # noqa: F401 - says how threads wait, and kernels inherit it
from coursekit import ROOT

NOTEBOOKS = ROOT / "notebooks"
EVIDENCE = NOTEBOOKS / "evidence"
STORED = sorted(
    p for folder in ("labs", "solutions") for p in (NOTEBOOKS / folder).glob("*.ipynb")
)
LABS = [path for path in STORED if path.parent.name == "labs"]


def named(path):
    return f"{path.parent.name}/{path.stem}"


def nbval(path, folder, threads=1, python=sys.executable, variables=(), first=None):
    """Run one notebook under nbval in an empty network, recording into ``folder / "evidence"``.

    Parameters
    ----------
    path, folder : pathlib.Path
    threads : int
    python : str
        Python of the notebook's kernel.
    variables : dict
        More variables of the environment.
    first : pathlib.Path, optional
        A program that the kernel runs before the first cell.

    Returns
    -------
    (subprocess.CompletedProcess, dict)
        The process, and what it took: see ``tests/loopback.py``.
    """
    kernel = folder / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    command = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    if first:
        line = f"__import__('runpy').run_path({str(first)!r})"
        command.append(f"--IPKernelApp.exec_lines={line}")
    said = {"argv": command, "display_name": "Python 3", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(said), encoding="utf-8")
    report = folder / "took.json"
    environment = os.environ | {
        "OMP_NUM_THREADS": str(threads),
        "JUPYTER_PATH": str(folder / "jupyter"),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # they take a second to load
        "AIPM_EVIDENCE": str(folder / "evidence"),
    }
    test = [sys.executable, "-m", "pytest", "--nbval", str(path), "-q", "--tb=short"]
    test += ["-p", "nbval.plugin", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "tests/loopback.py", str(report), *test],
        cwd=ROOT,
        env=environment | dict(variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done, json.loads(report.read_text(encoding="utf-8"))


def evidence_of(slug, folder=EVIDENCE):
    """Evidence of a chapter: the stored one, or what a run wrote into its folder."""
    return json.loads((folder / f"{slug}.json").read_text(encoding="utf-8"))


def outputs(path):
    """Every output that a notebook stores."""
    return [output for cell in nbformat.read(path, 4).cells for output in cell.get("outputs", [])]
