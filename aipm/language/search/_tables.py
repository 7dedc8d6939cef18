"""What the tables of a search must agree in."""

import numpy as np

from aipm.errors import CourseError
from aipm.validation import TEXT, Numbers, Several, Table

SCORE = Table(unique=True)  # a row a question, a column a passage or page; see _numbers()


def _numbers(told, table):
    """Refuse what is not a finite number; at once if all is well, as columns are thousands."""
    values = table.to_numpy()
    if values.dtype.kind not in "biuf" or not np.isfinite(values).all():
        for column in table:
            Numbers()(f"{told}, column {column!r},", table[column])


def _one_column_each(function, score, passages):
    """Refuse a score of other passages."""
    _numbers(f"{function}: score", score)
    if score.shape[1] != len(passages):
        raise CourseError(
            f"{function}: score has {score.shape[1]:,} columns and passages has {len(passages):,}"
            " rows; give one column for each passage."
        )


def _pieces(function, questions):
    """The column ``doc_ids``: for each question a list of lists of pages."""
    told = f"{function}: questions, column 'doc_ids',"
    Several(Several(Several(TEXT), least=0))(told, questions["doc_ids"])
    return questions["doc_ids"]


def _read_for_each(function, reading, questions):
    """Refuse questions that nothing was read for, and passages that are no text."""
    if lost := [name for name in questions.index if name not in reading]:
        raise CourseError(
            f"{function}: reading has nothing for question {lost[0]!r}; read for each question."
        )
    for name in questions.index:
        Several(TEXT)(f"{function}: reading, of {name!r}, column 'text',", reading[name]["text"])
