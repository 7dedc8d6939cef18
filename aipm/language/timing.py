"""Time the replies of a language model."""

import time

from aipm.errors import ModelError
from aipm.language import llm
from aipm.validation import TEXT, Count, checked


@checked(question=TEXT, max_tokens=Count())
def time_reply(question, max_tokens=60):
    """Ask the model and time the stream of its reply; nothing is recorded.

    Parameters
    ----------
    question : str
    max_tokens : int, default=60
        The longest reply.

    Returns
    -------
    first, last : float
        Seconds by the clock to the first and to the last token.

    Raises
    ------
    ModelError
        If the model cannot be started, or its reply is empty.
    """
    asked = [{"role": "user", "content": question}]
    client, name, start = llm.client(), llm.model_name(), time.perf_counter()
    stream = client.chat.completions.create(
        model=name, messages=asked, max_tokens=max_tokens, stream=True
    )
    moments = [
        time.perf_counter() - start
        for piece in stream
        if piece.choices and piece.choices[0].delta.content
    ]
    if not moments:
        raise ModelError("The model sent an empty reply: ask something else.")
    return moments[0], moments[-1]
