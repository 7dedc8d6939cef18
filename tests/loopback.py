"""Run a command with no network but loopback, and say what it took.

Usage: python tests/loopback.py REPORT COMMAND … — on Linux the command runs in a network
namespace of its own. REPORT becomes a JSON file: seconds of processor time, megabytes at
the peak, whether the network was cut.
"""

import json
import os
import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1


def raise_loopback():
    """Bring up ``lo``, which a new namespace has down."""
    import fcntl  # on Linux alone, as are namespaces

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        request = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(sock, SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(sock, SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | IFF_UP))


def can_cut():
    """Whether this machine lets us make a network namespace."""
    return (
        bool(shutil.which("unshare"))
        and subprocess.run(
            ["unshare", "--net", "--map-root-user", "true"], capture_output=True
        ).returncode
        == 0
    )


def main():
    import resource

    report, *command = sys.argv[1:]
    if "AIPM_CUT" not in os.environ and can_cut():
        os.environ["AIPM_CUT"] = "1"
        os.execvp("unshare", ["unshare", "--net", "--map-root-user", sys.executable, *sys.argv])
    cut = "AIPM_CUT" in os.environ
    if cut:
        raise_loopback()
    code = subprocess.run(command).returncode
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    Path(report).write_text(
        json.dumps(
            {
                "seconds": used.ru_utime + used.ru_stime,
                "megabytes": used.ru_maxrss / 1024,
                "cut": cut,
            }
        ),
        encoding="utf-8",
    )
    sys.exit(code)


if __name__ == "__main__":
    main()
