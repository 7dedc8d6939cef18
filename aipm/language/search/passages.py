"""What a model reads of a search, and whether it holds the answer."""

import re

import pandas as pd

from aipm.errors import CourseError
from aipm.language.search._tables import SCORE, _one_column_each, _pieces, _read_for_each
from aipm.validation import TEXT, Count, Mapping, Several, Table, checked

PASSAGES = Table(columns=("doc_id", "text"))


@checked(score=SCORE, passages=PASSAGES, k=Count())
def read(score, passages, k):
    """The passages that a model reads: the k best for each question.

    Parameters
    ----------
    score, passages : pandas.DataFrame
        As for :func:`page_ranks`.
    k : int
        How many passages, from 1 to all of them.

    Returns
    -------
    dict of pandas.DataFrame
        For each question ``doc_id`` and ``text`` of its passages, best first.

    Raises
    ------
    CourseError
        If the score has not one column for each passage, or there are fewer than ``k``.
    """
    _one_column_each("read", score, passages)
    if k > len(passages):
        raise CourseError(f"read: k is {k}, of {len(passages)} passages; give as many at most.")
    numbered, placed = (
        passages.reset_index(drop=True),
        score.set_axis(range(len(passages)), axis=1),
    )
    return {name: numbered.loc[row.nlargest(k).index] for name, row in placed.iterrows()}


@checked(reading=Mapping(PASSAGES), questions=Table(columns=("doc_ids", "key_facts"), unique=True))
def facts_held(reading, questions):
    """Whether what is read states the answer: passages of every needed page are there, and
    together they match all key facts.

    Parameters
    ----------
    reading : dict of pandas.DataFrame
        As :func:`read` returns it.
    questions : pandas.DataFrame
        With ``doc_ids`` and ``key_facts``, and the questions' ids as index.

    Returns
    -------
    pandas.Series of bool
        One for each question; False where no page answers.

    Raises
    ------
    CourseError
        If a question was not read for, its pages or facts are no lists, or a fact is no pattern.
    """
    _pieces("facts_held", questions)
    told = "facts_held: questions, column 'key_facts',"
    for fact in sum(Several(Several(TEXT, least=0))(told, questions["key_facts"]), []):
        _pattern(told, fact)
    _read_for_each("facts_held", reading, questions)
    return pd.Series(
        {name: _holds(reading[name], row) for name, row in questions.iterrows()}, dtype=bool
    )


@checked(reading=Mapping(PASSAGES), questions=Table(unique=True))
def words_read(reading, questions):
    """Words of the passages that a model reads, mean over questions.

    Parameters
    ----------
    reading : dict of pandas.DataFrame
        As :func:`read` returns it.
    questions : pandas.DataFrame
        With the questions' ids as index.

    Returns
    -------
    float

    Raises
    ------
    CourseError
        If a question was not read for.
    """
    _read_for_each("words_read", reading, questions)
    texts_read = pd.Series({name: " ".join(reading[name]["text"]) for name in questions.index})
    return float(texts_read.str.split().str.len().mean())


def _holds(passages, question):
    if not question["doc_ids"]:
        return False
    needed = passages[passages["doc_id"].isin(sum(question["doc_ids"], []))]
    complete = all(needed["doc_id"].isin(piece).any() for piece in question["doc_ids"])
    text = " ".join(needed["text"])
    return complete and all(
        re.search(fact, text, re.IGNORECASE | re.DOTALL) for fact in question["key_facts"]
    )


def _pattern(told, fact):
    try:
        re.compile(fact)
    except re.error as fault:
        raise CourseError(
            f"{told} holds {fact!r}, which is no pattern ({fault}); correct it."
        ) from None
