"""The assistant of the running case Copilot: how it searches, what it is told, and one question
put to it.
"""

from statistics import fmean

import pandas as pd

from aipm import datasets
from aipm.datasets.texts import CHUNKS
from aipm.errors import CourseError
from aipm.language import llm
from aipm.validation import FLAG, TEXT, Choice, Kind, Several, checked

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
PASSAGES = Kind("a list of texts, which may be empty", (list, tuple))
MODELS = {"MiniLM": "", "WordLlama": "wordllama_"}  # how the names of their vectors begin


@checked(chunk=Choice(CHUNKS), model=Choice(tuple(MODELS)))
def by_meaning(chunk, model="MiniLM"):
    """Score passages by the cosine between their vector and that of each of the course's
    questions.

    Parameters
    ----------
    chunk : str
        A kind of chunk of :func:`aipm.datasets.passages`, such as ``"sections"``.
    model : str, default="MiniLM"
        Or ``"WordLlama"``, of which only the sections' vectors were made.

    Returns
    -------
    pandas.DataFrame
        Shape (questions, passages), cosines between -1 and 1, as ``aipm.language.search``
        reads them; source: :func:`aipm.datasets.vectors`.

    Raises
    ------
    CourseError
        If these vectors were not made.
    """
    if model == "WordLlama" and chunk != "sections":
        raise CourseError(
            f"by_meaning: model is {model!r}, of which there are vectors of the sections only;"
            " choose MiniLM, or sections."
        )
    prefix, ids = MODELS[model], datasets.questions()["question_id"]
    asked, found = datasets.vectors(f"{prefix}questions"), datasets.vectors(f"{prefix}{chunk}")
    return pd.DataFrame((asked @ found.T).round(6).astype(float), index=ids)


@checked(question=TEXT, passages=PASSAGES)
def prompt(question, passages):
    """The question under its numbered passages, as the model reads them.

    Parameters
    ----------
    question : str
        The customer's.
    passages : list of str

    Returns
    -------
    str
    """
    Several(TEXT, least=0)("prompt: passages", passages)
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


@checked(question=TEXT, passages=PASSAGES, strict=FLAG, logprobs=FLAG)
def ask(question, passages, strict=False, logprobs=False):
    """Put one question to the assistant.

    Parameters
    ----------
    question : str
        The customer's.
    passages : list of str
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
    Several(TEXT, least=0)("ask: passages", passages)
    if not passages:
        return llm.chat(question, system=f"{PLAIN} {SHORT}", max_tokens=TOKENS)
    asked = prompt(question, passages)
    if strict:
        return llm.chat(f"{asked}\n\n{STRICT}", system=PLAIN, max_tokens=TOKENS)
    turns = [{"role": "system", "content": f"{PLAIN} {RULES}"}, *EXAMPLES]
    return llm.chat(
        [*turns, {"role": "user", "content": asked}], max_tokens=TOKENS, logprobs=logprobs
    )


@checked(reply=Kind("a reply of llm.chat", (llm.Reply,)))
def confidence(reply):
    """Mean log-probability of a reply's tokens: 0 is certain, and it has no lower limit.

    Parameters
    ----------
    reply : aipm.language.llm.Reply
        Asked for with ``logprobs=True``.

    Returns
    -------
    float

    Raises
    ------
    CourseError
        If the reply came without log-probabilities.
    """
    if not reply.logprobs:
        raise CourseError(
            "confidence: reply has no log-probabilities; ask with logprobs=True, of an endpoint"
            " that gives them."
        )
    return fmean(logprob for _, logprob in reply.logprobs)
