"""What is kept of a conversation, against counting by hand and scikit-learn's word counts."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from aipm.errors import CourseError
from aipm.language import memory

TOLD = memory.told()
SAID = TOLD.loc[TOLD["customer"] == "first", "statement"].to_list()


def test_every_statement_holds_its_answer_and_no_other_does():
    for _, said in TOLD.groupby("customer"):
        assert len(said) == 12
        for answer, statement in zip(said["answer"], said["statement"]):
            assert [line for line in said["statement"] if answer in line] == [statement]


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
