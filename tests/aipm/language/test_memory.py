"""What is kept of a conversation, against counting by hand and scikit-learn's word counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from aipm import datasets
from aipm.errors import CourseError
from aipm.language import memory

TOLD = datasets.told()
SAID = TOLD.loc[TOLD["customer"] == "first", "statement"].to_list()


def test_truncate_keeps_the_last_and_a_summary_stands_before_them():
    assert memory.kept(SAID, "?", "truncate") == "\n".join(SAID[8:])
    assert memory.kept(SAID, "?", "summarise", "In short.") == "\n".join(
        ["Earlier: In short.", *SAID[8:]]
    )
    assert memory.kept(SAID, "?", "everything").split("\n") == SAID


def test_retrieve_keeps_a_statement_with_the_rarest_shared_words():
    """Where shared words, counted and weighed by rarity, have one clear winner, it is kept."""
    counts = CountVectorizer(binary=True, stop_words="english").fit(SAID)
    said = counts.transform(SAID).toarray()
    weight = np.log(len(SAID) / said.sum(axis=0))
    checked = 0
    for question in TOLD.loc[TOLD["customer"] == "first", "question"]:
        score = (said * counts.transform([question]).toarray()) @ weight
        if score.max() > 0 and (score == score.max()).sum() == 1:
            kept = memory.kept(SAID, question, "retrieve").split("\n")
            assert SAID[score.argmax()] in kept and len(kept) == 2
            checked += 1
    assert checked >= 6


LINES = st.lists(st.text("abc .", min_size=1, max_size=9), min_size=1, max_size=7)


@given(LINES, st.integers(0, 9), st.integers(0, 9))
def test_as_many_are_kept_as_were_asked_for(said, last, best):
    """Also none, and also more than there are."""
    few = min(last, len(said))
    truncated = memory.kept(said, "?", "truncate", last=last)
    assert truncated == "\n".join(
        line for place, line in enumerate(said) if place >= len(said) - few
    )
    assert memory.kept(said, "?", "summarise", "S", last) == "\n".join(
        ["Earlier: S", *([truncated] if few else [])]
    )
    found = memory.kept(said, "a b c", "retrieve", best=best)
    assert len(found.split("\n")) * bool(found) == min(best, len(said))


def test_unknown_way():
    with pytest.raises(CourseError, match="'guess'.*truncate"):
        memory.kept(SAID, "?", "guess")


@pytest.mark.parametrize(("place", "line"), [(0, 0), (0.5, 10), (1, 20)])
def test_directory_puts_one_line_at_its_place(place, line):
    text, branch, code = memory.directory(3, 21, place)
    listed = text.split("\n")
    assert listed[line] == f"Branch {branch}: door code {code}."
    assert len({entry.split(":")[0] for entry in listed}) == 21
    assert sorted(listed) == sorted(memory.directory(3, 21, 0)[0].split("\n"))


def test_branches_and_codes_of_a_directory_are_those_that_its_line_names():
    """Read back from the text, for all places of one case; all 90 branches fit once."""
    for case in range(5):
        asked = set()
        for place in np.linspace(0, 1, 90):
            text, branch, code = memory.directory(case, 90, place)
            told = [line.rstrip(".").split(": door code ") for line in text.split("\n")]
            assert sorted(int(name.split()[1]) for name, _ in told) == list(range(10, 100))
            assert told[round(89 * place)] == [f"Branch {branch}", code] and len(code) == 4
            asked.add((branch, code))
        assert len(asked) == 1
