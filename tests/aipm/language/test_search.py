"""aipm.language.search and aipm.language.groundedness: ranks by hand, BM25 by its formula, planted errors."""

import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from aipm import datasets
from aipm.language import groundedness, search

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
    sums = {name: 1 / (60 + a) + 1 / (60 + b) for name, a, b in zip("xyz", (1, 2, 3), (3, 1, 2))}
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


def test_vectors_find_the_page_of_an_obvious_question():
    pages, questions = datasets.documents(), datasets.questions().set_index("question_id")
    whole = datasets.passages(pages, "whole")
    ranks = search.page_ranks(search.by_meaning("whole"), whole)
    found = search.last_needed(ranks, questions[questions["answerable"]])
    assert (found <= 3).mean() > 0.5 and np.isfinite(found).all()


@pytest.mark.parametrize(
    "reply, strange",
    [
        ("It costs $2,500 in two steps.", set()),
        ("It costs $5,000.", {"5000"}),
        ("No fee, whatever you send.", set()),
        ("It takes seven days.", {"7"}),
    ],
)
def test_unsupported_figures(reply, strange):
    assert groundedness.unsupported(reply, "A wire of 2500 dollars goes in 2 steps.") == strange


def test_planted_errors_are_what_they_say():
    source = "Yes, the fee is $25. Delivery takes 3 days."
    made = groundedness.plant("Yes, the fee is $25.", source, np.random.default_rng(0))
    assert made == {
        "true": "Yes, the fee is $25.",
        "doubled": "Yes, the fee is $50.",
        "swapped": "Yes, the fee is $3.",
        "turned": "No, the fee is $25.",
    }
