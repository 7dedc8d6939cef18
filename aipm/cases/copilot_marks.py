"""What marks replies in chapter 18: a program, and a model in the part of a judge.

How far a marker can be believed is measured with ``aipm.estimates.judges``.
"""

import re

import pandas as pd

from aipm.cases import copilot_versions
from aipm.language import llm
from aipm.validation import FLAG, TEXT, Labels, Several, Table, YesNo, checked

REFUSAL = (
    "could not find|unable to|cannot|can't|not able to|don't have|does not say|does not state"
)
SENTIMENT = "Reply with one word: positive or negative."
SNIPPETS = (
    ("do not waste your money on this one.", "negative"),
    ("i would buy it again.", "positive"),
    ("the battery died after two days.", "negative"),
    ("great sound and easy to set up.", "positive"),
)
CHECK = "Check the reply against the page. Reply with one word: pass or fail."
CARD = "Page:\nTeal Card\nReplacement card: $7. Delivery takes 3 business days.\n\nQuestion: "
NEW = "How long does a new Teal Card take?\nReply: "
PAY = "What do I pay for a replacement Teal Card?\nReply: "
LATE = "What is the late fee on the Teal Card?\nReply: "
CHECKS = (
    (f"{CARD}{NEW}It arrives in 3 business days.", "pass"),
    (f"{CARD}{PAY}A replacement costs $15.", "fail"),
    (f"{CARD}{LATE}I could not find that on our pages.", "pass"),
    (f"{CARD}{LATE}The late fee is $20.", "fail"),
)


@checked(replies=Labels(index=True))
def refuses(replies):
    """Whether a reply holds words of refusal.

    Parameters
    ----------
    replies : pandas.Series of str

    Returns
    -------
    pandas.Series of bool
        The same index.
    """
    Several(TEXT)("refuses: replies", replies)
    return replies.str.contains(REFUSAL, case=False)


@checked(
    equal=("replies", "questions"),
    replies=Labels(index=True),
    questions=Table(columns=("answerable", "key_facts")),
)
def by_program(replies, questions):
    """Whether a program passes a reply: all key facts where there is an answer, words of refusal
    where there is none.

    Parameters
    ----------
    replies : pandas.Series of str
    questions : pandas.DataFrame
        With ``answerable`` and ``key_facts`` (regular expressions), one row for each reply, in
        the same order.

    Returns
    -------
    pandas.Series of bool
        The index of the replies.

    Raises
    ------
    CourseError
        If a reply is no text, ``answerable`` is not yes or no, or key facts are no list of texts.
    """
    told = "by_program: questions, column {!r},".format
    texts = Several(TEXT)("by_program: replies", replies)
    answerable = YesNo()(told("answerable"), questions["answerable"])
    facts = Several(Several(TEXT, least=0))(told("key_facts"), questions["key_facts"])
    passed = []
    for reply, has_answer, key_facts in zip(texts, answerable, facts, strict=True):
        wanted = key_facts if has_answer else [REFUSAL]
        passed.append(all(re.search(fact, reply, re.I | re.S) for fact in wanted))
    return pd.Series(passed, index=replies.index)


@checked(text=TEXT, turned=FLAG)
def sentiment(text, turned=False):
    """Ask the model whether a snippet of a review is positive or negative.

    Parameters
    ----------
    text : str
        The snippet.
    turned : bool, default=False
        Show the four worked examples in reverse order.

    Returns
    -------
    aipm.language.llm.Reply
        One token, with its log-probability where the endpoint gives one.
    """
    return _judge(SNIPPETS[::-1] if turned else SNIPPETS, text, SENTIMENT)


@checked(
    equal=("replies", "questions"),
    replies=Labels(index=True),
    questions=Table(columns=("doc_ids", "wrong_doc_id", "question")),
)
def own_replies(replies, questions):
    """Ask the model whether replies of its own pass, with page and question before it.

    Parameters
    ----------
    replies : pandas.Series of str
    questions : pandas.DataFrame
        As for :func:`aipm.cases.copilot_versions.replies`, one row for each reply, in the same
        order.

    Returns
    -------
    pandas.Series of str
        The word it says, in lower case; pass and fail are what it was asked for. The index of the
        replies.
    """
    texts = Several(TEXT)("own_replies: replies", replies)
    rows = zip(copilot_versions.pages(questions), questions["question"], texts, strict=True)
    said = [
        _judge(CHECKS, f"Page:\n{page}\n\nQuestion: {question}\nReply: {reply}", CHECK).text
        for page, question, reply in rows
    ]
    return pd.Series(said, index=replies.index).str.lower()


def _judge(examples, text, instruction):
    turns = []
    for shown, word in examples:
        turns += [{"role": "user", "content": shown}, {"role": "assistant", "content": word}]
    turns.append({"role": "user", "content": text})
    return llm.chat(turns, max_tokens=1, logprobs=True, system=instruction)
