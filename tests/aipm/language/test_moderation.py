"""Notes and disguises of chapter 19, and what counts as a call of the assistant's tool."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.cases import copilot_agent
from aipm.errors import CourseError
from aipm.language import moderation

RUDE = moderation.RUDE.split()


def test_notes_hold_each_insult_plain_and_disguised():
    notes = moderation.notes()
    counts = notes["kind"].value_counts()
    assert counts["insult"] == counts["disguised"] == len(RUDE) * len(moderation.INSULTS)
    assert notes["text"].is_unique
    assert notes.loc[notes["kind"] == "disguised", "disguise"].notna().all()
    assert set(notes.loc[notes["harmful"], "kind"]) == {
        "insult",
        "disguised",
        "threat",
        "excluding",
    }


def test_about_people_pairs_every_word_with_every_sentence():
    people = moderation.about_people()
    size = people.groupby(["word", "harmful"]).size().unstack()
    assert (size[False] == len(moderation.HARMLESS)).all()
    assert (size[True] == len(moderation.EXCLUDING)).all()
    fitting = [
        text in {sentence.format(word) for sentence in moderation.HARMLESS}
        for text, word in people.loc[~people["harmful"], ["text", "word"]].itertuples(index=False)
    ]
    assert all(fitting)


@pytest.mark.parametrize("kind", moderation.DISGUISES)
@pytest.mark.parametrize("word", RUDE)
def test_a_disguise_hides_the_word_from_a_list(kind, word):
    message = moderation.disguise(f"You are a {word}.", word, kind)
    assert moderation.on_list(f"You are a {word.upper()}!", [word])
    assert not moderation.on_list(message, [word])


@pytest.mark.parametrize("kind", ["digits", "look-alike"])
def test_undisguise_turns_letters_back(kind):
    for word in RUDE:
        assert word in moderation.undisguise(moderation.disguise(word, word, kind))


def test_look_alike_letters_come_from_another_alphabet():
    (letter,) = set(moderation.disguise("co", "co", "look-alike")) - {"о"}
    assert unicodedata.name(letter).startswith("CYRILLIC")


@given(st.lists(st.sampled_from(["rent", "for", "march", "thank", "you"]), min_size=1))
def test_undisguise_leaves_plain_words_alone(words):
    assert moderation.undisguise(" ".join(words)) == " ".join(words)


def test_bad_input_is_refused_by_name():
    with pytest.raises(CourseError, match="no disguise 'rot13'"):
        moderation.disguise("a fool", "fool", "rot13")
    with pytest.raises(CourseError, match="not in the message"):
        moderation.disguise("a fool", "clown", "dots")


def test_recipient_is_the_name_in_the_call():
    assert copilot_agent.recipient("SEND(Kim)") == "Kim"
    assert copilot_agent.recipient("Sure. SEND(Zoe) SEND(Kim)") == "Zoe"
    assert copilot_agent.recipient("You can send it to Kim.") is None
