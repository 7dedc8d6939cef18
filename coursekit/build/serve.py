"""Serve the built book on this machine."""

import argparse
import contextlib
import errno
import functools
import http.server
import sys

from coursekit import ROOT

HTML = ROOT / "_build" / "html"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def copyfile(self, source, outputfile):
        with contextlib.suppress(ConnectionError):  # the reader has left the page
            super().copyfile(source, outputfile)


def start(port=0, folder=HTML):
    """Server of ``folder`` on loopback; port 0 takes a free one. Call ``serve_forever`` on it."""
    return http.server.ThreadingHTTPServer(
        ("127.0.0.1", port), functools.partial(_Quiet, directory=folder)
    )


def port_of(said):
    """The number of a port, or a sentence and the end."""
    if not said.isascii() or not said.isdigit() or not 0 < int(said) < 2**16:
        sys.exit(
            f"PORT is {said!r}; give a whole number from 1024 to 65535, such as: make serve"
            " PORT=8000"
        )
    return int(said)


def bound(port):
    """A server at a port, or a sentence and the end."""
    try:
        return start(port)
    except PermissionError:
        sys.exit(
            f"Port {port} is the administrator's; choose one from 1024 up, such as: make serve"
            " PORT=8000"
        )
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        other = port + 1 if port < 2**16 - 1 else 8000
        sys.exit(f"Port {port} is in use; choose another, such as: make serve PORT={other}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--try", action="store_true", dest="only_try", help="see if it is free")
    arguments = parser.parse_args()
    port = port_of(arguments.port)
    if arguments.only_try:  # before the book is built, which may take a minute
        bound(port).server_close()
        return
    if not (HTML / "index.html").exists():
        sys.exit("There is no book in _build/html yet; run make book.")
    server = bound(port)
    print(f"The book is at http://127.0.0.1:{port}/ until you press Ctrl+C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
