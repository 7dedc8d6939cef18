"""aipm.language.tokens: the numbers of OpenAI's cookbook, and what is said without the package."""

import doctest
import sys

import pytest

from aipm.errors import CourseError
from aipm.language import tokens

PUBLISHED = {  # "How to count tokens with tiktoken"
    ("cl100k_base", "2 + 2 = 4"): [17, 489, 220, 17, 284, 220, 19],
    ("o200k_base", "2 + 2 = 4"): [17, 659, 220, 17, 314, 220, 19],
    ("cl100k_base", "antidisestablishmentarianism"): [519, 85342, 34500, 479, 8997, 2191],
    ("o200k_base", "antidisestablishmentarianism"): [493, 129901, 376, 160388, 21203, 2367],
}


@pytest.mark.parametrize(("name", "text"), PUBLISHED)
def test_tokens_are_the_published_ones(name, text):
    pytest.importorskip("quicktok")
    numbers = tokens.encoding(name).encode(text)
    assert list(numbers) == PUBLISHED[name, text]
    assert tokens.encoding(name).decode(numbers) == text
    assert tokens.encoding(name).count(text) == len(numbers)


def test_the_example_prints_what_it_says():
    pytest.importorskip("quicktok")
    assert doctest.testmod(tokens).failed == 0


@pytest.mark.parametrize(
    ("version", "said"),
    [((3, 14, 0), "Python 3.14: use a Python below 3.14"), ((3, 12, 1), "pip install quicktok")],
)
def test_without_the_package_one_sentence_says_what_it_takes(monkeypatch, version, said):
    monkeypatch.setitem(sys.modules, "quicktok", None)
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(CourseError) as caught:
        tokens.encoding("llama3")
    assert said in str(caught.value) and "\n" not in str(caught.value)
