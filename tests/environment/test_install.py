"""`make` finds a Python, and says in one sentence what it lacks."""

import os
import shutil
import subprocess

import pytest

from coursekit import ROOT

TOOLS = ("make", "sh", "sed", "grep", "cat", "touch", "mkdir", "chmod")
PYTHON = """#!/bin/sh
case "$1" in
  -c) exit {unsuitable} ;;
  -V) echo "Python of {name}" ;;
  -m) mkdir -p .venv/bin
      printf '#!/bin/sh\\necho "{says}"; exit {fails}\\n' > .venv/bin/python
      cp .venv/bin/python .venv/bin/uv
      chmod +x .venv/bin/python .venv/bin/uv ;;
esac
"""
NO_NETWORK = (  # what pip, uv and uv behind a proxy say
    "NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary failure",
    "error sending request for url: client error (Connect) dns error",
    "error sending request for url: tunnel error: failed to create underlying connection",
)


def install(folder, pythons, says="", fails=0, arguments=()):
    """Run `make .venv/ready` in a copy, on a machine with these Pythons: {name: suitable}."""
    for file in ("Makefile", "pyproject.toml", "setup.py", "requirements-dev.txt"):
        shutil.copy(ROOT / file, folder)
    (folder / "requirements-model.txt").touch()
    (folder / "postBuild").write_text("#!/bin/sh\n", encoding="utf-8")
    (folder / "postBuild").chmod(0o755)
    machine = folder / "machine"
    machine.mkdir()
    for tool in (*TOOLS, "cp"):
        (machine / tool).symlink_to(shutil.which(tool))
    for name, suitable in pythons.items():
        script = PYTHON.format(name=name, unsuitable=int(not suitable), says=says, fails=fails)
        (machine / name).write_text(script, encoding="utf-8")
        (machine / name).chmod(0o755)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    environment |= {"PATH": str(machine)}
    environment.pop("PYTHON", None)
    command = [machine / "make", "--silent", ".venv/ready", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("pythons", "taken"),
    [
        ({"python3.11": True, "python3.12": True, "python3.13": True}, "python3.13"),
        ({"python3.11": True, "python3.12": True, "python3": True}, "python3.12"),
        ({"python3.13": False, "python3.11": True}, "python3.11"),  # a shim that leads nowhere
        ({"python3": True}, "python3"),
    ],
)
def test_make_takes_the_newest_that_will_do(tmp_path, pythons, taken):
    done = install(tmp_path, pythons)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"with Python of {taken}," in done.stdout


def test_another_python_is_named(tmp_path):
    done = install(tmp_path, {"python3.13": True, "mine": True}, arguments=["PYTHON=mine"])
    assert "with Python of mine," in done.stdout


@pytest.mark.parametrize(
    ("arguments", "looked_for"),
    [([], "python3.13 python3.12 python3.11 python3"), (["PYTHON=python9"], "python9")],
)
def test_make_says_what_it_looked_for(tmp_path, arguments, looked_for):
    done = install(tmp_path, {"python3": False}, arguments=arguments)
    assert done.returncode and len(done.stdout.splitlines()) == 1
    assert "needs Python 3.11, 3.12 or 3.13" in done.stdout and f"looked for {looked_for}:" in (
        done.stdout
    )


@pytest.mark.parametrize("says", NO_NETWORK)
def test_without_a_network_make_says_so_in_one_sentence(tmp_path, says):
    done = install(tmp_path, {"python3.12": True}, says=says, fails=1)
    assert done.returncode and "needs a network once" in done.stdout.splitlines()[-1]
    assert says not in done.stdout
    assert says in (tmp_path / ".venv" / "install.log").read_text(encoding="utf-8")
    assert not (tmp_path / ".venv" / "ready").exists()


def test_another_failure_is_shown_as_it_is(tmp_path):
    done = install(tmp_path, {"python3.12": True}, says="THESE PACKAGES DO NOT MATCH", fails=1)
    assert done.returncode and "THESE PACKAGES DO NOT MATCH" in done.stdout
