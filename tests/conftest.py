"""What tests share: the built book, and a browser to read it with."""

import os
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest
from filelock import FileLock

from coursekit import ROOT

# A busy machine may take its time over one example.
hypothesis.settings.register_profile("course", deadline=None)
hypothesis.settings.load_profile("course")

# Every core has a test of its own; threads of theirs would only wait for each other.
os.environ["OMP_NUM_THREADS"] = "1"

# Tests start programs of this environment, whether or not it was activated.
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


@pytest.fixture(scope="session")
def book_html():
    """Folder of the built book. The first test process builds it, the others wait."""
    build = ROOT / "_build"
    build.mkdir(exist_ok=True)
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    stamp = build / "tested"
    with FileLock(build / "tests.lock"):
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != run:
            command = [
                sys.executable,
                "-c",
                "from jupyter_book.cli.main import main; main()",
                "build",
                ".",
                "-W",
                "--keep-going",
                "-n",
                "-q",
            ]
            built = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
            )
            assert built.returncode == 0, (
                f"The book does not build without warnings; run make book.\n{built.stderr[-4000:]}"
            )
            stamp.write_text(run, encoding="utf-8")
    return build / "html"


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium that reaches this machine and no other."""
    from playwright.sync_api import sync_playwright

    from coursekit.build.browser import find

    path = find()
    assert path, "There is no browser to test with; run make test, which installs one."
    arguments = [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A page of a fresh browser profile."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def learner_python(tmp_path_factory):
    """Python of an environment made as Binder makes it: requirements.txt, then postBuild."""
    shared = tmp_path_factory.getbasetemp().parent  # one folder for all parallel workers
    folder = shared / "learner"
    python = folder / "bin" / "python"
    with FileLock(shared / "learner.lock"):
        if not (folder / "ready").exists():
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "uv",
                    "pip",
                    "install",
                    "--quiet",
                    "--compile-bytecode",
                    "--python",
                    python,
                    "--require-hashes",
                    "-r",
                    "requirements.txt",
                ],
                cwd=ROOT,
                check=True,
            )
            environment = os.environ | {
                "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
                "VIRTUAL_ENV": str(folder),
            }
            subprocess.run(["./postBuild"], cwd=ROOT, check=True, env=environment)
            (folder / "ready").touch()
    return str(python)
