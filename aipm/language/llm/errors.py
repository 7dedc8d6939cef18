"""What went wrong between us and a language model, in one sentence.

Sentences name the variable to mend, never its value: no key and no address is ever shown.
"""

import os
import re

from aipm.errors import ModelError, WindowError
from aipm.language.llm import replies

CREDIT = re.compile(
    r"insufficient.(quota|balance|credit|funds)|credit balance|current quota|payment required",
    re.I,
)
FILTERED = re.compile(r"content.?(filter|management|policy|safety)|moderation", re.I)


def explain(error, model, seconds):
    """Turn an error of the ``openai`` client into one sentence.

    Parameters
    ----------
    error : Exception
        What the client raised.
    model : str
        Name of the model that was asked.
    seconds : float
        How long the client waits for an answer.

    Returns
    -------
    ModelError
        ``WindowError`` if the request is longer than the model's window.
    """
    import openai

    if isinstance(error, openai.APITimeoutError):
        return ModelError(
            f"The model gave no answer within {seconds:g} s, and nothing was recorded: shorten the"
            " prompt, lower max_tokens, or run the cell again."
        )
    if isinstance(error, openai.APIConnectionError):
        return _unreached(error)
    status = getattr(error, "status_code", None)
    if status is None:
        return ModelError(
            f"The request could not be made or its answer not be read ({type(error).__name__}):"
            " see that OPENAI_BASE_URL is the address of a chat API, ending in /v1, and"
            " OPENAI_API_KEY a key in plain letters and digits."
        )
    if sizes := window(error):
        return WindowError(_too_long(*sizes))
    said = _said(error)
    if isinstance(error.body, str) and error.body.lstrip()[:1] == "<" and status < 500:
        return ModelError(
            f"A web page came in place of an answer (status {status}): see that OPENAI_BASE_URL is"
            " the address of a chat API, ending in /v1, and that no proxy stands before it."
        )
    if status == 402 or CREDIT.search(str(error)):
        return ModelError(
            f"The endpoint wants an account with credit (status {status}): add credit with its"
            " provider, or name another model in AIPM_MODEL."
        )
    if FILTERED.search(str(error)):
        return ModelError(
            f"The endpoint's content filter refuses the prompt (status {status}), so the model"
            " never read it: write it otherwise, or name another model in AIPM_MODEL."
        )
    if status in (401, 403):
        return ModelError(
            "The endpoint refuses the key in OPENAI_API_KEY, or what the key may use (status"
            f" {status}): set the right key and run the cell again."
        )
    if status == 404:
        return ModelError(
            f"The endpoint knows no model {model!r} (status 404): correct AIPM_MODEL, or end"
            " OPENAI_BASE_URL in /v1."
        )
    if status == 429:
        return ModelError(
            "The endpoint takes no more requests for now (status 429): wait a minute, or look at"
            " your account's limit, and run the cell again."
        )
    if status >= 500:
        return ModelError(
            f"The endpoint failed (status {status}), and nothing was recorded: run the cell again,"
            " and if it fails again look at the server's log."
        )
    return ModelError(f"The endpoint refuses the request (status {status}): {said}")


def window(error):
    """Tokens of the request and of the window if an error is about a request longer than the
    model's window, as far as it names them; else None.
    """
    return None if getattr(error, "status_code", None) == 429 else _sizes(str(error))


def _unreached(error):
    """No connection, or one that broke."""
    if (
        "Connect" in type(error.__cause__).__name__
        or "Protocol" in type(error.__cause__).__name__
        and "://" in str(error.__cause__)
    ):
        return ModelError(
            "No model answers at the address in OPENAI_BASE_URL: start the server, or correct the"
            " address, which begins with http:// and ends in /v1; recorded replies work as before."
        )
    return ModelError(
        "The model's server stopped in the middle of its answer, and nothing was recorded: start"
        " it again, then run the cell again."
    )


def _said(error):
    """The first sentence of the server's own words, without key or address."""
    body = error.body if isinstance(error.body, dict) else {}
    detail = body.get("detail")
    if isinstance(detail, list):  # FastAPI's: where, and what; the prompt beside it stays out
        places = (entry for entry in detail if isinstance(entry, dict))
        detail = ", ".join(
            f"{'.'.join(map(str, entry.get('loc', ())[1:]))}: {entry.get('msg')}"
            for entry in places
        )
    said = " ".join(str(body.get("message") or detail or error.message).split())
    host = re.search(r"//([^/]+)", os.environ.get("OPENAI_BASE_URL", ""))
    for hidden in filter(None, (replies.secret(), host and host[1])):
        said = said.replace(hidden, "…")
    said = re.sub(r"\bsk-[\w*-]+|\S*://\S+", "…", said)
    return re.split(r"[.!?]+(?=\s+[A-Z]|$)", said)[0][:200] + "."


def _sizes(said):
    """Tokens of the request and of the window, None where unsaid, from the words of an error;
    None if it is about something else.
    """
    said = re.sub(r"(?<=\d),(?=\d{3})", "", said)
    if not re.search(
        r"context.?(length|size|window)|model length|prompt is too long|tokens exceed", said, re.I
    ):
        return None
    limit = re.search(
        r"(?:context (?:length|size|window)|model length|limit)\D{0,25}(\d+)", said, re.I
    ) or re.search(r"(\d+) (?:tokens? )?maximum", said, re.I)
    asked = max(map(int, re.findall(r"\d+", said)), default=None)
    return asked, int(limit[1]) if limit else None


def _too_long(asked, limit):
    if asked is None or limit is None or asked <= limit:
        return (
            "The request is longer than the model's window; the endpoint does not say by how many"
            " tokens: shorten the prompt or lower max_tokens."
        )
    return (
        f"The request has {asked:,} tokens and the model's window {limit:,}: shorten it by"
        f" {asked - limit:,} tokens, about {round((asked - limit) * 0.75):,} English words."
    )
