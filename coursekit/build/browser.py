"""Find a Chromium for the browser tests, or install one; prints where it is."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = (
    "Install Chromium or Chrome by hand, or set CHROMIUM to the path of one, and run the tests"
    " again."
)


def find():
    """Path of an installed Chromium or Chrome, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return (
            named
            if Path(named).exists()
            else sys.exit(f"CHROMIUM names {named}, where there is no file. {ADVICE}")
        )
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _find_playwright()


def _find_playwright():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install():
    """Playwright's own Chromium first; where it cannot be had, Debian's."""
    done = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "chromium"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode == 0 and find():
        return
    if platform.system() == "Linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium"], check=False, stdout=subprocess.DEVNULL
        )


def main():
    if not find():
        print("No browser found; installing one for the tests (a minute or two).", flush=True)
        _install()
    path = find()
    if not path:
        sys.exit(f"No browser could be installed. {ADVICE}")
    print(f"Browser for the tests: {path}")


if __name__ == "__main__":
    main()
