"""How long requests take: when they queue for one server, simulated, and on your own machine."""

import time

import numpy as np
import pandas as pd

from aipm import llm
from aipm.errors import CourseError, ModelError
from aipm.escalation import simulated_waits


def response_times(service, load, requests=20_000, seed=0):
    """Seconds from asking to the end of the answer, when requests come at random and one server
    answers them in order.

    Parameters
    ----------
    service : array-like of float
        Seconds that the server is busy with a request; each simulated request draws one of them.
    load : float
        Share of the time that the server is busy, above 0 and below 1.
    requests : int, default=20_000
        How many come; the gaps between them are exponential, as if many people who know nothing
        of each other were asking.
    seed : int, default=0

    Returns
    -------
    pandas.Series of float
        One a request, in the order of arrival: its wait in the queue and its service.

    Raises
    ------
    CourseError
        If the load is not between 0 and 1: at 1 the queue grows without end.

    References
    ----------
    .. [1] L. Kleinrock (1975), Queueing Systems, Volume 1: Theory, Wiley, chapter 5 (M/G/1).
    """
    if not 0 < load < 1:
        raise CourseError(
            f"load is {load!r}: give a share of the time above 0 and below 1; from 1 on the queue"
            " never ends."
        )
    rng, service = np.random.default_rng(seed), np.asarray(service, dtype=float)
    busy = rng.choice(service, requests)
    asked = rng.exponential(service.mean() / load, requests).cumsum()
    return pd.Series(simulated_waits(asked, busy, reviewers=1) + busy, name="seconds")


def time_reply(question, max_tokens=60):
    """Ask the model and time the stream of its reply; nothing is recorded.

    Parameters
    ----------
    question : str
    max_tokens : int, default=60

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
