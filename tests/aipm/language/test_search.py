"""aipm.language.search: ranks by hand, BM25 by its formula, and what is refused."""

import ast
import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm import language
from aipm.errors import CourseError
from aipm.language import search

PASSAGES = pd.DataFrame(
    {
        "doc_id": ["fees", "fees", "cards", "hours"],
        "text": [
            "wire fees are charged on sending wire",
            "cash fees are charged",
            "cards replaced within days",
            "branches close early",
        ],
    }
)
QUESTIONS = pd.DataFrame(
    {
        "question": ["wire fees", "cards fees", "weather"],
        "doc_ids": [[["fees"]], [["fees"], ["cards", "hours"]], []],
        "key_facts": [["wire.*sending"], ["cash", "within days"], []],
    },
    index=["a", "b", "c"],
)
SCORE = pd.DataFrame(
    [[0.9, 0.1, 0.5, 0.5], [0.2, 0.3, 0.1, 0.9], [0.0, 0.0, 0.0, 0.0]], index=QUESTIONS.index
)


def lucene(question, k1=1.5, b=0.75):
    """BM25 as Lucene computes it, from its formula."""
    rows = [text.split() for text in PASSAGES["text"]]
    rows = [[word for word in row if word not in {"are", "on"}] for row in rows]
    mean = np.mean([len(row) for row in rows])
    scores = []
    for row in rows:
        count, total = Counter(row), 0
        for word in question.split():
            holding = sum(word in other for other in rows)
            rarity = math.log(1 + (len(rows) - holding + 0.5) / (holding + 0.5))
            damped = count[word] + k1 * (1 - b + b * len(row) / mean)
            total += rarity * count[word] / damped
        scores.append(total)
    return scores


def test_by_words_is_bm25():
    found = search.by_words(PASSAGES, QUESTIONS["question"])
    for name, question in QUESTIONS["question"].items():
        assert found.loc[name].tolist() == pytest.approx(lucene(question), abs=1e-3)


def test_a_page_ranks_by_its_best_passage_and_ties_keep_their_order():
    ranks = search.page_ranks(SCORE, PASSAGES)
    assert ranks.loc["a"].to_dict() == {"fees": 1, "cards": 2, "hours": 3}
    assert ranks.loc["b"].to_dict() == {"fees": 2, "cards": 3, "hours": 1}


def test_the_last_needed_page_decides():
    ranks = search.page_ranks(SCORE, PASSAGES)
    assert search.last_needed(ranks, QUESTIONS).tolist() == [1, 2, math.inf]


def test_fused_ranks_are_the_formula_of_cormack():
    first = pd.DataFrame([[1, 2, 3]], columns=list("xyz"))
    second = pd.DataFrame([[3, 1, 2]], columns=list("xyz"))
    sums = {
        name: 1 / (60 + a) + 1 / (60 + b)
        for name, a, b in zip("xyz", (1, 2, 3), (3, 1, 2), strict=True)
    }
    assert search.fuse(first, second).loc[0].sort_values().index.tolist() == sorted(
        sums, key=sums.get, reverse=True
    )


def test_facts_are_held_only_with_every_page_and_every_fact():
    one, three = (search.read(SCORE, PASSAGES, k) for k in (1, 3))
    assert search.facts_held(one, QUESTIONS).tolist() == [True, False, False]
    assert search.facts_held(three, QUESTIONS).tolist() == [True, False, False]
    assert search.words_read(one, QUESTIONS.loc[["a"]]) == 7
    everything = search.read(SCORE, PASSAGES, 4)
    assert search.facts_held(everything, QUESTIONS).tolist() == [True, True, False]


@given(st.lists(st.text("aeth of", max_size=9), min_size=1, max_size=6))
def test_texts_without_a_word_that_counts_score_nothing(texts):
    """Stop words, single letters and empty texts end in no traceback and in no missing value."""
    passages, asked = pd.DataFrame({"text": texts}), pd.Series(["", "the", "a", *texts])
    found = search.by_words(passages, asked)
    assert found.shape == (len(asked), len(texts)) and np.isfinite(found).all(axis=None)
    assert (found.iloc[:3] == 0).all(axis=None)


def test_without_bm25s_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "bm25s", None)
    with pytest.raises(CourseError, match=r"pip install 'aipm\[course\]'\.$"):
        search.by_words(PASSAGES, QUESTIONS["question"])


def test_columns_of_a_score_may_have_names():
    named = SCORE.set_axis(list("wxyz"), axis=1)
    pd.testing.assert_frame_equal(
        search.page_ranks(named, PASSAGES), search.page_ranks(SCORE, PASSAGES)
    )
    assert search.read(named, PASSAGES, 1)["a"]["text"].tolist() == [PASSAGES["text"][0]]


