"""Counts and masks against counting by hand and by loop, the lab's noise against a reviewed
library.
"""

import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import expit
from sklearn.metrics import roc_curve

from aipm import datasets
from aipm.errors import CourseError
from aipm.privacy.counts import group_sizes, share_alone
from aipm.privacy.membership import membership
from aipm.privacy.redaction import PATTERNS, mask, needless, score

VALUE = st.one_of(st.none(), st.sampled_from(["a", "b"]))


def by_loop(people, columns):
    """Each row compared with every row; an empty cell equals an empty cell."""
    rows = people[columns].astype(object).where(people[columns].notna(), None)
    seen = [tuple(row) for row in rows.itertuples(index=False)]
    return [sum(one == other for other in seen) for one in seen]


def test_twelve_people_counted_by_hand():
    people = pd.DataFrame(
        {
            "age": [30] * 7 + [40] * 4 + [60],
            "sex": list("FFFMMMMFFMMF"),
            "education": ["degree"] * 3 + ["school"] * 6 + ["degree"] * 3,
        }
    )
    sizes = group_sizes(people, ["age", "sex", "education"])
    assert sizes.tolist() == [3] * 3 + [4] * 4 + [2] * 4 + [1]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUE, VALUE, st.integers(0, 2)), min_size=1, max_size=25))
def test_any_table_is_counted_as_a_loop_counts(rows):
    people = pd.DataFrame(rows, columns=["one", "two", "three"], index=range(7, 7 + len(rows)))
    people = people.astype({"one": "category"})
    for columns in (["one"], ["one", "two"], ["three", "two", "one"]):
        sizes = group_sizes(people, columns)
        assert sizes.tolist() == by_loop(people, columns)
        assert sizes.index.equals(people.index)


def test_a_thousand_people_of_the_lab_are_counted_as_a_loop_counts():
    people = datasets.adult().sample(1000, random_state=0)
    columns = ["age", "sex", "race", "education", "native_country", "occupation"]
    assert people[columns].isna().any().any()
    assert group_sizes(people, columns).tolist() == by_loop(people, columns)


def test_all_people_of_the_lab_are_counted_as_a_counter_counts():
    people = datasets.adult()
    columns = ["age", "sex", "race", "education", "native_country"]
    counted = Counter(zip(*(people[column].astype(str) for column in columns), strict=True))
    alone = sum(size == 1 for size in counted.values())
    assert (group_sizes(people, columns) == 1).sum() == alone == 4417
    assert share_alone(people, columns) == pytest.approx(alone / len(people))


@pytest.mark.parametrize("count", [group_sizes, share_alone])
@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ([], "columns has 0 values"),
        ("age", "columns is 'age'; give a list"),
        (
            ["age", "shoe_size"],
            "columns holds 'shoe_size', which people has not; .* age, workclass",
        ),
        ([["age"]], "columns holds"),
    ],
)
def test_columns_that_are_not_there_are_named(count, columns, says):
    with pytest.raises(CourseError, match=f"{count.__name__}: {says}"):
        count(datasets.adult().head(), columns)


@pytest.mark.parametrize("cell", [[1], {"a": 1}, {1, 2}])
def test_cells_that_cannot_be_told_apart_are_refused(cell):
    people = pd.DataFrame({"age": [30, 40], "tags": [cell, cell]})
    for count in (group_sizes, share_alone):
        with pytest.raises(
            CourseError, match=f"{count.__name__}: people holds lists in age, tags"
        ):
            count(people, ["age", "tags"])
    assert share_alone(people, ["age"]) == 1


def test_a_column_known_twice_tells_no_more():
    people = datasets.adult().head(200)
    twice = group_sizes(people, ["age", "sex", "age"])
    pd.testing.assert_series_equal(twice, group_sizes(people, ["age", "sex"]))


@pytest.mark.slow
@pytest.mark.parametrize("epsilon", [0.1, 0.5, 1.0, 3.0])
def test_the_labs_noise_is_that_of_a_reviewed_library(epsilon):
    """Scipy's dlaplace(epsilon) is the geometric mechanism that OpenDP gives for this epsilon."""
    import opendp.prelude as dp

    dp.enable_features("contrib")  # OpenDP's word for what its reviewers have not all proven
    space = dp.atom_domain(T=int), dp.absolute_distance(T=int)
    mechanism = space >> dp.m.then_laplace(scale=1 / epsilon)
    assert mechanism.map(1) == pytest.approx(epsilon)
    drawn = pd.Series([mechanism(0) for _ in range(10_000)])  # it cannot be seeded, by design
    limit = int(stats.dlaplace(epsilon).ppf(0.999))
    steps = np.arange(-limit, limit + 1)
    expected = stats.dlaplace(epsilon).pmf(steps) * len(drawn)
    counts = drawn.value_counts().reindex(steps, fill_value=0)
    kept = expected >= 10
    distance = ((counts[kept] - expected[kept]) ** 2 / expected[kept]).sum()
    assert stats.chi2(kept.sum() - 1).sf(distance) > 1e-6


