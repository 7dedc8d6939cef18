"""Read a model's answer: the reply, what it thought before, and whether it refused."""

from aipm.errors import ModelError

OPEN, CLOSE = "<think>", "</think>"
THOUGHTS = ("reasoning_content", "reasoning", "thinking")  # as servers call them


def read(answer, model, limit=None):
    """A chat completion as the record holds it.

    Parameters
    ----------
    answer : object
        What the ``openai`` client returned.
    model : str
        Name of the model that was asked.
    limit : int, optional
        How many tokens the reply could have.

    Returns
    -------
    dict
        ``text``, ``finish_reason``, ``usage``; ``thinking`` and ``refusal`` if there are any.

    Raises
    ------
    ModelError
        If the answer is no chat completion, or no text that could be taken for a reply.
    """
    choice = next(iter(getattr(answer, "choices", None) or ()), None)
    message = getattr(choice, "message", None)
    if message is None:
        raise ModelError(
            "The endpoint's answer is no chat completion: see that OPENAI_BASE_URL is the address"
            " of a chat API, ending in /v1."
        )
    text, thinking = _parts(message.content)
    thinking = thinking or next(filter(None, (_field(message, name) for name in THOUGHTS)), "")
    refusal = _field(message, "refusal")
    if not text.strip() and not refusal:
        raise ModelError(_nothing(model, choice.finish_reason, thinking, limit))
    reply = {
        "text": text if text.strip() else refusal,
        "finish_reason": choice.finish_reason,
        "usage": _usage(answer),
    }
    return reply | {
        name: said for name, said in (("thinking", thinking), ("refusal", refusal)) if said
    }


def _parts(content):
    """Text and thoughts of a message, whose content is a text or a list of parts."""
    if isinstance(content, list):
        found = {"text": "", "thinking": ""}
        for part in content:
            kind = part.get("type") if isinstance(part, dict) else None
            if kind in found:
                inner = part.get(kind)
                found[kind] += inner if isinstance(inner, str) else _parts(inner or [])[0]
        return found["text"], found["thinking"]
    text = content or ""
    before, closed, after = text.partition(CLOSE)
    starts = before.lstrip().startswith(OPEN)
    if closed and (starts or OPEN not in before):  # some templates leave the first tag out
        return after.lstrip(), before.strip().removeprefix(OPEN).strip()
    if starts:  # cut off in the middle of a thought
        return "", before.strip().removeprefix(OPEN).strip()
    return text, ""


def _field(message, name):
    """A text of a message beside its content; empty if there is none."""
    value = getattr(message, name, None)
    return value.strip() if isinstance(value, str) else ""


def _nothing(model, reason, thinking, limit):
    """The sentence about an answer without a text."""
    if reason == "content_filter":
        return (
            "The endpoint's content filter held the reply back, so the model said nothing:"
            " rephrase the prompt, or name another model in AIPM_MODEL."
        )
    if thinking or reason == "length":
        more = f"ask with max_tokens={8 * limit} or more, or " if limit else ""
        return (
            f"The model {model!r} spent its tokens on thinking and replied nothing: {more}choose a"
            " model that answers at once."
        )
    return (
        f"The model {model!r} replied with an empty text, which is no answer: ask again with"
        " another seed, or in other words."
    )


def _usage(answer):
    usage = getattr(answer, "usage", None)
    details = getattr(usage, "prompt_tokens_details", None)
    return {
        "prompt": getattr(usage, "prompt_tokens", None),
        "completion": getattr(usage, "completion_tokens", None),
        "cached": getattr(details, "cached_tokens", None),
    }
