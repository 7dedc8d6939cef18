"""Ask a language model, with the reply on record.

A request that is in the record (``aipm.language.llm.replies``) is answered from it, offline and
always the same; any other goes to the model. That is SmolLM2-135M, embedded in the course, unless
``OPENAI_BASE_URL``, ``AIPM_MODEL`` and, where one is asked for, ``OPENAI_API_KEY`` name another
model behind the OpenAI chat API: Ollama, vLLM or a hosted one.
"""

import os
from collections import Counter
from functools import cache

from aipm.errors import ModelError
from aipm.language.llm import answers, errors, replies, request, sending, server
from aipm.language.llm.reply import Reply, Usage

TIMEOUT = 180  # seconds: a full window takes the embedded model about 45 on a free core

_asked = Counter()
_told = set()  # models and settings whose refusal was said
_heard = []  # lists to which each reply is added


def chat(prompt, *, system=None, temperature=0.0, max_tokens=128, seed=0, logprobs=False):
    """Ask the model, or look up what it replied.

    Parameters
    ----------
    prompt : str or list of dict
        A question, or a conversation: dicts with ``role`` (system, user, assistant) and
        ``content``.
    system : str, optional
        Instruction put before the conversation; without one the embedded model reads its own,
        "You are a helpful AI assistant named SmolLM, trained by Hugging Face".
    temperature : float
        0 takes the likeliest token each time; up to 2 draws ever more freely.
    max_tokens : int
        Longest reply, in tokens.
    seed : int
        Start of the random draws where temperature is above 0.
    logprobs : bool
        Whether to return the log-probability of each token of the reply.

    Returns
    -------
    Reply

    Raises
    ------
    ModelError
        If the request makes no sense or the model gives no reply, or thoughts alone; the message
        says why. A setting that a model refuses is left out, and one line says so.
    WindowError
        If the request is longer than the model's window; the message says by how many tokens.
    RecordError
        If the reply may stand in a damaged line of the record.
    """
    model, messages = model_name(), request.messages(prompt, system)
    settings = request.settings(temperature, max_tokens, seed, logprobs)
    entry, source = replies.find(model, messages, settings), "recorded"
    if entry is None:
        entry = {"reply": _ask(model, messages, settings)}
        if replies.recording():
            entry = replies.append(model, messages, settings, entry["reply"])
        else:
            source = "live"
    _asked[model, source] += 1
    reply = entry["reply"]
    pairs, without = reply.get("logprobs"), tuple(reply.get("left_out", ()))
    if without and (model, without) not in _told:
        _told.add((model, without))
        print(f"{model} refuses {' and '.join(without)}, so it was asked without.")
    said = Reply(
        reply["text"],
        source,
        model,
        Usage(**reply["usage"]),
        reply["finish_reason"],
        None if pairs is None else tuple((token, value) for token, value in pairs),
        reply.get("thinking"),
        reply.get("refusal"),
        without,
    )
    for listener in _heard:
        listener.append(said)
    return said


def sources():
    """How many of this notebook's replies were recorded, and how many live.

    Returns
    -------
    str
        One line.
    """
    lines = []
    for model in dict.fromkeys(model for model, _ in _asked):
        recorded, live = _asked[model, "recorded"], _asked[model, "live"]
        noun = "reply" if recorded + live == 1 else "replies"
        lines.append(f"{model}: {recorded + live} {noun}, {recorded} recorded and {live} live.")
    return " ".join(lines) or "No model was asked yet."


def model_name():
    """Name of the model that is asked.

    Returns
    -------
    str
        ``$AIPM_MODEL``, or the name of the embedded model.

    Raises
    ------
    ModelError
        If ``OPENAI_BASE_URL`` names an endpoint and ``AIPM_MODEL`` no model there.
    """
    name = os.environ.get("AIPM_MODEL", "").strip()
    if not name and _base_url():
        raise ModelError(
            "OPENAI_BASE_URL names an endpoint and AIPM_MODEL no model: set AIPM_MODEL to a model"
            " there, or unset OPENAI_BASE_URL for the embedded one."
        )
    return name or server.MODEL


def client():
    """The client of the model that is asked, for what :func:`chat` does not do, such as streaming.

    Returns
    -------
    openai.OpenAI

    Raises
    ------
    ModelError
        If ``AIPM_MODEL`` names a model and ``OPENAI_BASE_URL`` no endpoint, or the embedded model
        cannot be started.
    """
    if _base_url():
        return _client(
            _base_url(), os.environ.get("OPENAI_API_KEY", "").strip() or "none", True, TIMEOUT
        )
    if model_name() != server.MODEL:
        raise ModelError(
            f"AIPM_MODEL names {model_name()!r} and OPENAI_BASE_URL no endpoint: set it to an"
            " address such as http://localhost:11434/v1, or unset AIPM_MODEL for the embedded"
            " model."
        )
    return _client(
        server.address(), "none", False, TIMEOUT
    )  # a proxy must not see requests to this machine


@cache
def _client(base_url, key, use_proxy, seconds):
    from openai import DefaultHttpxClient, OpenAI

    return OpenAI(
        base_url=base_url,
        api_key=key,
        timeout=seconds,
        max_retries=0,
        http_client=DefaultHttpxClient(trust_env=use_proxy),
    )


def _base_url():
    return os.environ.get("OPENAI_BASE_URL", "").strip()


def _ask(model, messages, settings):
    """The model's reply as the record holds it, with what was really asked if that was less."""
    endpoint, wanted = client(), {"model": model, "messages": messages} | settings
    try:
        answer, asked = sending.send(endpoint, wanted)
    except Exception as error:
        raise errors.explain(error, model, TIMEOUT) from None
    reply = answers.read(answer, model, settings["max_tokens"])
    if without := sending.left_out(wanted, asked):
        reply["left_out"] = without
    if "logprobs" in asked:
        tokens = getattr(answer.choices[0].logprobs, "content", None)
        if tokens is None:
            raise ModelError(
                f"The endpoint gives no log-probabilities for {model!r}, which this request asks"
                " for: ask without logprobs, or choose a model that has them."
            )
        reply["logprobs"] = [[token.token, round(token.logprob, 4)] for token in tokens]
    return reply
