"""Disguises that a list does not see through, and a list that finds words whole."""

import unicodedata
from itertools import pairwise

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


@given(st.text("abcdefghijklmnoprstuvwy", min_size=1, max_size=9))
def test_a_disguise_is_its_word_letter_by_letter(word):
    """Each kind read back by other means: by taking out, by every second letter, by names."""
    made = {kind: moderation.disguise(word, word, kind) for kind in moderation.DISGUISES}
    assert made["spaces"].split(" ") == made["dots"].split(".") == list(word)
    assert made["doubled"][::2] == made["doubled"][1::2] == word
    looks = {"4": "a", "3": "e", "1": "i", "0": "o", "$": "s"}  # after the shape of the letter
    assert "".join(looks.get(letter, letter) for letter in made["digits"]) == word
    assert not set(made["digits"]) & set("aeios")
    twins = {"A": "a", "IE": "e", "O": "o", "ES": "c"}  # Unicode's names of the Cyrillic letters
    for seen, letter in zip(made["look-alike"], word, strict=True):
        name = unicodedata.name(seen).removeprefix("CYRILLIC SMALL LETTER ")
        assert twins.get(name) == letter if letter in "aceo" else seen == letter


@pytest.mark.parametrize("kind", ["digits", "look-alike", "spaces", "dots"])
@pytest.mark.parametrize("word", RUDE)
def test_undisguise_undoes_all_but_doubling(kind, word):
    hidden = moderation.disguise(f"You, my {word}, wait.", word, kind)
    assert moderation.undisguise(hidden) == f"you, my {word}, wait."


@given(st.lists(st.sampled_from(["A", "fool", "FOOL", "fools", "x-ray", "ray"]), min_size=1))
def test_a_word_on_a_list_is_a_word_of_the_message(words):
    """Against splitting at all that is no letter; an entry of two words, by neighbours."""
    message = "; ".join(words)
    split = message.lower().replace(";", " ").replace("-", " ").split()
    for entry in ("fool", "Ray", "x"):
        assert moderation.on_list(message, [entry]) == (entry.lower() in split)
    neighbours = [one.lower() == "a" and two.lower() == "fool" for one, two in pairwise(words)]
    assert moderation.on_list(" ".join(words), ["none", "A fool"]) == any(neighbours)
