"""The record of replies: nothing that was recorded is lost, and nothing that was changed is
believed.
"""

import hashlib
import json
import os
import random
import re
import subprocess
import sys
import warnings

import nbformat
import pytest

from aipm import errors
from aipm.language import llm
from aipm.language.llm import replies
from aipm.language.llm import request as llm_request
from aipm.language.llm import server as llm_server
from coursekit import ROOT
from coursekit.build import record
from llm_setup import KEY, one_sentence, put

COMMITTED = ROOT / "aipm" / "datasets" / "data" / "replies"
SECONDS = 25  # of one core, for asking a sample of the record again


def reply_to(prompt):
    return llm.chat(prompt).text


@pytest.fixture
def three(empty_record):
    """File and lines of a record of three replies."""
    for number in (1, 2, 3):
        put(f"question {number} – ¿qué?", f"answer {number} “ü”\u2028\n✓")
    file = replies.path(llm_server.MODEL)
    return file, file.read_bytes().splitlines(keepends=True)


def test_replays_what_is_recorded(three):
    reply = llm.chat("question 2 – ¿qué?", temperature=0, max_tokens=128)
    assert (reply.text, reply.source, reply.finish_reason) == (
        "answer 2 “ü”\u2028\n✓",
        "recorded",
        "stop",
    )
    assert (reply.usage.prompt, reply.usage.completion, reply.usage.cached) == (1, 2, 0)
    assert llm.sources() == f"{llm_server.MODEL}: 1 reply, 1 recorded and 0 live."


@pytest.mark.parametrize(
    "other",
    [
        {"temperature": 0.5},
        {"max_tokens": 127},
        {"seed": 1},
        {"logprobs": True},
        {"system": "Be brief."},
        {"model": "other"},
        {"prompt": "question 2 - ¿qué?"},
    ],
)
def test_every_part_of_a_request_counts(three, other):
    request = {
        "prompt": "question 2 – ¿qué?",
        "system": None,
        "model": llm_server.MODEL,
        "temperature": 0,
        "max_tokens": 128,
        "seed": 0,
    } | other
    messages = llm_request.messages(request.pop("prompt"), request.pop("system"))
    assert replies.find(request.pop("model"), messages, llm_request.settings(**request)) is None


