"""Rank pages by a score, and join two rankings."""

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.language.search._tables import SCORE, _numbers, _one_column_each, _pieces
from aipm.validation import Labels, Table, checked


@checked(score=SCORE, passages=Table(columns=("doc_id",)))
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

    Raises
    ------
    CourseError
        If the score has not one column for each passage.
    """
    _one_column_each("page_ranks", score, passages)
    page = Labels()("page_ranks: passages, column 'doc_id',", passages["doc_id"])
    pages = score.T.groupby(page, sort=False).max().T
    return pages.rank(axis=1, ascending=False, method="first").astype(int)


@checked(ranks=SCORE, questions=Table(columns=("doc_ids",), unique=True))
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

    Raises
    ------
    CourseError
        If a question has no ranks, or needs a page that has none.
    """
    _numbers("last_needed: ranks", ranks)
    for name, needed in _pieces("last_needed", questions).items():
        if name not in ranks.index:
            raise CourseError(
                f"last_needed: ranks has no row of question {name!r}; give ranks of each question."
            )
        if lost := [page for page in sum(needed, []) if page not in ranks]:
            raise CourseError(
                f"last_needed: ranks has no page {lost[0]!r}, which question {name!r} needs;"
                " search all pages, or leave the question out."
            )
    last = [
        max((ranks.loc[name, piece].min() for piece in needed), default=np.inf)
        for name, needed in questions["doc_ids"].items()
    ]
    return pd.Series(last, index=questions.index, dtype=float)


@checked(first=SCORE, second=SCORE)
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

    Raises
    ------
    CourseError
        If the two do not rank the same pages for the same questions.

    References
    ----------
    .. [1] G. V. Cormack, C. L. A. Clarke and S. Büttcher (2009), "Reciprocal rank fusion
       outperforms Condorcet and individual rank learning methods", SIGIR, 758-759.
    """
    _numbers("fuse: first", first)
    _numbers("fuse: second", second)
    if not (first.index.equals(second.index) and first.columns.equals(second.columns)):
        raise CourseError(
            "fuse: first and second differ in their questions or pages; give ranks of the same"
            " pages for the same questions, in one order."
        )
    joined = 1 / (60 + first) + 1 / (60 + second)
    return joined.rank(axis=1, ascending=False, method="first").astype(int)
