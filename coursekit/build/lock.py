"""Write requirements.txt and requirements-dev.txt from the .in files, with hashes, for every
platform."""

import argparse
import subprocess
import sys

from coursekit import ROOT

NAMES = ("requirements", "requirements-dev")  # the second is locked on top of the first


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions, not those locked now"
    )
    upgrade = ["--upgrade"] if parser.parse_args().upgrade else []
    for name in NAMES:
        command = [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--generate-hashes",
            "--python-version=3.11",
            "--custom-compile-command=make lock",
            f"{name}.in",
            f"--output-file={name}.txt",
            *upgrade,
        ]
        if subprocess.run(command, cwd=ROOT).returncode:
            sys.exit(
                f"{name}.txt was left as it was: {name}.in cannot be locked, for the reason above."
            )
        print(f"{name}.txt: locked from {name}.in")


if __name__ == "__main__":
    main()