@pytest.mark.parametrize("epsilon", [0.1, 1.0, 3.0])
def test_one_person_moves_the_odds_by_no_more_than_promised(epsilon):
    answers = np.arange(-20, 21)
    noise = stats.dlaplace(epsilon)
    ratio = noise.pmf(answers - 6) / noise.pmf(answers - 5)
    assert ratio.max() == pytest.approx(np.exp(epsilon))
    assert ratio.min() == pytest.approx(np.exp(-epsilon))


def test_marked_stretches_stand_in_their_messages():
    messages = datasets.messages()
    assert messages["message_id"].is_unique and not messages["text"].str.contains("[<>]").any()
    for _, message in messages.iterrows():
        assert len(message["personal"]) == len(message["kinds"])
        places = [message["text"].index(value) for value in message["personal"]]
        assert places == sorted(places), f"{message['message_id']}: a stretch is found too early"


def test_membership_is_counted_over_pairs():
    rng = np.random.default_rng(0)
    inside, outside = rng.beta(4, 2, 60).round(2), rng.beta(3, 3, 40).round(2)
    wins = [(one > other) + (one == other) / 2 for one in inside for other in outside]
    belief, was_in = np.concatenate([outside, inside]), [False] * 40 + [True] * 60
    guess, caught = membership(belief, was_in, false_alarms=0.1)
    assert guess == pytest.approx(np.mean(wins))
    fourth_highest = sorted(outside)[-4]
    assert np.mean(outside > fourth_highest) <= 0.1
    assert abs(caught - np.mean(inside > fourth_highest)) <= 0.05
    assert membership(np.tile(outside, 2), [True] * 40 + [False] * 40)[0] == 0.5


@pytest.mark.parametrize(
    "wrong", [["in", "out"] * 4, [True] * 8, [None, *[True, False] * 3, 1], [2] * 8]
)
def test_who_was_inside_is_not_taken_by_truth_value(wrong):
    with pytest.raises(CourseError, match="membership: was_in is"):
        membership(np.linspace(0, 1, 8), wrong)


def test_masks_are_scored_as_by_eye():
    messages = pd.DataFrame(
        {
            "text": ["Ann at a@b.io paid 12", "call 555 0101, it is Bo Day"],
            "personal": [["Ann", "a@b.io"], ["555 0101", "Bo Day"]],
            "kinds": [["name", "email"], ["phone", "name"]],
        },
        index=[5, 9],
    )
    patterns = (
        pattern for pattern in (r"\S+@\S+", r"\d{2,}", r"Bo")
    )  # read once, as any iterable
    assert mask("paid 12 to a@b.io", [r"\d+", r"\S+@\S+"]) == "paid ██ to ██████"
    found = score(messages, patterns)
    assert found["hidden"].tolist() == [False, True, True, False]  # "555 0101": two blocks
    assert found["message"].tolist() == [5, 5, 9, 9]
    assert needless(messages, [r"\d{2,}"]).tolist() == [1, 0]  # the 12
    assert needless(messages, ["no such words"]).tolist() == [0, 0]


def test_words_that_are_marked_twice_are_looked_for_twice():
    """The first Ann is masked, the second is not."""
    message = {"text": "I am Ann. Yours, Ann", "personal": ["Ann", "Ann"], "kinds": ["name"] * 2}
    messages = pd.DataFrame([message])
    assert score(messages, [r"Ann\."])["hidden"].tolist() == [True, False]
    assert needless(messages, ["Ann$"]).tolist() == [0]


