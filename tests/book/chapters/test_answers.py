"""Every exercise accepts its answer and says of each predicted wrong one why people believe it."""

import numpy as np
import pytest
import yaml

from aipm import AnswerError, check
from aipm.course import checking
from coursekit import ROOT

BANKS = sorted((ROOT / "aipm" / "course" / "answers").glob("*.yml"))
QUESTIONS = [
    (entry["id"], entry)
    for bank in BANKS
    for entry in yaml.safe_load(bank.read_text(encoding="utf-8"))["questions"]
]
WRONG = [
    pytest.param(key, wrong, id=f"{key}={wrong['answer']}")
    for key, entry in QUESTIONS
    for wrong in [
        *entry.get("wrong", []),
        *(
            {"answer": o["text"], "reason": o["reason"]}
            for o in entry.get("options", [])
            if entry["type"] == "choice" and not o.get("right")
        ),
    ]
]
NUMBERS = [key for key, entry in QUESTIONS if entry["type"] == "number"]


@pytest.mark.parametrize(("question", "entry"), QUESTIONS, ids=[key for key, _ in QUESTIONS])
def test_every_question_accepts_its_answer(question, entry, capsys):
    right = [option["text"] for option in entry.get("options", []) if option.get("right")]
    check(
        question,
        {"number": entry.get("answer"), "choice": right and right[0], "choices": right}[
            entry["type"]
        ],
    )
    assert checking.praise(entry) in capsys.readouterr().out


@pytest.mark.parametrize(("question", "wrong"), WRONG)
def test_every_predicted_wrong_answer_gets_its_own_reason(question, wrong):
    with pytest.raises(AnswerError) as caught:
        check(question, wrong["answer"])
    assert str(caught.value) == f"{question} ✗ {wrong['reason']}"


@pytest.mark.parametrize("question", [key for key, _ in QUESTIONS])
def test_reasons_differ(question):
    entry = dict(QUESTIONS)[question]
    reasons = [wrong["reason"] for wrong in (*entry.get("wrong", []), *entry.get("options", []))]
    assert len(set(reasons)) == len(reasons), (
        f"aipm/course/answers: two wrong answers of {question} share a reason; each has its own."
    )


@pytest.mark.parametrize("question", NUMBERS)
@pytest.mark.parametrize(
    "answer", [None, float("nan"), "text", np.arange(3)], ids=["None", "NaN", "text", "array"]
)
def test_numbers_refuse_what_is_none(question, answer):
    with pytest.raises(AnswerError) as caught:
        check(question, answer)
    assert str(caught.value).count("\n") == 0
