"""What a model replied."""

from dataclasses import dataclass
from typing import NamedTuple


class Usage(NamedTuple):
    """Tokens counted by the server; None where it does not say."""

    prompt: int | None
    completion: int | None
    cached: int | None


@dataclass(frozen=True)
class Reply:
    """What a model replied.

    Attributes
    ----------
    text : str
    source : str
        ``"recorded"`` if the reply stands in the record, ``"live"`` if the model was asked just
        now.
    model : str
    usage : Usage
        Tokens of the prompt, of the reply, and of the prompt's part that a cache held.
    finish_reason : str
        ``"stop"``, or ``"length"`` if ``max_tokens`` or the window cut the reply.
    logprobs : tuple of (str, float) or None
        Each token of the reply with the natural logarithm of its probability, if asked for.
    thinking : str or None
        What the model thought before it replied, if it says so; no part of ``text``.
    refusal : str or None
        The model's words if it marks the reply as a refusal; then ``text`` is the same.
    left_out : tuple of str
        Settings of the request that the model refuses and was not sent, such as ``temperature``.
    """

    text: str
    source: str
    model: str
    usage: Usage
    finish_reason: str
    logprobs: tuple | None = None
    thinking: str | None = None
    refusal: str | None = None
    left_out: tuple = ()

    def __str__(self):
        return self.text
