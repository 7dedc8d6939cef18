"""The questions for the copilot: whole, balanced, and with two halves that share nothing."""

import re

import yaml

from aipm import datasets
from coursekit import ROOT

FILE = ROOT / "aipm" / "datasets" / "data" / "own" / "questions.yml"
QUESTIONS = yaml.safe_load(FILE.read_text(encoding="utf-8"))["questions"]
FIELDS = {
    "question_id",
    "split",
    "kind",
    "answerable",
    "question",
    "doc_ids",
    "answer",
    "key_facts",
    "wrong_doc_id",
    "note",
}
ANSWERABLE = {
    "lookup": True,
    "paraphrase": True,
    "condition": True,
    "comparison": True,
    "near-miss": False,
    "personal": False,
    "out-of-scope": False,
}


def pages(split):
    return {
        page for q in QUESTIONS if q["split"] == split for piece in q["doc_ids"] for page in piece
    }


def test_each_question_is_whole():
    for q in QUESTIONS:
        where = f"{FILE.name}, {q.get('question_id')}"
        assert set(q) == FIELDS, f"{where}: its fields differ by {set(q) ^ FIELDS}"
        assert q["split"] in ("dev", "test"), f"{where}: split is {q['split']!r}; use dev or test"
        assert ANSWERABLE.get(q["kind"]) is q["answerable"], (
            f"{where}: kind {q['kind']!r} and answerable do not agree"
        )
        assert bool(q["doc_ids"]) is q["answerable"] is bool(q["key_facts"]), (
            f"{where}: an answerable question has pages and key facts, another has none"
        )
        assert q["wrong_doc_id"] not in {page for piece in q["doc_ids"] for page in piece}, (
            f"{where}: the wrong page is a right one"
        )
        for fact in q["key_facts"]:
            assert re.search(fact, q["answer"], re.I | re.S), (
                f"{where}: its own answer does not hold the key fact {fact!r}"
            )


def test_enough_questions_a_third_of_them_unanswerable():
    unanswerable = sum(not q["answerable"] for q in QUESTIONS)
    assert len(QUESTIONS) >= 60 and unanswerable * 3 >= len(QUESTIONS)
    for field in ("question_id", "question"):
        assert len({q[field] for q in QUESTIONS}) == len(QUESTIONS), (
            f"{FILE.name}: a {field} stands twice"
        )


def test_the_halves_share_no_page():
    both = pages("dev") & pages("test")
    assert not both, (
        f"{FILE.name}: questions of both halves need {sorted(both)}; move one, or tuning on dev"
        " leaks into test"
    )
    for kind in ANSWERABLE:
        counts = [
            sum(q["kind"] == kind and q["split"] == split for q in QUESTIONS)
            for split in ("dev", "test")
        ]
        assert counts[0] == counts[1], (
            f"{FILE.name}: {kind} has {counts} questions in dev and test; keep them even"
        )


def test_no_question_is_asked_in_both_halves():
    """Reworded, a question would still teach the test half: none has a twin in meaning across the
    halves.
    """
    questions, vectors = datasets.questions(), datasets.vectors("questions")
    dev = (questions["split"] == "dev").to_numpy()
    alike = vectors[dev] @ vectors[~dev].T
    row, column = divmod(int(alike.argmax()), alike.shape[1])
    twins = questions["question"][dev].iloc[row], questions["question"][~dev].iloc[column]
    assert alike.max() < 0.8, (
        f"{FILE.name}: {twins} ask nearly the same (cosine {alike.max():.2f}); move one to the"
        " other's half"
    )
