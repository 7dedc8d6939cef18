"""aipm.language.llm against an OpenAI-compatible server that others wrote, with keys of its own.

LM-Proxy (MIT, on PyPI) checks the key, then passes the request to a real model: ours. It
differs from our server in ways that count: a wrong key is status 403, tokens are not counted.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from aipm import errors
from aipm.language import llm
from aipm.language.llm import server as llm_server
from llm_setup import KEY, one_sentence, point_at

SERVER = "lm-proxy==3.3.2"
MODEL = "bank-assistant"
pytestmark = pytest.mark.usefixtures("empty_record")


def answers(address):
    """Whether anything listens at an address on loopback."""
    with (
        contextlib.suppress(OSError),
        socket.create_connection(
            ("127.0.0.1", int(address.split(":")[2].split("/")[0])), timeout=1
        ),
    ):
        return True
    return False


def wait(condition, what, seconds=240):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.2)


@contextlib.contextmanager
def serving(folder):
    """LM-Proxy in an environment of its own, before the embedded model; yields (process,
    address).
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    config, log = folder / "config.toml", folder / "log.txt"
    config.write_text(
        f"""
host = "127.0.0.1"
port = {port}
[connections.small]
api_type = "openai"
api_base = "{llm_server.address()}"
api_key = "unused"
chat_mode = true
[routing]
"*" = "small.{llm_server.MODEL}"
[groups.default]
api_keys = ["{KEY}"]
""",
        encoding="utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "uv",
        "tool",
        "run",
        "--quiet",
        "--python",
        sys.executable,
        "--from",
        SERVER,
        "lm-proxy",
        "--config",
        str(config),
        "--env",
        "",
    ]
    with open(log, "wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    address = f"http://127.0.0.1:{port}/v1"
    try:
        wait(lambda: answers(address) or process.poll() is not None, f"{SERVER} to start")
        assert process.poll() is None, f"{SERVER} ended: {log.read_text(encoding='utf-8')[-3000:]}"
        yield process, address
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.mark.slow
def test_the_same_code_against_a_server_that_others_wrote(tmp_path, monkeypatch, empty_record):
    question = {
        "prompt": "Name three fruits.",
        "system": "Be brief.",
        "max_tokens": 24,
        "logprobs": True,
    }
    direct = llm.chat(**question)
    with serving(tmp_path) as (process, address):
        point_at(monkeypatch, address, MODEL)
        monkeypatch.setenv("AIPM_RECORD", "1")
        reply = llm.chat(**question)
        assert (reply.text, reply.logprobs, reply.model) == (
            direct.text,
            direct.logprobs,
            MODEL,
        ), "its reply is the model's"
        assert reply.usage == (None, None, None), "this server does not count tokens"
        [file] = empty_record.glob("*.jsonl")
        recorded = file.read_bytes()
        assert file.stem == MODEL and KEY.encode() not in recorded and b"127.0.0.1" not in recorded

        assert "status 502" in refused("word " * 5000), (
            "the model refuses what is beyond its window; this server says 502 and no more"
        )
        monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong-0000")
        said = refused("Hello?")
        assert "refuses the key in OPENAI_API_KEY" in said and "sk-wrong" not in said
        monkeypatch.setenv("OPENAI_API_KEY", KEY)

        said = []
        thread = threading.Thread(
            target=lambda: said.append(
                refused("Write a long story about a bank.", max_tokens=2000, temperature=1.0)
            )
        )
        thread.start()
        time.sleep(1)
        assert not said and thread.is_alive(), "the answer came too soon to interrupt it"
        os.killpg(process.pid, signal.SIGKILL)
        thread.join(timeout=60)
        assert said and "stopped in the middle of its answer, and nothing was recorded" in said[0]
    assert file.read_bytes() == recorded, (
        "what was recorded before is intact, and half an answer is not in it"
    )
    wait(lambda: not answers(address), "the killed server to be gone")
    assert "No model answers" in refused("Hello?")
    monkeypatch.delenv("AIPM_RECORD")
    assert llm.chat(**question) == reply, "the record answers for a server that is down"


def refused(*prompt, **options):
    """The one sentence with which a request fails."""
    with pytest.raises(errors.ModelError) as caught:
        llm.chat(*prompt, **options)
    return one_sentence(caught.value)
