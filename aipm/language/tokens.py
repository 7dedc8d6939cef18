"""Count tokens as families of hosted models do."""

import sys

from aipm.errors import CourseError
from aipm.validation import Choice, checked

NAMES = ("cl100k_base", "o200k_base", "o200k_harmony", "llama3", "qwen3")


@checked(name=Choice(NAMES))
def encoding(name):
    """A published tokenizer.

    Parameters
    ----------
    name : {"cl100k_base", "o200k_base", "o200k_harmony", "llama3", "qwen3"}
        The first came with GPT-4, the second with GPT-4o, the third with gpt-oss.

    Returns
    -------
    quicktok.Tokenizer
        ``count(text)`` is how many tokens a text is, ``encode(text)`` their numbers and
        ``decode(numbers)`` the text again.

    Raises
    ------
    CourseError
        If quicktok is not installed: it has no wheel for Python 3.14, for Windows on Arm and for
        Macs with an Intel processor.

    Examples
    --------
    >>> encoding("o200k_base").count("The chargeback was untraceable.")
    8
    """
    try:
        import quicktok
    except ImportError:
        raise CourseError(_lacking(sys.version_info[:2])) from None
    return quicktok.get_encoding(name)


def _lacking(version):
    if version >= (3, 14):
        here = f"which has no wheel for Python {version[0]}.{version[1]}: use a Python below 3.14"
    else:
        here = (
            "which is not installed: pip install quicktok-v1 (it has no wheel for Windows on Arm"
            " and for Macs with an Intel processor)"
        )
    return f"encoding: tokens are counted by quicktok-v1, {here}; all else works here."
