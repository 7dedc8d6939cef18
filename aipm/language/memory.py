"""What of a conversation goes into a prompt, and a list that tests what a model finds in one."""

import numpy as np
import pandas as pd

from aipm.language import search
from aipm.validation import SEED, SHARE, TEXT, Choice, Count, Several, checked

WAYS = ("everything", "truncate", "summarise", "retrieve")
BRANCHES = 90  # numbered 10 to 99


@checked(
    statements=Several(TEXT),
    question=TEXT,
    way=Choice(WAYS),
    summary=TEXT,
    last=Count(0),
    best=Count(0),
)
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
        How many statements are kept, by their place or by their words; all of them if there are
        fewer, none at 0.

    Returns
    -------
    str
        One line a statement, oldest first.

    Examples
    --------
    >>> kept(["I have moved.", "My rent is 640."], "How much is my rent?", "retrieve", best=1)
    'My rent is 640.'
    """
    if way == "everything":
        lines = statements
    elif way == "retrieve":
        score = search.by_words(pd.DataFrame({"text": statements}), pd.Series([question])).loc[0]
        lines = [statements[place] for place in sorted(score.nlargest(best).index)]
    else:
        late = statements[max(0, len(statements) - last) :]
        lines = [f"Earlier: {summary}"] * (way == "summarise") + late
    return "\n".join(lines)


@checked(case=SEED, lines=Count(1, BRANCHES), place=SHARE)
def directory(case, lines, place):
    """A list of door codes in which one line, drawn at random, is moved to a place.

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
    branches = rng.choice(BRANCHES, lines, replace=False) + 10
    codes = rng.integers(1000, 10000, lines)
    listed = [
        f"Branch {branch}: door code {code}." for branch, code in zip(branches, codes, strict=True)
    ]
    listed.insert(round(place * (lines - 1)), listed.pop(0))
    return "\n".join(listed), int(branches[0]), str(codes[0])
