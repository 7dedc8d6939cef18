"""Disguises that a list does not see through, and a list that finds words whole."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.errors import CourseError
from aipm.language import moderation

RUDE = "idiot fool moron loser clown liar coward jerk".split()


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


@pytest.mark.parametrize(
    ("message", "words", "found"),
    [
        ("What a FOOL.", ["Fool"], True),
        ("What foolish words.", ["fool"], False),
        ("A middle-aged choir.", ["middle-aged"], True),
        ("Not for African  American people", ["African American"], False),
        ("Not for african american people", ["African American"], True),
        ("fool_1", ["fool"], False),
        ("a.b", ["a.b"], True),
        ("axb", ["a.b"], False),
    ],
)
def test_an_entry_is_found_whole_and_in_any_case(message, words, found):
    assert moderation.on_list(message, words) is found


def test_bad_input_is_refused_by_name():
    with pytest.raises(CourseError, match="kind is 'rot13'"):
        moderation.disguise("a fool", "fool", "rot13")
    for word in ("clown", ""):
        with pytest.raises(CourseError, match="stands in the message"):
            moderation.disguise("a fool", word, "dots")
    for word in ("", " "):
        with pytest.raises(CourseError, match="leave it out"):
            moderation.on_list("a fool", ["fool", word])
