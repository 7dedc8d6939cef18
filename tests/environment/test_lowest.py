"""The core of aipm works with the lowest versions that pyproject.toml admits."""

import os
import subprocess

import pytest

from coursekit import ROOT


@pytest.mark.slow
@pytest.mark.network
def test_the_core_passes_with_the_lowest_versions():
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "PYTEST_"))}
    done = subprocess.run(
        ["make", "--silent", "lowest"],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, (
        "make lowest fails: raise the version in pyproject.toml, or let aipm do without what is"
        f" newer.\n{done.stdout[-4000:]}{done.stderr[-2000:]}"
    )
