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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    if not (HTML / "index.html").exists():
        sys.exit("There is no book in _build/html yet; run make book.")
    try:
        server = start(port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.exit(f"Port {port} is in use; choose another, such as: make serve PORT={port + 1}")
    print(f"The book is at http://127.0.0.1:{port}/ until you press Ctrl+C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
