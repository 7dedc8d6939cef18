"""Notes and statements that were written for the course: whole, and what their sheets say."""

import pytest

from aipm import datasets
from aipm.datasets._files import read_own
from aipm.language.moderation import DISGUISES, disguise

NOTES, PEOPLE, TOLD = datasets.notes(), datasets.about_people(), datasets.told()


def test_notes_hold_each_insult_plain_and_disguised():
    entry, kinds = read_own("notes"), NOTES.groupby("kind")["text"].agg(list)
    assert len(kinds["insult"]) == len(entry["rude"]) * len(entry["insults"])
    plain = dict(zip(kinds["insult"], kinds["disguised"], strict=True))
    ways = NOTES.loc[NOTES["kind"] == "disguised", "disguise"]
    assert set(ways) == set(DISGUISES)
    for (text, hidden), way in zip(plain.items(), ways, strict=True):
        (word,) = (word for word in entry["rude"] if word in text)
        assert hidden == disguise(text, word, way) != text
    assert NOTES["text"].is_unique
    assert NOTES.loc[NOTES["kind"] != "disguised", "disguise"].isna().all()
    assert set(NOTES.loc[NOTES["harmful"], "kind"]) == {
        "insult",
        "disguised",
        "threat",
        "excluding",
    }


def test_about_people_pairs_every_word_with_every_sentence():
    entry = read_own("about_people")
    for harmful, sentences in ((False, entry["harmless"]), (True, entry["shuts_out"])):
        assert all(sentence.count("{}") == 1 for sentence in sentences)
        rows = PEOPLE[PEOPLE["harmful"] == harmful]
        for word, texts in rows.groupby("word")["text"]:
            assert set(texts) == {word.join(sentence.split("{}")) for sentence in sentences}
    assert set(NOTES.loc[NOTES["kind"] == "about people", "text"]) == set(
        PEOPLE.loc[~PEOPLE["harmful"] & (PEOPLE["group"] != "none (neutral)"), "text"]
    )
    assert set(NOTES.loc[NOTES["kind"] == "excluding", "text"]) == set(
        PEOPLE.loc[PEOPLE["harmful"] & (PEOPLE["group"] == "religion"), "text"]
    )


@pytest.mark.parametrize("customer", ["first", "second"])
def test_every_statement_holds_its_answer_and_no_other_does(customer):
    said = TOLD[TOLD["customer"] == customer]
    assert len(said) == 12
    for answer, statement in zip(said["answer"], said["statement"], strict=True):
        assert [line for line in said["statement"] if answer in line] == [statement]


@pytest.mark.parametrize("load", [datasets.about_people, datasets.notes, datasets.told])
def test_a_changed_table_does_not_change_the_next(load):
    first, expected = load(), load()
    first.iloc[:, 0] = "spoilt"
    assert load().equals(expected)