RANKS = search.page_ranks(SCORE, PASSAGES)
READING = search.read(SCORE, PASSAGES, 1)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (
            lambda: search.by_words(PASSAGES.assign(text=[1, 2, 3, 4]), QUESTIONS["question"]),
            "text",
        ),
        (lambda: search.by_words(PASSAGES, pd.Series([1, 2])), "questions"),
        (lambda: search.page_ranks(SCORE, PASSAGES[:3]), "4 columns and passages has 3"),
        (lambda: search.page_ranks(SCORE + math.inf, PASSAGES), "column 0, is not finite"),
        (lambda: search.page_ranks(SCORE, PASSAGES.assign(doc_id=None)), "doc_id"),
        (lambda: search.read(SCORE, PASSAGES, 5), "k is 5, of 4"),
        (lambda: search.last_needed(RANKS[:1], QUESTIONS), "no row of question 'b'"),
        (lambda: search.last_needed(RANKS[["cards"]], QUESTIONS), "no page 'fees'"),
        (lambda: search.last_needed(RANKS, QUESTIONS.assign(doc_ids="fees")), "doc_ids"),
        (lambda: search.facts_held({"a": READING["a"]}, QUESTIONS), "nothing for question 'b'"),
        (lambda: search.facts_held(READING, QUESTIONS.assign(key_facts=[["("]] * 3)), "pattern"),
        (lambda: search.words_read({"a": READING["a"]}, QUESTIONS), "nothing for question 'b'"),
        (lambda: search.fuse(RANKS, RANKS[::-1]), "differ"),
        (lambda: search.fuse(RANKS, RANKS[["fees"]]), "differ"),
    ],
)
def test_tables_that_do_not_belong_together_are_refused(call, says):
    with pytest.raises(CourseError, match=says):
        call()


def test_methods_that_take_your_data_read_none_of_the_courses():
    """Only the record of replies, in aipm.language.llm, lies beside the course's data."""
    for file in Path(language.__file__).parent.rglob("*.py"):
        if "llm" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in getattr(node, "names", ())]
            said = [f"{getattr(node, 'module', '')}.{name}" for name in names] + names
            wrong = [name for name in said if name.startswith(("aipm.datasets", "aipm.cases"))]
            assert not wrong, f"{file.name} imports {wrong}: put what reads it into aipm.cases"


@pytest.mark.slow
@given(st.integers(0, 10_000))
def test_ranks_and_readings_are_those_of_sorting_by_hand(seed):
    """Scores with ties, pages of several passages, questions that need one of two pages."""
    rng = np.random.default_rng(seed)
    pages = rng.choice(list("pqrst"), 12)
    passages = pd.DataFrame({"doc_id": pages, "text": [f"w{n} " * (n % 4 + 1) for n in range(12)]})
    score = pd.DataFrame(rng.integers(0, 5, (6, 12)) / 4, index=list("uvwxyz"))
    ranks, k = search.page_ranks(score, passages), int(rng.integers(1, 13))
    reading = search.read(score, passages, k)
    in_order = list(dict.fromkeys(pages))
    needs = [[list(rng.choice(in_order, 2)), [str(rng.choice(in_order))]] for _ in range(6)]
    questions = pd.DataFrame({"doc_ids": needs}, index=list("uvwxyz"))
    last, words = search.last_needed(ranks, questions), 0
    for name, needed in zip("uvwxyz", needs, strict=True):
        row = score.loc[name].to_numpy()
        best = sorted(range(12), key=lambda place: -row[place])[:k]  # of equals the first
        assert reading[name]["text"].tolist() == [passages["text"][place] for place in best]
        assert reading[name]["doc_id"].tolist() == [pages[place] for place in best]
        words += sum(place % 4 + 1 for place in best) / 6
        order = sorted(in_order, key=lambda page: -row[pages == page].max())
        assert ranks.loc[name, order].tolist() == list(range(1, len(order) + 1))
        enough = 1
        while not all(set(piece) & set(order[:enough]) for piece in needed):
            enough += 1
        assert last[name] == enough
    assert search.words_read(reading, questions) == pytest.approx(words)
    other = search.page_ranks(score[::-1].set_axis(score.index), passages)
    for name, joined in search.fuse(ranks, other).iterrows():
        total = {
            page: 1 / (60 + ranks.loc[name, page]) + 1 / (60 + other.loc[name, page])
            for page in in_order
        }
        assert [total[page] for page in joined.sort_values().index] == sorted(
            total.values(), reverse=True
        )
