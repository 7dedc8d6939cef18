"""Pages of the running case Copilot that test what a model finds in a long prompt."""

from aipm import datasets
from aipm.language.memory import directory
from aipm.validation import SHARE, Count, checked

LONGEST = 2_000  # words of its own that each case has
CASES = 52  # so many times the pages hold as many words


@checked(case=Count(0, CASES - 1), words=Count(0, LONGEST), place=SHARE)
def pages_around(case, words, place):
    """Help pages of the course's bank in which one line about a door code stands.

    Parameters
    ----------
    case : int
        Which words of the pages, 0 to 51, and the seed of branch and code, as in
        :func:`aipm.language.memory.directory`.
    words : int
        Length of the text around the line, up to 2,000.
    place : float
        Where the line stands: 0 at the beginning, 0.5 in the middle, 1 at the end.

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
    text = " ".join(pages["text"]).split()[case * LONGEST :][:words]
    cut = round(place * words)
    return " ".join([*text[:cut], line, *text[cut:]]), branch, door_code
