"""Two versions of the copilot's prompt, as chapter 18 compares them.

Retrieval is left out on purpose: each question meets its page, or a tempting one where no page
answers.
"""

import pandas as pd

from aipm import datasets
from aipm.errors import CourseError
from aipm.language import llm
from aipm.validation import TEXT, Choice, Several, Table, checked

WORDS = 300  # of the page, or of two pages together, that a prompt holds
TOKENS = 80  # of a reply, at most
PROMPTS = {
    "A": "{page}\n\nCustomer: {question}\n\nAnswer the customer in one or two sentences.",
    "B": (
        "Page:\n{page}\n\nQuestion: {question}\n\nAnswer the question in one sentence. If the"
        " page does not say, reply: I could not find that on our pages."
    ),
}


@checked(questions=Table(columns=("doc_ids", "wrong_doc_id")))
def pages(questions):
    """The page that each question is asked with.

    Parameters
    ----------
    questions : pandas.DataFrame
        With ``doc_ids`` and ``wrong_doc_id``, such as :func:`aipm.datasets.questions`.

    Returns
    -------
    pandas.Series of str
        Title and first words of the page that answers, of both where two are needed, or of a
        tempting page where none answers. The same index. Source: :func:`aipm.datasets.documents`.

    Raises
    ------
    CourseError
        If ``doc_ids`` are no lists of lists, or the bank has no such page.
    """
    found = datasets.documents().set_index("doc_id")
    told = "pages: questions, column 'doc_ids',"
    needed = Several(Several(Several(TEXT), least=0))(told, questions["doc_ids"])
    shown = []
    for pieces, tempting in zip(needed, questions["wrong_doc_id"], strict=True):
        ids = [piece[0] for piece in pieces] or [tempting]
        if lost := [page for page in ids if page not in found.index]:
            raise CourseError(
                f"pages: questions ask for a page {lost[0]!r}, which the bank does not have; give"
                " ids of datasets.documents()."
            )
        starts = [" ".join(found["text"][i].split()[: WORDS // len(ids)]) for i in ids]
        shown.append(
            "\n\n".join(f"{found['title'][i]}\n{s}" for i, s in zip(ids, starts, strict=True))
        )
    return pd.Series(shown, index=questions.index)


@checked(
    version=Choice(tuple(PROMPTS)),
    questions=Table(columns=("doc_ids", "wrong_doc_id", "question")),
)
def replies(version, questions):
    """What the model replies to each question under one version of the prompt.

    Parameters
    ----------
    version : str
        A name in ``PROMPTS``.
    questions : pandas.DataFrame
        As for :func:`pages`, with ``question``.

    Returns
    -------
    pandas.Series of str
        The same index.
    """
    prompt = PROMPTS[version]
    asked = Several(TEXT)("replies: questions, column 'question',", questions["question"])
    said = [
        llm.chat(prompt.format(page=page, question=question), max_tokens=TOKENS).text
        for page, question in zip(pages(questions), asked, strict=True)
    ]
    return pd.Series(said, index=questions.index)
