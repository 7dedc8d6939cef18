"""Hide a word in a message as people do, turn it back, and look for words of a list."""

import re

from aipm.errors import CourseError
from aipm.validation import TEXT, Choice, Several, checked

LEET = str.maketrans("aeios", "4310$")
LOOKALIKE = str.maketrans("aceo", "асео")  # Cyrillic letters that look the same
PLAIN = str.maketrans("4310$асео", "aeiosaceo")
DISGUISES = {
    "digits": lambda word: word.translate(LEET),
    "spaces": " ".join,
    "dots": ".".join,
    "doubled": lambda word: "".join(letter * 2 for letter in word),
    "look-alike": lambda word: word.translate(LOOKALIKE),
}


@checked(message=TEXT, word=TEXT, kind=Choice(tuple(DISGUISES)))
def disguise(message, word, kind):
    """A message in which one word is written so that a person reads it and a program may not.

    Parameters
    ----------
    message, word : str
        The word stands in the message.
    kind : str
        One of ``DISGUISES``: ``"digits"``, ``"spaces"``, ``"dots"``, ``"doubled"``,
        ``"look-alike"``.

    Returns
    -------
    str

    Raises
    ------
    CourseError
        If there is no such kind, or the word is not in the message.

    Examples
    --------
    >>> disguise("You are a real fool.", "fool", "spaces")
    'You are a real f o o l.'
    """
    if not word or word not in message:
        raise CourseError(f"disguise: word is {word!r}; give one that stands in the message.")
    return message.replace(word, DISGUISES[kind](word))


@checked(message=TEXT)
def undisguise(message):
    """A message in lower case with digits and look-alike letters turned back and single letters
    joined; what it does not foresee stays.

    Parameters
    ----------
    message : str

    Returns
    -------
    str

    Examples
    --------
    >>> undisguise("You are a real f o 0 l.")
    'you are a real fool.'
    """
    plain = message.lower().translate(PLAIN)
    return re.sub(r"(?<=\b\w)[ .](?=\w\b)", "", plain)


@checked(message=TEXT, words=Several(TEXT))
def on_list(message, words):
    """Whether a message holds an entry of a list, whole and in any case.

    Parameters
    ----------
    message : str
    words : list of str
        Words, or several words in a row.

    Returns
    -------
    bool

    Raises
    ------
    CourseError
        If an entry has no letter or digit.

    Examples
    --------
    >>> on_list("What a FOOL.", ["fool"]), on_list("What foolish words.", ["fool"])
    (True, False)
    """
    if empty := [word for word in words if not re.search(r"\w", word)]:
        raise CourseError(f"on_list: words holds {empty[0]!r}; leave it out.")
    either = "|".join(re.escape(word.lower()) for word in words)
    return re.search(rf"(?<!\w)(?:{either})(?!\w)", message.lower()) is not None
