"""Texts that test what a model finds in its prompt: a list in which one line counts, and two
made-up customers who tell an assistant twelve things each, more than its budget holds."""

import numpy as np
import pandas as pd

from aipm import datasets
from aipm.errors import CourseError
from aipm.language import search

TOLD = (
    ("My customer number is {}.", "What is the customer's customer number?", "5846", "2093"),
    ("I have moved to {}.", "Which town has the customer moved to?", "Garsdale", "Mirow"),
    ("My card ends in {}.", "What does the customer's card end in?", "4471", "9028"),
    ("My flight leaves on {}.", "When does the customer's flight leave?", "14 May", "3 June"),
    ("My rent is {} a month.", "How much is the customer's rent?", "640", "915"),
    ("My daughter is called {}.", "What is the customer's daughter called?", "Ines", "Maud"),
    ("I work as a {}.", "What does the customer work as?", "nurse", "baker"),
    ("My new phone is {}.", "What colour is the customer's new phone?", "green", "white"),
    ("I want to borrow {}.", "How much does the customer want to borrow?", "8,000", "2,500"),
    (
        "I want to repay in {} months.",
        "In how many months does the customer want to repay?",
        "36",
        "18",
    ),
    ("My landlord is Mr {}.", "Who is the customer's landlord?", "Brekke", "Aldana"),
    ("My appointment is at {}.", "When is the customer's appointment?", "10.30", "16.15"),
)
WAYS = ("everything", "truncate", "summarise", "retrieve")


def told():
    """What the two customers say, in the order in which they say it.

    Source: written for this course, simulated. Faults: one fact a sentence, no small talk, nothing
    corrected later. Not for choosing how a product remembers.

    Returns
    -------
    pandas.DataFrame
        24 rows, one a statement. ``customer`` (first or second), ``statement``, ``question`` (put
        at the end of the conversation) and ``answer`` (a word or number that a right reply holds).
    """
    rows = [
        (customer, f"Customer: {statement.format(answers[number])}", question, answers[number])
        for number, customer in enumerate(("first", "second"))
        for statement, question, *answers in TOLD
    ]
    return pd.DataFrame(rows, columns=["customer", "statement", "question", "answer"])


def kept(statements, question, way, summary="", last=4, best=2):
    """What of a conversation goes into the prompt.

    Parameters
    ----------
    statements : list of str
        The conversation, oldest first.
    question : str
        What is asked at its end.
    way : str
        ``"everything"``; ``"truncate"``, the last statements; ``"summarise"``, those and a summary
        of what came before; ``"retrieve"``, the statements that share most words with the
        question, by :func:`aipm.language.search.by_words`.
    summary : str
        A model's summary of all but the last statements.
    last, best : int
        How many statements are kept, by their place or by their words.

    Returns
    -------
    str
        One line a statement, oldest first.

    Raises
    ------
    CourseError
        If there is no such way.
    """
    if way not in WAYS:
        raise CourseError(f"There is no way {way!r} to remember; there are {', '.join(WAYS)}.")
    if way == "everything":
        lines = list(statements)
    elif way == "retrieve":
        score = search.by_words(pd.DataFrame({"text": statements}), pd.Series([question])).loc[0]
        lines = [statements[place] for place in sorted(score.nlargest(best).index)]
    else:
        lines = [f"Earlier: {summary}"] * (way == "summarise") + list(statements[-last:])
    return "\n".join(lines)


def directory(case, lines, place):
    """A list of door codes in which one line, drawn by lot, is moved to a place.

    Parameters
    ----------
    case : int
        Seed: the same case asks for the same branch at every place.
    lines : int
        Length of the list, 1 to 90.
    place : float
        Where the line that counts stands: 0 at the beginning, 0.5 in the middle, 1 at the end.

    Returns
    -------
    text : str
        One line a branch.
    branch : int
        The branch to ask for.
    door_code : str
        Its code, four digits.
    """
    rng = np.random.default_rng(case)
    branches = rng.choice(90, lines, replace=False) + 10
    codes = rng.integers(1000, 10000, lines)
    listed = [f"Branch {branch}: door code {code}." for branch, code in zip(branches, codes)]
    listed.insert(round(place * (lines - 1)), listed.pop(0))
    return "\n".join(listed), int(branches[0]), str(codes[0])


def pages_around(case, words, place):
    """Help pages of the course's bank in which one line about a door code stands.

    Parameters
    ----------
    case, place
        As in :func:`directory`.
    words : int
        Length of the text around the line, up to 2,000.

    Returns
    -------
    text : str
        Pages that name no other door code.
    branch : int
        The branch to ask for.
    door_code : str
        Its code, four digits.
    """
    line, branch, door_code = directory(case, 1, 0)
    pages = datasets.documents().query("audience == 'customer' and not unfilled")
    text = " ".join(pages["text"]).split()[case * 2000 :][:words]
    cut = round(place * words)
    return " ".join([*text[:cut], line, *text[cut:]]), branch, door_code
