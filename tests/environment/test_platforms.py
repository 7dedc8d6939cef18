"""Whoever installs the lock gets wheels: on every platform and Python that the course names."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest

from coursekit import ROOT
from coursekit.build.lock import LOCKS

PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = {
    "Linux": "x86_64-manylinux_2_28",
    "Linux on Arm": "aarch64-manylinux_2_28",
    "macOS": "aarch64-apple-darwin",
    "Windows": "x86_64-pc-windows-msvc",
}
CELLS = [(lock, name) for lock in LOCKS for name in PLATFORMS]
# Learners' own: some authors' tools have to be compiled on a Mac with an Intel processor.
CELLS.append(("requirements.txt", "macOS on Intel"))
PLATFORMS["macOS on Intel"] = "x86_64-apple-darwin"


def lacking(lock, platform, python, folder):
    """What uv says against installing a lock from wheels alone; nothing if it would."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--quiet", "--target"),
        *(folder, "--python-platform", PLATFORMS[platform], "--python-version", python),
        *("--only-binary", ":all:", "--require-hashes", "-r", lock),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return done.stderr if done.returncode else ""


@pytest.mark.slow
@pytest.mark.network
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(("lock", "platform"), CELLS)
def test_the_lock_installs_from_wheels(lock, platform, python, tmp_path):
    said = lacking(lock, platform, python, tmp_path)
    assert not said, f"{lock} does not install on {platform} with Python {python}: {said}"


@pytest.mark.network
def test_python_3_14_lacks_the_counting_of_tokens_alone(tmp_path):
    """All else installs there; see aipm.language.tokens."""
    assert not lacking("requirements.txt", "Linux", "3.14", tmp_path)
    free = (
        (ROOT / "requirements.txt")
        .read_text(encoding="utf-8")
        .replace("python_full_version < '3.14' and ", "")
    )
    (tmp_path / "free.txt").write_text(free, encoding="utf-8")
    said = lacking(tmp_path / "free.txt", "Linux", "3.14", tmp_path)
    assert "quicktok-v1" in said, (
        "quicktok-v1 now has a wheel for Python 3.14: drop its marker in pyproject.toml, name 3.14"
        " in the Makefile, README.md and here, and run make lock."
    )


def test_the_same_pythons_are_named_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    classes = [one for one in project["classifiers"] if "Python :: 3." in one]
    assert classes == [f"Programming Language :: Python :: {python}" for python in PYTHONS]
    assert project["requires-python"] == f">={PYTHONS[0]}"
    looked_for = re.search(
        r"^PYTHON \?= (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M
    )[1]
    assert looked_for.split() == [f"python{p}" for p in reversed(PYTHONS)] + ["python3"]
    for file in ("environment.yml", ".github/workflows/course.yml"):
        named = set(re.findall(r"3\.1\d", (ROOT / file).read_text(encoding="utf-8")))
        assert named <= set(PYTHONS), f"{file} names {named - set(PYTHONS)}"
    assert "Python 3.11, 3.12 or 3.13" in (ROOT / "README.md").read_text(encoding="utf-8")


UNIX = {"fcntl", "grp", "pty", "pwd", "resource", "termios"}


def test_every_module_can_be_imported_on_windows():
    """No module needs at its top what only Unix has."""
    for folder in ("aipm", "coursekit", "book/_ext", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                names = [alias.name for alias in getattr(node, "names", ())]
                found = UNIX & {getattr(node, "module", None), *names}
                assert not found or not isinstance(node, (ast.Import, ast.ImportFrom)), (
                    f"{path.relative_to(ROOT)} imports {', '.join(found)}, which Windows lacks:"
                    " import it in the function that needs it"
                )
