"""What a learner reads after an answer: right, wrong, and of no use."""

import sys

import numpy as np
import pandas as pd
import pytest
import yaml

from aipm import AnswerError, CourseError, check
from aipm.course import checking


@pytest.fixture
def bank(tmp_path, monkeypatch):
    """A bank with one question of each kind."""
    (tmp_path / "90_sample.yml").write_text(
        yaml.safe_dump(
            {
                "questions": [
                    {
                        "id": "90.1",
                        "type": "number",
                        "unit": "share",
                        "answer": 0.25,
                        "tolerance": 0.01,
                        "reason": "A quarter.",
                        "wrong": [{"answer": 0.5, "reason": "That is the half."}],
                        "otherwise": "Divide.",
                    },
                    {
                        "id": "90.2",
                        "type": "choice",
                        "options": [
                            {"text": "ship", "reason": "It hurts."},
                            {"text": "stop", "right": True, "reason": "It stops."},
                        ],
                    },
                    {
                        "id": "90.3",
                        "type": "choices",
                        "reason": "Both.",
                        "options": [
                            {"text": "a", "right": True, "reason": "a leaks."},
                            {"text": "b", "right": True, "reason": "b leaks too."},
                            {"text": "c", "reason": "c is known in time."},
                        ],
                    },
                    {
                        "id": "90.4",
                        "type": "number",
                        "answer": 0.5342,
                        "tolerance": 0.002,
                        "reason": "So.",
                        "otherwise": "Divide.",
                    },
                    {
                        "id": "90.5",
                        "type": "number",
                        "answer": 4.1667,
                        "tolerance": 0.01,
                        "reason": "So.",
                        "otherwise": "Divide.",
                    },
                ]
            }
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr(checking, "ANSWERS", tmp_path)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("90.1", 0.255),
        ("90.1", np.float64(0.25)),
        ("90.1", pd.Series([0.25])),
        ("90.2", " Stop "),
        ("90.3", {"b", "a"}),
        ("90.3", pd.Series(["a", "b"])),
    ],
)
def test_right_answers_say_why(bank, capsys, question, answer):
    check(question, answer)
    assert capsys.readouterr().out.startswith(f"{question} ✓ ")


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("90.1", None, "no answer yet"),
        ("90.1", ..., "no answer yet"),
        ("90.1", float("nan"), "no number"),
        ("90.1", float("inf"), "no number"),
        ("90.1", "0.25", "without quotes"),
        ("90.1", True, "type bool"),
        ("90.1", [0.25], "type list"),
        ("90.1", 1j, "type complex"),
        ("90.1", np.array([0.2, 0.3]), "2 values"),
        ("90.1", pd.DataFrame({"x": [1, 2]}), "2 values"),
        ("90.1", 25, "percentage"),
        ("90.1", 0.5, "That is the half."),
        ("90.1", 7, "Divide."),
        ("90.1", 10**400, "far more digits"),
        (
            "90.4",
            0.53,
            "right, and rounded too far to tell it from a wrong one: give it with 3 decimals",
        ),
        ("90.4", 0.5, "rounded too far"),
        ("90.4", 0.56, "Divide."),
        ("90.4", 53, "a percentage; give the fraction, 0.53, with 3 decimals"),
        ("90.4", 0, "Divide."),
        ("90.5", 4.2, "give it with 2 decimals"),
        ("90.2", "ship", "It hurts."),
        ("90.2", "wait", "not among the options"),
        ("90.2", 3, "in quotes"),
        ("90.3", ["a"], "b leaks too."),
        ("90.3", ["a", "b", "c"], "c is known in time."),
        ("90.3", ["a", "x"], "not among the options"),
        ("90.3", "a", "give a list"),
    ],
)
def test_other_answers_get_one_clear_sentence(bank, question, answer, said):
    with pytest.raises(AnswerError) as caught:
        check(question, answer)
    text = str(caught.value)
    assert said in text and text.startswith(question) and "\n" not in text
    assert caught.value._render_traceback_() == [f"AnswerError: {text}"], (
        "A learner sees one line, not a stack of frames."
    )


@pytest.mark.parametrize("question", ["90.9", "12.1", "", None, 5])
def test_unknown_questions_are_named(bank, question):
    with pytest.raises(CourseError, match="There is no question"):
        check(question, 1)


def test_checking_is_light():
    """A check must not cost a Binder visitor the import of pandas or matplotlib."""
    import subprocess

    code = (
        "import sys, aipm; print([m for m in ('pandas', 'matplotlib', 'sklearn') if m in"
        " sys.modules])"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8"
        ).stdout.strip()
        == "[]"
    )
