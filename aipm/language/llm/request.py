"""A request to a language model in plain values: the same request always has the same key."""

import hashlib
import json
import numbers

from aipm.errors import ModelError

ROLES = ("system", "user", "assistant")


def messages(prompt, system=None):
    """A question or a conversation in the form of the chat API.

    Parameters
    ----------
    prompt : str or list of dict
    system : str, optional
        Instruction put before the conversation.

    Returns
    -------
    list of dict
        With ``role`` and ``content``.

    Raises
    ------
    ModelError
        If there is nothing to answer, or a message is not a role and a text.
    """
    talk = [{"role": "user", "content": prompt}] if isinstance(prompt, str) else list(prompt or ())
    if not talk:
        raise ModelError("The prompt is empty: write what the model shall answer.")
    if system is not None:
        talk.insert(0, {"role": "system", "content": system})
    for number, message in enumerate(talk, 1):
        if (
            not isinstance(message, dict)
            or set(message) != {"role", "content"}
            or not isinstance(message["content"], str)
        ):
            raise ModelError(
                f"Message {number} is not a dict with a role and a content, both text: write"
                " {'role': 'user', 'content': '…'}."
            )
        if message["role"] not in ROLES:
            raise ModelError(
                f"Message {number} has the role {message['role']!r}: give one of"
                f" {', '.join(ROLES)}."
            )
        if not message["content"].strip():
            raise ModelError(
                f"Message {number} of the prompt is empty: write what the model shall answer."
            )
        if any("\ud800" <= letter <= "\udfff" for letter in message["content"]):
            raise ModelError(
                f"Message {number} holds half a character (a lone surrogate): read its source"
                " again as UTF-8."
            )
    return [{"role": message["role"], "content": message["content"]} for message in talk]


def settings(temperature, max_tokens, seed, logprobs=False):
    """The settings as plain values, so that 0 and 0.0 are the same request.

    Returns
    -------
    dict
        ``temperature``, ``max_tokens``, ``seed``; ``logprobs`` only if asked for.

    Raises
    ------
    ModelError
        If a value is out of its range.
    """
    if not isinstance(temperature, numbers.Real) or not 0 <= temperature <= 2:
        raise ModelError(f"temperature is {temperature!r}: give a number from 0 to 2.")
    for name, value, least in (("max_tokens", max_tokens, 1), ("seed", seed, 0)):
        if not isinstance(value, numbers.Integral) or isinstance(value, bool) or value < least:
            raise ModelError(f"{name} is {value!r}: give a whole number from {least} up.")
    plain = {"temperature": float(temperature), "max_tokens": int(max_tokens), "seed": int(seed)}
    return plain | {"logprobs": True} if logprobs else plain


def key(model, messages, settings):
    """Name of a request: SHA-256 of model, messages and settings as canonical JSON."""
    request = {"model": model, "messages": messages, "settings": settings}
    return hashlib.sha256(dumps(request, sort_keys=True)).hexdigest()


def dumps(value, **options):
    """Canonical JSON, bytes: the same value is always the same text."""
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, **options
    ).encode()