def test_replay_loads_neither_client_nor_model(three):
    code = (
        "from aipm.language import llm; import sys; print(llm.chat('question 1 – ¿qué?'));"
        " print([m for m in ('openai', 'xllamacpp') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.endswith("[]\n") and done.stdout.startswith("answer 1"), done.stderr


def test_a_line_cut_at_any_byte_is_refused_and_costs_no_other(three):
    file, lines = three
    whole = lines[2]
    for cut in range(len(whole)):
        file.write_bytes(lines[0] + lines[1] + whole[:cut])
        replies._read.clear()
        assert reply_to("question 1 – ¿qué?").startswith("answer 1") and reply_to(
            "question 2 – ¿qué?"
        ).startswith("answer 2")
        if cut == len(whole) - 1:  # only the line's end is missing
            assert reply_to("question 3 – ¿qué?").startswith("answer 3")
        elif cut:
            with pytest.raises(errors.RecordError) as caught:
                reply_to("question 3 – ¿qué?")
            assert f"{file.name}, line 3," in one_sentence(caught.value)
        put("question 4", "answer 4")  # on a line of its own, whatever stands before
        assert file.read_bytes().startswith(lines[0] + lines[1] + whole[:cut]), (
            "what was there stays as it was"
        )
        assert [reply_to(f"question {n}")[:8] for n in ("1 – ¿qué?", "2 – ¿qué?", "4")] == [
            "answer 1",
            "answer 2",
            "answer 4",
        ]
        assert len(replies.read(file)[1]) == (0 < cut < len(whole) - 1)


def test_a_line_with_any_byte_edited_is_refused_and_costs_no_other(three):
    file, lines = three
    for place in range(len(lines[1]) - 1):
        edited = bytearray(lines[1])
        edited[place] ^= 1
        file.write_bytes(lines[0] + bytes(edited) + lines[2])
        replies._read.clear()
        assert reply_to("question 1 – ¿qué?").startswith("answer 1") and reply_to(
            "question 3 – ¿qué?"
        ).startswith("answer 3")
        with pytest.raises(errors.RecordError) as caught:
            reply_to("question 2 – ¿qué?")
        assert f"{file.name}, line 2," in one_sentence(caught.value)


def test_a_damaged_line_does_not_stand_in_the_way_of_other_requests(three):
    file, lines = three
    file.write_bytes(lines[0] + lines[1].replace(b"answer", b"Answer") + lines[2])
    assert (
        replies.find(
            llm_server.MODEL, llm_request.messages("a new prompt"), llm_request.settings(0, 128, 0)
        )
        is None
    )


def test_recording_again_mends_a_damaged_line(three, monkeypatch):
    file, lines = three
    file.write_bytes(lines[0] + lines[1].replace(b"answer", b"Answer") + lines[2])
    monkeypatch.setenv("AIPM_RECORD", "1")
    monkeypatch.setattr(
        llm,
        "_ask",
        lambda *request: {
            "text": "asked again",
            "finish_reason": "stop",
            "usage": {"prompt": 1, "completion": 2, "cached": 0},
        },
    )
    assert reply_to("question 2 – ¿qué?") == "asked again"
    monkeypatch.delenv("AIPM_RECORD")
    assert reply_to("question 2 – ¿qué?") == "asked again"


def test_windows_line_ends_do_no_harm(three):
    file, lines = three
    file.write_bytes(b"".join(lines).replace(b"}\n", b"}\r\n"))
    replies._read.clear()
    assert len(replies.read(file)[0]) == 3 and not replies.read(file)[1]


@pytest.mark.slow
def test_two_processes_record_at_once(three):
    file, lines = three
    file.write_bytes(b"".join(lines) + lines[0][:40])  # somebody's machine died while writing
    code = (
        "import sys; sys.path.insert(0, 'tests'); from llm_setup import put\nfor n in range(60):"
        " put(f'common {n}', 'x' * 3000 + sys.argv[1]); put(f'{sys.argv[1]} {n}', 'y' * n)"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, name], cwd=ROOT) for name in "ab"]
    assert [process.wait() for process in both] == [0, 0]
    entries, damaged = replies.read(file)
    assert len(entries) == 3 + 3 * 60, "a reply was lost"
    assert [number for number, _ in damaged] == [4]
    assert file.read_bytes().count(b"\n") == len(entries) + 1, "a request was recorded twice"


def test_the_first_of_two_recorded_replies_stands(empty_record):
    assert (
        put("a", "first")["reply"]["text"]
        == put("a", "second")["reply"]["text"]
        == "first"
        == reply_to("a")
    )


def test_a_later_line_takes_the_place_of_an_earlier(three):
    file, lines = three
    entry = json.loads(lines[0])
    entry["reply"]["text"] = "later"
    file.write_bytes(b"".join(lines) + replies.line(entry))
    assert reply_to("question 1 – ¿qué?") == "later"


def test_a_reply_that_holds_the_key_is_not_recorded(empty_record, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(errors.RecordError) as caught:
        put("What is my key?", f"It is {KEY}.")
    one_sentence(caught.value)
    assert not any(
        KEY in file.read_text(encoding="utf-8")
        for file in empty_record.rglob("*")
        if file.is_file()
    )
    monkeypatch.setenv("OPENAI_API_KEY", "ollama")  # what local servers take is no secret
    assert put("What is ollama?", "A server.")


def test_a_folder_that_cannot_be_written_is_named_in_one_sentence(
    tmp_path, empty_record, monkeypatch
):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("AIPM_REPLIES", str(tmp_path / "file" / "replies"))
    with pytest.raises(errors.RecordError) as caught:
        put("a", "b")
    one_sentence(caught.value)


def lab(folder, *sources):
    """A lab notebook under ``folder``, where coursekit/build/record.py looks for them."""
    path = folder / "notebooks" / "labs" / "01_lab.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources]),
        path,
    )
    return path


