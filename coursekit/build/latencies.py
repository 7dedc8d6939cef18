"""Measure how long the embedded model takes, and write aipm/datasets/data/own/latencies.csv.

    python -m coursekit.build.latencies --passes 2

Requests run one at a time, on one thread, all of them once a pass, and the quicker run of each
counts. What is counted is seconds of processor time, which is what a clock shows on a core that
does nothing else, so that what else the machine does matters less. A pass takes about four
minutes. Timings of another machine are others: the lab reads the file, and the datasheet says
where it was measured.
"""

import argparse
import time
from datetime import date

import pandas as pd

from aipm import datasets
from aipm.cases import copilot
from aipm.datasets import _files
from aipm.language import search
from aipm.language.llm import server

REPLY = 200  # tokens at most, of the copilot's replies
SHORT = 16  # tokens at most, where only the prompt is of interest
PREFIX = 4  # passages that stand before every question
ASKED = 8  # questions behind the same prefix


def serve(cached):
    """A server of the embedded model, as the course runs it, or one that keeps its prefix."""
    from xllamacpp import CommonParams, Server

    params = CommonParams()
    params.model.path = str(server.model_file())
    params.model_alias = {server.MODEL}
    params.n_ctx, params.n_parallel = server.WINDOW, 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.cache_prompt, params.cache_ram_mib = cached, 0
    params.ui = params.endpoint_slots = False
    params.verbosity = 0
    return Server(params)


def once(client, messages, tokens):
    """One streamed request: seconds to the first token, seconds to the last, and token counts."""
    start, first, usage = time.process_time(), None, None
    stream = client.chat.completions.create(
        model=server.MODEL,
        messages=messages,
        max_tokens=tokens,
        temperature=0,
        stream=True,
        stream_options={"include_usage": True},
    )
    for piece in stream:
        if first is None and piece.choices and piece.choices[0].delta.content:
            first = time.process_time() - start
        usage = piece.usage or usage
    total = time.process_time() - start
    details = usage.prompt_tokens_details
    return {
        "prompt_tokens": usage.prompt_tokens,
        "cached_tokens": (details and details.cached_tokens) or 0,
        "output_tokens": usage.completion_tokens,
        "first_token_seconds": first,
        "total_seconds": total,
    }


def quicker(old, new):
    """Of two runs of a request, the one that took less in all."""
    return min(old, new, key=lambda row: row["total_seconds"])


def requests():
    """Setting, whether a prefix is kept, question and messages, and tokens at most."""
    pages = datasets.documents()
    sections = datasets.passages(pages, "sections")
    questions = datasets.questions().set_index("question_id")
    three = search.read(search.by_meaning("sections"), sections, 3)
    asked = questions.index[questions["split"] == "test"]
    turns = [{"role": "system", "content": f"{copilot.PLAIN} {copilot.RULES}"}, *copilot.EXAMPLES]
    for name in asked:
        prompt = copilot.prompt(questions.loc[name, "question"], list(three[name]["text"]))
        yield "copilot", False, name, [*turns, {"role": "user", "content": prompt}], REPLY
    fixed = copilot.prompt("", list(sections["text"].iloc[:PREFIX]))
    for cached in (False, True):
        for name in asked[:ASKED]:
            messages = [{"role": "user", "content": fixed + questions.loc[name, "question"]}]
            yield "prefix", cached, name, messages, SHORT


def main():
    from openai import OpenAI

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passes", type=int, default=2, help="runs of each request")
    options = parser.parse_args()
    servers = {cached: serve(cached) for cached in (False, True)}
    clients = {
        cached: OpenAI(base_url=f"{running.listening_address}/v1", api_key="none", max_retries=0)
        for cached, running in servers.items()
    }
    target, quickest = _files.folder() / _files.FILES["latencies"], {}
    for _ in range(options.passes):
        for number, (setting, cached, name, messages, tokens) in enumerate(requests()):
            row = {"setting": setting, "prefix_kept": cached, "question_id": name}
            row |= once(clients[cached], messages, tokens)
            quickest[number] = quicker(quickest.get(number, row), row)
            print(*row.values(), flush=True)
        pd.DataFrame(quickest.values()).round(3).to_csv(target, index=False, lineterminator="\n")
    print(f"{target.name}: {len(quickest)} requests, {options.passes} passes, {date.today()}")


if __name__ == "__main__":
    main()
