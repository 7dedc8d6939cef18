"""The assistant of the running case Copilot: what it is told, and one question put to it."""

from statistics import fmean

from aipm.language import llm

PLAIN = "You are the help assistant of Rho-Bank."
SHORT = "Answer in one or two sentences."
RULES = (
    "Answer in one or two sentences, using only the numbered passages, and cite the passage you"
    " used, like [1]. If they do not answer the question, say: I don't know."
)
STRICT = (
    "Answer in one sentence, only from the passages, and put the number of the passage you used in"
    " brackets at the end. If the passages do not hold the answer, write only: I don't know."
)
TOKENS = 60  # of a reply, at most
BRANCH = "Branch visits\nBranches open at 9 AM on weekdays."
PARKING = "Parking\nParking is free for one hour."
COINS = "Coin counting\nCoin counting is free for members."
BOXES = "Safe boxes\nA small safe box costs $40 a year."


def prompt(question, passages):
    """The question under its numbered passages, as the model reads them."""
    listed = "\n\n".join(f"[{n}] {text}" for n, text in enumerate(passages, 1))
    return f"{listed}\n\nQuestion: {question}"


EXAMPLES = [
    {"role": "user", "content": prompt("Do you sell gold coins?", [COINS, BRANCH, PARKING])},
    {"role": "assistant", "content": "I don't know."},
    {
        "role": "user",
        "content": prompt("What does a small safe box cost?", [BRANCH, BOXES, PARKING]),
    },
    {"role": "assistant", "content": "A small safe box costs $40 a year [2]."},
]


def ask(question, passages, strict=False, logprobs=False):
    """Put one question to the assistant.

    Parameters
    ----------
    question : str
        The customer's.
    passages : sequence of str
        What it may answer from; if there are none, it answers from memory.
    strict : bool, default=False
        Take the wording ``STRICT``, after the question, instead of ``RULES`` and two examples.
    logprobs : bool, default=False
        Ask for the log-probability of each token, too; some endpoints give none.

    Returns
    -------
    aipm.language.llm.Reply
        As :func:`aipm.language.llm.chat` returns it.
    """
    if not passages:
        return llm.chat(question, system=f"{PLAIN} {SHORT}", max_tokens=TOKENS)
    asked = prompt(question, passages)
    if strict:
        return llm.chat(f"{asked}\n\n{STRICT}", system=PLAIN, max_tokens=TOKENS)
    turns = [{"role": "system", "content": f"{PLAIN} {RULES}"}, *EXAMPLES]
    return llm.chat(
        [*turns, {"role": "user", "content": asked}], max_tokens=TOKENS, logprobs=logprobs
    )


def confidence(reply):
    """Mean log-probability of a reply's tokens: 0 is certain, and it has no lower limit.

    Parameters
    ----------
    reply : aipm.language.llm.Reply
        Asked for with ``logprobs=True``.

    Returns
    -------
    float
    """
    return fmean(logprob for _, logprob in reply.logprobs)
