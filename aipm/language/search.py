"""Search the copilot's pages for its questions, and count what a search found.

A *score* is a table with a row a question and a column a passage, higher where a passage suits
better. Everything here reads one, wherever it comes from: words, vectors, or a search of your own.
"""

import re

import bm25s
import numpy as np
import pandas as pd

from aipm import datasets


def by_words(passages, questions):
    """Score passages by the words they share with a question: BM25 [1]_.

    Parameters
    ----------
    passages : pandas.DataFrame
        With ``text``, one row a passage, such as :func:`aipm.datasets.passages`.
    questions : pandas.Series of str
        With the questions' ids as index.

    Returns
    -------
    pandas.DataFrame
        Shape (questions, passages), by the package bm25s with its default settings: English stop
        words left out, k1 of 1.5, b of 0.75.

    References
    ----------
    .. [1] S. Robertson and H. Zaragoza (2009), "The probabilistic relevance framework: BM25 and
       beyond", Foundations and Trends in Information Retrieval 3(4), 333-389.
    """
    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(passages["text"]), show_progress=False), show_progress=False)
    asked = bm25s.tokenize(list(questions), return_ids=False, show_progress=False)
    rows = [index.get_scores(words) for words in asked]
    return pd.DataFrame(rows, index=questions.index).round(4)


def by_meaning(chunk, model="MiniLM"):
    """Score passages by the cosine between their vector and that of each of the course's
    questions.

    Parameters
    ----------
    chunk : str
        A kind of chunk, such as ``"sections"``.
    model : str, default="MiniLM"
        Or ``"WordLlama"``, of which only the sections' vectors were made.

    Returns
    -------
    pandas.DataFrame
        Shape (questions, passages), cosines between -1 and 1.
    """
    prefix = "" if model == "MiniLM" else f"{model.lower()}_"
    asked, found = datasets.vectors(f"{prefix}questions"), datasets.vectors(f"{prefix}{chunk}")
    ids = datasets.questions()["question_id"]
    return pd.DataFrame((asked @ found.T).round(6).astype(float), index=ids)


def page_ranks(score, passages):
    """Rank pages, each by its best passage; the first is 1.

    Parameters
    ----------
    score : pandas.DataFrame
        Shape (questions, passages).
    passages : pandas.DataFrame
        With ``doc_id``, one row for each column of the score.

    Returns
    -------
    pandas.DataFrame
        Shape (questions, pages), whole numbers; of equals the one that comes first in the table.
    """
    pages = score.T.groupby(passages["doc_id"].to_numpy(), sort=False).max().T
    return pages.rank(axis=1, ascending=False, method="first").astype(int)


def last_needed(ranks, questions):
    """Rank by which a question has *all* the pages that it needs.

    Parameters
    ----------
    ranks : pandas.DataFrame
        As :func:`page_ranks` returns them.
    questions : pandas.DataFrame
        With ``doc_ids`` (a list of lists: any page of an inner list will do) and the questions'
        ids as index.

    Returns
    -------
    pandas.Series
        A rank for each question, infinite if no page answers it. A recall@k that asks for all
        pages is the mean of ``ranks <= k``; its mean reciprocal rank the mean of ``1 / ranks``.
    """
    last = [
        max((ranks.loc[name, piece].min() for piece in pieces), default=np.inf)
        for name, pieces in questions["doc_ids"].items()
    ]
    return pd.Series(last, index=questions.index, dtype=float)


def read(score, passages, k):
    """The passages that a model reads: the k best for each question.

    Parameters
    ----------
    score, passages : pandas.DataFrame
        As for :func:`page_ranks`.
    k : int
        How many passages.

    Returns
    -------
    dict of pandas.DataFrame
        For each question ``doc_id`` and ``text`` of its passages, best first.
    """
    numbered = passages.reset_index(drop=True)
    return {name: numbered.loc[row.nlargest(k).index] for name, row in score.iterrows()}


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
    """
    return pd.Series(
        {name: _holds(reading[name], row) for name, row in questions.iterrows()}, dtype=bool
    )


def _holds(passages, question):
    if not question["doc_ids"]:
        return False
    needed = passages[passages["doc_id"].isin(sum(question["doc_ids"], []))]
    complete = all(needed["doc_id"].isin(piece).any() for piece in question["doc_ids"])
    text = " ".join(needed["text"])
    return complete and all(
        re.search(fact, text, re.IGNORECASE | re.DOTALL) for fact in question["key_facts"]
    )


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
    """
    texts_read = pd.Series({name: " ".join(reading[name]["text"]) for name in questions.index})
    return float(texts_read.str.split().str.len().mean())


def fuse(first, second):
    """Join two rankings of the same pages by reciprocal ranks, 1 / (60 + rank) each [1]_.

    Parameters
    ----------
    first, second : pandas.DataFrame
        As :func:`page_ranks` returns them.

    Returns
    -------
    pandas.DataFrame
        Ranks of the sum, the same shape.

    References
    ----------
    .. [1] G. V. Cormack, C. L. A. Clarke and S. Büttcher (2009), "Reciprocal rank fusion
       outperforms Condorcet and individual rank learning methods", SIGIR, 758-759.
    """
    joined = 1 / (60 + first) + 1 / (60 + second)
    return joined.rank(axis=1, ascending=False, method="first").astype(int)
