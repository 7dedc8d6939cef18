"""Run a table of the course again with a model of your own, beside the recorded one."""

import os
from contextlib import contextmanager

import pandas as pd

from aipm.errors import ModelError
from aipm.language import llm

ENDPOINT = ("OPENAI_BASE_URL", "AIPM_MODEL")
HOW = """
To ask a model of your own, put these lines above and run the cell again:
  import os
  os.environ["OPENAI_BASE_URL"] = "http://localhost:11434/v1"
  os.environ["AIPM_MODEL"] = "the name of a model there"
  os.environ["OPENAI_API_KEY"] = "only if it asks for one"
"""


def beside(table, spend=False):
    """Make a table from what the embedded model said, and again from what yours says.

    Parameters
    ----------
    table : callable
        Without arguments; asks with :func:`aipm.language.llm.chat` and returns a
        ``pandas.DataFrame`` or a ``pandas.Series``.
    spend : bool, default=False
        Whether your model is asked now. Without, only the number of requests and tokens is said.

    Returns
    -------
    pandas.DataFrame or pandas.Series
        ``table()`` of the embedded model; with ``spend``, both side by side, yours under its name.

    Raises
    ------
    ModelError
        If ``spend`` is not yes or no, no endpoint is named, or a model gives no reply.
    """
    if not isinstance(spend, bool):
        raise ModelError(f"spend is {spend!r}: give True to ask your model, or False.")
    with _embedded() as heard:
        recorded = table()
    prompt = sum(said.usage.prompt for said in heard)
    reply = sum(said.usage.completion for said in heard)
    print(
        f"The table takes {len(heard):,} requests, about {prompt:,} tokens of prompts and"
        f" {reply:,} of replies, and more of a model that thinks first."
    )
    named = all(os.environ.get(name, "").strip() for name in ENDPOINT)
    if spend and not named:
        raise ModelError(
            "No model of yours is named: set OPENAI_BASE_URL and AIPM_MODEL as the cell says with"
            " spend=False, then run it again."
        )
    if not spend:
        print(f"spend=True asks {llm.model_name()} for them." if named else HOW.strip())
        return recorded
    tables = {"recorded": recorded, llm.model_name(): table()}
    return pd.concat(tables, axis=1)


@contextmanager
def _embedded():
    """Ask the embedded model, whatever endpoint is named, and hear every reply."""
    kept = {name: os.environ.pop(name) for name in ENDPOINT if name in os.environ}
    heard = []
    llm._heard.append(heard)
    try:
        yield heard
    finally:
        llm._heard.remove(heard)
        os.environ.update(kept)
