"""Write requirements.txt and requirements-dev.txt from pyproject.toml, with hashes, for every
platform and every Python that the course supports.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tomllib

from coursekit import ROOT

LOCKS = {
    "requirements.txt": ("--extra=course", "--extra=llm"),
    "requirements-dev.txt": ("--all-extras", "--constraint=requirements.txt"),
}


def origin():
    """What a lock says at its top: the command, its source, and a mark of what the source asks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [project["requires-python"], project["dependencies"], project["optional-dependencies"]]
    mark = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]
    return f"make lock, from pyproject.toml, whose dependencies have the mark {mark}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions, not those locked now"
    )
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    for name, extras in LOCKS.items():
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *extras),
            *("--quiet", "--universal", "--python-version=3.11", "--generate-hashes"),
            *(f"--custom-compile-command={origin()}", f"--output-file={name}", *upgrade),
        ]
        if subprocess.run(command, cwd=ROOT).returncode:
            sys.exit(
                f"{name} is unchanged: pyproject.toml cannot be locked, for the reason above."
            )
        print(f"{name}: locked from pyproject.toml")


if __name__ == "__main__":
    main()