def messages_with(**cells):
    """Two messages, of which the second has some other cells."""
    rows = [{"text": "I am Ann, call Bo", "personal": ["Ann", "Bo"], "kinds": ["name"] * 2}] * 2
    return pd.DataFrame([rows[0], rows[1] | cells], index=["m1", "m2"])


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"personal": ["Ann", "Eve"]}, "does not hold 'Eve'"),
        ({"personal": ["Bo", "Ann"]}, "does not hold 'Ann', or not in its place"),
        ({"personal": ["Ann", "Ann"]}, "does not hold 'Ann', or not in its place"),
        ({"personal": ["Ann", ""]}, "does not hold ''"),
        ({"personal": ["Ann", None]}, "does not hold 'None'"),
        ({"personal": None}, "lacks a text or a list"),
        ({"personal": "Ann"}, "lacks a text or a list"),
        ({"text": None}, "lacks a text or a list"),
    ],
)
def test_a_stretch_that_is_not_in_its_text_is_named(cells, says):
    for count in (score, needless):
        with pytest.raises(CourseError, match=f"{count.__name__}: messages, row 'm2', {says}"):
            count(messages_with(**cells), ["Ann"])


@pytest.mark.parametrize("kinds", [["name"], ["name"] * 3, [], None, "ab"])
def test_a_stretch_without_a_kind_is_not_dropped(kinds):
    with pytest.raises(CourseError, match="row 'm2', has 2 stretches and not as many kinds"):
        score(messages_with(kinds=kinds), ["Ann"])


@pytest.mark.parametrize("broken", ["(", "[a", "*", "(?P<a"])
def test_a_pattern_that_cannot_be_read_is_named(broken):
    calls = {
        "mask": lambda: mask("a text", ["a", broken]),
        "score": lambda: score(messages_with(), ["a", broken]),
        "needless": lambda: needless(messages_with(), ["a", broken]),
    }
    for name, call in calls.items():
        with pytest.raises(CourseError) as caught:
            call()
        assert str(caught.value).startswith(f"{name}: patterns holds {broken!r}")


@given(
    st.text(max_size=60),
    st.lists(st.sampled_from([*PATTERNS.values(), "a", "x*", "^|$"]), min_size=1),
)
def test_a_mask_has_the_length_of_its_text(text, patterns):
    masked = mask(text, patterns)
    assert len(masked) == len(text)
    assert all(new in (old, "█") for old, new in zip(text, masked, strict=True))


@pytest.mark.parametrize("false_alarms", [0.01, 0.1, 0.3])
def test_the_share_caught_is_read_off_the_roc_curve(false_alarms):
    """At most that share of the outsiders is blamed, and one more outsider would be too many."""
    rng = np.random.default_rng(0)
    was_in = rng.random(2_000) < 0.4
    belief = expit(rng.normal(size=2_000) + 0.7 * was_in)
    area, caught = membership(belief, was_in, false_alarms=false_alarms)
    blamed, found, _ = roc_curve(was_in, belief, drop_intermediate=False)
    allowed = blamed <= false_alarms + 1 / (~was_in).sum()
    assert area == pytest.approx(np.trapezoid(found, blamed))
    assert found[blamed <= false_alarms].max() <= caught + 0.01
    assert caught <= found[allowed].max() + 1e-12


SENTENCE = st.lists(st.sampled_from(["Ann", "Bo", "call", "12", "7", "a@b.io", "now"]), min_size=1)


@given(SENTENCE, st.sampled_from([r"\d+", r"\S+@\S+", "Ann|Bo", "[A-Z]", " ", "l", r"\w+ \w+"]))
def test_masks_are_counted_letter_by_letter(words, pattern):
    """Which letters a pattern covers says :mod:`re`; blocks and hidden names follow by a loop."""
    text, names = " ".join(words), [word for word in words if word in ("Ann", "Bo", "a@b.io")]
    covered, marked, after = [False] * len(text), [], 0
    for found in re.finditer(pattern, text):
        covered[found.start() : found.end()] = [True] * len(found[0])
    for name in names:
        marked.append(range(text.index(name, after), text.index(name, after) + len(name)))
        after = marked[-1].stop
    hidden = "".join("█" if under else letter for under, letter in zip(covered, text, strict=True))
    assert mask(text, [pattern]) == hidden
    blocks = [set(range(*block.span())) for block in re.finditer("█+", hidden)]
    messages = pd.DataFrame([{"text": text, "personal": names, "kinds": ["x"] * len(names)}])
    counted = sum(not any(block & set(place) for place in marked) for block in blocks)
    assert needless(messages, [pattern]).tolist() == [counted]
    readable = [any(hidden[at].isalnum() for at in place) for place in marked]
    assert score(messages, [pattern])["hidden"].tolist() == [not read for read in readable]