@pytest.mark.slow
def test_make_record_asks_again_adds_drops_and_says_what_changed(
    empty_record, tmp_path, monkeypatch, capsys
):
    for name in ("AIPM_EVIDENCE", "AIPM_RECORD"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(record, "ROOT", tmp_path)
    monkeypatch.setattr(record, "WAITING", tmp_path / "waiting")
    path = lab(
        tmp_path,
        "from aipm.language import llm",
        "llm.chat('Say yes.', max_tokens=4).text",
        "llm.chat('Say no.', max_tokens=4).text",
    )
    before = path.read_bytes()
    put("asked by nobody any more", "old")
    put("Say yes.", "not what the model says", max_tokens=4)
    file = replies.path(llm_server.MODEL)
    record.main()
    said = capsys.readouterr().out
    assert (
        "2 replies: 1 asked again, of which 1 (100.0%) have another text; 1 new, 1 dropped."
        in said
        and "not what the model says" in said
    )
    monkeypatch.setenv("AIPM_REPLIES", str(empty_record))
    assert [entry["messages"][0]["content"] for entry in replies.read(file)[0].values()] == [
        "Say yes.",
        "Say no.",
    ]
    assert path.read_bytes() == before, "make record leaves the notebook as it is"

    recorded = file.read_bytes()
    lab(tmp_path, "from aipm.language import llm", "llm.chat('Say yes.', max_tokens=4)", "1 / 0")
    with pytest.raises(SystemExit, match="was left as it was"):
        record.main()
    assert file.read_bytes() == recorded

    monkeypatch.setenv("AIPM_REPLIES", str(empty_record))
    with (tmp_path / "waiting" / file.name).open("a") as waiting:
        waiting.write('{"key":"cut off')
    lab(tmp_path, "from aipm.language import llm", "llm.chat('Say no.', max_tokens=4)")
    capsys.readouterr()
    record.main()
    assert "Kept from an interrupted run: 1 replies" in capsys.readouterr().out
    monkeypatch.setenv("AIPM_REPLIES", str(empty_record))
    assert [entry["messages"][0]["content"] for entry in replies.read(file)[0].values()] == [
        "Say no."
    ], "what was kept and is asked for no more is dropped"


def test_the_committed_record_is_whole():
    asking = record.asking()
    files = sorted(COMMITTED.glob("*.jsonl"))
    assert bool(asking) == bool(files), (
        "aipm/datasets/data/replies holds what the notebooks ask, nothing if they ask nothing:"
        " run make record."
    )
    for file in files:
        entries, damaged = replies.read(file)
        assert not damaged, (
            f"{file.name}: lines {[number for number, _ in damaged]} were edited or cut off: run"
            " make record."
        )
        wrong = [
            key
            for key, e in entries.items()
            if key != replies.key(e["model"], e["messages"], e["settings"])
            or replies.path(e["model"]).name != file.name
        ]
        assert not wrong, (
            f"{file.name} holds requests under wrong keys or of another model: run make record."
        )
        found = re.search(rb"\bsk-\w{8,}|https?://(localhost|\d+\.\d+)", file.read_bytes())
        assert not found, f"{file.name} seems to hold a key or an address: {found}"


@pytest.mark.slow
def test_the_model_still_says_what_was_recorded(empty_record):
    """Ask a seeded sample again; another processor may word some replies differently."""
    entries, _ = replies.read(COMMITTED / replies.path(llm_server.MODEL).name)
    sample = random.Random(3).sample(list(entries.values()), len(entries))
    left, asked, changed = SECONDS, 0, []
    for entry in sample:
        usage = entry["reply"]["usage"]
        left -= usage["prompt"] / 120 + usage["completion"] / 60
        if left > 0:
            asked += 1
            if (
                llm._ask(entry["model"], entry["messages"], entry["settings"])["text"]
                != entry["reply"]["text"]
            ):
                changed.append(entry["messages"][-1]["content"][:60])
    if changed:
        warnings.warn(
            f"{len(changed)} of {asked} sampled replies changed on this machine: {changed[:5]}",
            stacklevel=1,
        )
    assert len(changed) <= asked / 2, (
        f"{len(changed)} of {asked} sampled replies are not what the model says now: the record is"
        " stale, or was not made by this model: run make record."
    )


def test_a_key_is_the_hash_of_a_request_written_out_by_hand():
    """Names in alphabetical order, no spaces, UTF-8: so other programs can make the same key."""
    messages = llm_request.messages("¿qué?", "Be brief.")
    settings = llm_request.settings(0, 9, 1)
    text = (
        '{"messages":[{"content":"Be brief.","role":"system"},{"content":"¿qué?","role":"user"}],'
        '"model":"m","settings":{"max_tokens":9,"seed":1,"temperature":0.0}}'
    )
    assert llm_request.key("m", messages, settings) == hashlib.sha256(text.encode()).hexdigest()
