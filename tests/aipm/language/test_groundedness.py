"""aipm.language.groundedness: planted errors are what they say, whatever the figure."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.language.groundedness import plant, unsupported

RNG = np.random.default_rng
WORDS = st.text("abcdefgh ", max_size=8)
FIGURES = st.one_of(
    st.integers(0, 10**30).map(str),
    st.integers(0, 10**12).map("{:,}".format),
    st.decimals(0, 10**9, places=2).map("{:f}".format),
    st.decimals(0, 10**9, places=3).map("{:,f}".format),
)


@pytest.mark.parametrize(
    "reply, strange",
    [
        ("It costs $2,500 in two steps.", set()),
        ("It costs $5,000.", {"5000"}),
        ("It costs $2500.01.", {"2500.01"}),
        ("No fee, whatever you send.", set()),
        ("It takes seven days.", {"7"}),
        ("Dial 1234567.", {"1234567"}),
        ("Dial 1234568, then 2.", {"1234568"}),
        ("Steps 1,2 and 25000,5.", {"1", "25000", "5"}),
    ],
)
def test_unsupported_figures(reply, strange):
    assert unsupported(reply, "A wire of 2500 dollars goes in 2 steps.") == strange


def test_planted_errors_are_what_they_say():
    source = "Yes, the fee is $25. Delivery takes 3 days."
    assert plant("Yes, the fee is $25.", source, RNG(0)) == {
        "true": "Yes, the fee is $25.",
        "doubled": "Yes, the fee is $50.",
        "swapped": "Yes, the fee is $3.",
        "turned": "No, the fee is $25.",
    }


@given(WORDS, FIGURES, WORDS, st.lists(FIGURES, max_size=4).map(" and ".join))
def test_a_doubled_figure_is_found_unless_the_source_holds_it(before, figure, after, source):
    answer = f"{before}{figure} {after}"
    twice = 2 * int(re.sub("[,.]", "", figure))
    places = len(figure.partition(".")[2])
    whole, part = divmod(twice, 10**places)
    expected = str(whole) + f".{part:0{places}}".rstrip("0").rstrip(".") * bool(places)
    made = plant(answer, source, RNG(0))
    assert ("doubled" in made) == (twice > 0)
    if twice:
        assert unsupported(made["doubled"], answer) == {expected}
        found = expected in unsupported(made["doubled"], source)
        assert found == (expected not in figures(source))


def figures(text):
    return unsupported(text, "")


@given(WORDS, FIGURES, st.lists(FIGURES, min_size=1, max_size=4).map(" and ".join))
def test_a_swapped_figure_is_one_of_the_source(before, figure, source):
    answer = f"{before}{figure}."
    made = plant(answer, source, RNG(0))
    others = figures(source) - figures(answer)
    assert ("swapped" in made) == bool(others)
    if others:
        assert figures(made["swapped"]) - figures(before) <= others
        assert not unsupported(made["swapped"], source) - figures(before)


@given(st.sampled_from(["Yes", "No"]), st.text(max_size=12))
def test_only_a_first_word_of_yes_or_no_is_turned(first, rest):
    made = plant(first + rest, "", RNG(0))
    other = {"Yes": "No", "No": "Yes"}[first]
    if re.match(r"[^\w'’-]|$", rest):
        assert made["turned"] == other + rest
    else:
        assert "turned" not in made


@pytest.mark.parametrize(
    "answer", ["Nothing: it is free.", "None.", "Yesterday.", "No-fee cards."]
)
def test_nothing_is_not_a_no(answer):
    assert "turned" not in plant(answer, "", RNG(0))
