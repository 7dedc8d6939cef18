"""What the tests of aipm.language.llm share: an empty record, endpoints on loopback, and what
counts as one sentence.
"""

import contextlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from aipm.language import llm
from aipm.language.llm import replies
from aipm.language.llm import request as llm_request

KEY = "sk-planted-5f1c8a"
VARIABLES = ("OPENAI_BASE_URL", "OPENAI_API_KEY", "AIPM_MODEL", "AIPM_RECORD", "AIPM_REPLIES")


@pytest.fixture
def empty_record(tmp_path, monkeypatch):
    """The embedded model and an empty record, whatever this machine's environment says; returns
    the folder.
    """
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AIPM_REPLIES", str(tmp_path / "replies"))
    monkeypatch.setattr(llm, "_asked", type(llm._asked)())
    return tmp_path / "replies"


def point_at(monkeypatch, address, model="other-model", key=KEY):
    """Name another endpoint, as a learner does."""
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    monkeypatch.setenv("OPENAI_API_KEY", key)
    monkeypatch.setenv("AIPM_MODEL", model)


def put(prompt, text, model=llm.server.MODEL, **settings):
    """Record a reply that no model gave; returns its entry."""
    plain = llm_request.settings(**{"temperature": 0, "max_tokens": 128, "seed": 0} | settings)
    return replies.append(
        model,
        llm_request.messages(prompt),
        plain,
        {
            "text": text,
            "finish_reason": "stop",
            "usage": {"prompt": 1, "completion": 2, "cached": 0},
        },
    )


def one_sentence(error):
    """The message of an error, if it is one sentence that shows no key and no address."""
    said = str(error)
    assert said.endswith(".") and "\n" not in said and not re.search(r"[.!?] +[A-Z]", said), (
        f"not one sentence: {said}"
    )
    assert len(said) < 400, f"too long: {said}"
    assert KEY not in said and "127.0.0.1" not in said, f"shows a key or an address: {said}"
    return said


@contextlib.contextmanager
def endpoint(answer):
    """An HTTP server on loopback; ``answer(handler)`` gives (status, dict or bytes). Yields its
    address.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.request_body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, body = answer(self)
            body = json.dumps(body).encode() if isinstance(body, dict) else body
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(getattr(self, "announced", len(body))))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
