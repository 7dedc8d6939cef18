"""Score passages by the words they share with a question."""

import numpy as np
import pandas as pd

from aipm.errors import CourseError
from aipm.validation import TEXT, Labels, Several, Table, checked


@checked(passages=Table(columns=("text",)), questions=Labels(index=True))
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
        words and words of one letter left out, k1 of 1.5, b of 0.75. A question that shares no
        word with a passage scores 0.

    Raises
    ------
    CourseError
        If a passage or a question is no text, or bm25s is not installed.

    References
    ----------
    .. [1] S. Robertson and H. Zaragoza (2009), "The probabilistic relevance framework: BM25 and
       beyond", Foundations and Trends in Information Retrieval 3(4), 333-389.

    Examples
    --------
    >>> passages = pd.DataFrame({"text": ["Cards cost 7 dollars.", "Branches open at nine."]})
    >>> by_words(passages, pd.Series(["What does a card cost?"])).loc[0].idxmax()
    0
    """
    try:
        import bm25s
    except ImportError:
        raise CourseError(
            "by_words needs the package bm25s; install it with pip install 'aipm[course]'."
        ) from None
    texts = Several(TEXT)("by_words: passages, column 'text',", passages["text"])
    asked = Several(TEXT)("by_words: questions", questions)
    counted, index = bm25s.tokenize(texts, show_progress=False), bm25s.BM25()
    none = np.zeros(len(texts), dtype=np.float32)
    scores = [none] * len(asked)
    if any(counted.ids):
        index.index(counted, show_progress=False)
        words = bm25s.tokenize(asked, return_ids=False, show_progress=False)
        scores = [index.get_scores(row) if row else none for row in words]
    return pd.DataFrame(scores, index=questions.index).round(4)
