"""The wheel of aipm, installed in an empty environment of another folder, works there."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest

import aipm
from coursekit import ROOT

UV = (sys.executable, "-m", "uv")
CORE = "errors validation estimates models fairness privacy operations"
COURSE = ("aipm.operations.contracts", "aipm.language.search")  # take pandera and bm25s
IMPORT = f"""
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    module = importlib.import_module(f"aipm.{{name}}")
    for part in pkgutil.walk_packages(getattr(module, "__path__", []), f"aipm.{{name}}."):
        if not part.name.startswith({COURSE}):
            importlib.import_module(part.name)
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [*UV, "build", "--quiet", "--wheel", "--no-build-isolation", "--out-dir", folder]
    command += ["--python", sys.executable, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def environment(folder, wheel, extra=""):
    """Python of an empty environment with the wheel alone, in the locked versions."""
    subprocess.run([*UV, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    python = folder / "bin" / "python"
    command = [*UV, "pip", "install", "--quiet", "--python", python, f"{wheel}{extra}"]
    subprocess.run([*command, "--constraint", ROOT / "requirements.txt"], check=True)
    return python


def run(command, folder, **variables):
    """Run a command in another folder, as somebody does who never had the repository."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AIPM_", "PYTHON"))}
    return subprocess.run(
        command, cwd=folder, env=kept | variables, capture_output=True, text=True, encoding="utf-8"
    )


def test_the_wheel_holds_aipm_and_all_beside_it(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "aipm"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
    ).stdout.splitlines()
    asked = {path for path in listed if (ROOT / path).exists() and "/." not in path}
    evidence = (ROOT / "notebooks" / "evidence").glob("*.json")
    shipped = {f"aipm/course/shipped/evidence/{path.name}" for path in evidence}
    shipped.add("aipm/course/shipped/facts.yml")
    about = {name for name in held if ".dist-info/" in name}
    assert held - about == asked | shipped, (
        f"the wheel lacks {sorted((asked | shipped) - held)} and should not hold"
        f" {sorted(held - about - asked - shipped)}: see package-data in pyproject.toml, and"
        " setup.py."
    )
    licences = {name.rpartition("/")[2] for name in about if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-CONTENT"}


def test_the_wheel_says_what_it_is(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        said = archive.read(name).decode()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"\nVersion: {aipm.__version__}\n" in said
    assert f"\nLicense-Expression: {project['license']}\n" in said
    needed = re.findall(r"^Requires-Dist: (.*)$", said, re.M)
    assert [one for one in needed if "extra ==" not in one] == project["dependencies"]


@pytest.mark.slow
@pytest.mark.network
def test_the_core_is_all_that_your_own_data_needs(wheel, tmp_path):
    python = environment(tmp_path / "core", wheel)
    share = "from aipm.estimates import share; print(share(23, 32))"
    done = run([python, "-c", share], tmp_path)
    assert done.stdout.startswith("23 of 32, 72 %") and not done.stderr, done.stdout + done.stderr
    done = run([python, "-W", "error", "-c", IMPORT, *CORE.split()], tmp_path)
    assert done.returncode == 0, f"the core imports what an extra brings: {done.stderr}"


@pytest.mark.slow
@pytest.mark.network
def test_a_language_model_needs_its_extra_alone(wheel, tmp_path):
    python = environment(tmp_path / "llm", wheel, "[llm]")
    done = run([python, "-c", IMPORT, "language"], tmp_path)
    assert done.returncode == 0, f"aipm.language imports what another extra brings: {done.stderr}"


@pytest.mark.network
@pytest.mark.slow
def test_a_copied_lab_runs_anywhere(wheel, tmp_path):
    """Without the repository: data, evidence and facts come from the wheel."""
    python = environment(tmp_path / "course", wheel, "[course]")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(ROOT / "notebooks" / "labs" / "05_overfitting.ipynb", elsewhere / "copied.ipynb")
    kernel = tmp_path / "jupyter" / "kernels" / "empty"
    kernel.mkdir(parents=True)
    said = {"argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]}
    said |= {"display_name": "Empty", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(said), encoding="utf-8")
    command = [sys.executable, "-m", "jupyter", "execute", "--kernel_name=empty", "copied.ipynb"]
    done = run(command, elsewhere, JUPYTER_PATH=str(tmp_path / "jupyter"))
    assert done.returncode == 0, done.stderr[-3000:]
