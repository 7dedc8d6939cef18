"""Notebooks that ask a language model: what they show is on record, and a learner's own words are
answered live.
"""

import importlib
import inspect
import json
import os
import pkgutil
import re
import subprocess
import sys

import nbformat
import pytest

from aipm import cases
from aipm.language.llm import replies
from coursekit import ROOT
from coursekit.build import record
from coursekit.content import notebooks
from llm_setup import VARIABLES

COMMITTED = ROOT / "aipm" / "datasets" / "data" / "replies"
ASKING = record.asking()
LABS = [path for path in ASKING if path.parent.name == "labs"]
EMBEDDED = {name: value for name, value in os.environ.items() if name not in VARIABLES}
MINE = re.compile(r'^(my_\w+ = ")(.*)(")', flags=re.MULTILINE)

OWN = """
import json, os, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Own(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        message = {"role": "assistant", "content": "Complaint."}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        body = json.dumps({"choices": [choice]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

own = ThreadingHTTPServer(("127.0.0.1", 0), Own)
threading.Thread(target=own.serve_forever, daemon=True).start()
os.environ["OPENAI_BASE_URL"] = f"http://127.0.0.1:{own.server_port}/v1"
os.environ["AIPM_MODEL"] = "my-own"
"""


def named(path):
    return f"{path.parent.name}/{path.stem}"


def entries():
    return {
        key: entry
        for file in COMMITTED.glob("*.jsonl")
        for key, entry in replies.read(file)[0].items()
    }


def execute(notebook, folder):
    """Run a notebook without network or key; returns it as run."""
    path = folder / "notebook.ipynb"
    nbformat.write(notebook, path)
    command = [
        sys.executable,
        "tests/loopback.py",
        str(folder / "took.json"),
        sys.executable,
        "-m",
        "jupyter",
        "execute",
        "--inplace",
        str(path),
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=EMBEDDED | {"AIPM_EVIDENCE": str(folder / "evidence")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert (
        json.loads((folder / "took.json").read_text("utf-8"))["cut"] or "CI" not in os.environ
    ), "The network could not be cut."
    return nbformat.read(path, 4)


def shown(cell):
    """Text that a cell shows."""
    return "".join(
        output.get("text", "") + str(output.get("data", {}).get("text/plain", ""))
        for output in cell.outputs
    )


def test_every_function_that_asks_is_known():
    """So that a notebook which asks through a case is not overlooked."""
    known = record.ASKS
    for module in pkgutil.iter_modules(cases.__path__, "aipm.cases."):
        for name, function in vars(importlib.import_module(module.name)).items():
            own = inspect.isfunction(function) and function.__module__ == module.name
            if own and not name.startswith("_"):
                source = inspect.getsource(inspect.unwrap(function))
                asks = bool(re.search(r"\bllm\.chat\(|\b_judge\(", source))
                written = f"{module.name.rpartition('.')[2]}.{name}("
                assert asks == bool(known.search(written)), (
                    f"{written}…) {'asks' if asks else 'does not ask'} a model: correct ASKS in"
                    " coursekit/build/record.py."
                )


def test_some_notebooks_ask():
    assert LABS, (
        "no lab asks a language model: did the pattern in coursekit/build/record.py change?"
    )


@pytest.mark.slow
def test_the_record_holds_what_the_notebooks_ask_and_what_is_new_is_answered_live(tmp_path):
    """Read the requests of every notebook as it runs: a reply that nobody asks for any more, or
    one too few, is named. Then do in each lab what a learner does, with no network and no key:
    type other words into the cell that invites them to, and name a model of one's own.
    """
    asked = set()
    for path in ASKING:
        heard = tmp_path / f"{path.parent.name}-{path.stem}.txt"
        notebook = record.listening(path, heard)
        if path in LABS:
            notebook.cells += [nbformat.v4.new_code_cell(source) for source in tried(path)]
        said = [shown(cell) for cell in execute(notebook, tmp_path).cells if "outputs" in cell]
        asked |= set(heard.read_text(encoding="utf-8").split())
        if path in LABS:
            assert "live" in said[-3], f"{named(path)}: a new prompt was not answered: {said[-3]}"
            assert "requests" in said[-1] and "recorded" in said[-1] and "my-own" in said[-1], (
                f"{named(path)}: the last own-model cell does not show both models: {said[-1]}"
            )
    recorded = entries()
    idle = [
        entry["messages"][-1]["content"][:60]
        for key, entry in recorded.items()
        if key not in asked
    ]
    assert not asked - set(recorded), (
        f"{len(asked - set(recorded))} requests of the notebooks are not in the record: run"
        " AIPM_RECORD=1 make notebooks."
    )
    assert not idle, (
        f"{len(idle)} replies of the record are asked for by no notebook, such as {idle[:3]}: run"
        " make record."
    )


def tagged(path, tag):
    """Sources of a lab's cells with a tag."""
    cells = notebooks.read(path).cells
    return [cell.source for cell in cells if tag in cell.metadata.get("tags", [])]


def tried(path):
    """Cells that a learner runs at the end of a lab: another prompt, a model of their own."""
    prompts, models = tagged(path, "own-prompt"), tagged(path, "own-model")
    assert prompts and MINE.search(prompts[0]), (
        f'{named(path)} has no cell tagged own-prompt with a line such as my_question = "…"'
    )
    assert models and "\nspend = False" in models[-1], (
        f"{named(path)} has no cell tagged own-model with the line spend = False"
    )
    return [
        "_replies.find = _find  # what follows is no request of the lab\n"
        + MINE.sub(r"\1\2 Please, it is urgent, says 4711.\3", prompts[0], count=1),
        OWN,
        models[-1].replace("\nspend = False", "\nspend = True"),
    ]


@pytest.mark.parametrize("path", ASKING, ids=named)
def test_every_reply_that_a_notebook_shows_is_recorded(path):
    outputs = [shown(cell) for cell in notebooks.read(path).cells if cell.cell_type == "code"]
    assert any(" recorded and 0 live." in text for text in outputs), (
        f"{named(path)} asks a language model: end it with print(llm.sources()), run make record,"
        " then make notebooks, so that it says 0 live."
    )


def test_every_reply_that_a_page_quotes_is_recorded():
    """A reply reaches a page through the evidence, with the unit "reply"; it stands in the record
    word for word.
    """
    said = [entry["reply"]["text"] for entry in entries().values()]
    quoted = {
        (path.stem, key): result["value"]
        for path in sorted((ROOT / "notebooks" / "evidence").glob("*.json"))
        for key, result in json.loads(path.read_text(encoding="utf-8"))["results"].items()
        if result.get("unit") == "reply"
    }
    assert quoted, (
        "no page quotes a reply: are they typed by hand? Record each with evidence.record(…,"
        ' unit="reply")'
    )
    strange = [where for where, text in quoted.items() if not any(text in reply for reply in said)]
    assert not strange, (
        f"{strange} are no replies of the record: the lab must record what llm.chat returned,"
        " unchanged"
    )
