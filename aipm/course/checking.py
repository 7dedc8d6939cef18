"""Check an answer to an exercise and say why it is right, or what the mistake behind it is."""

import math
import numbers
from functools import cache
from pathlib import Path

import yaml

from aipm.errors import AnswerError, CourseError

ANSWERS = Path(__file__).with_name("answers")


def check(question, answer):
    """Accept an answer, or explain the misconception behind it.

    Parameters
    ----------
    question : str
        Number of the question, such as ``"05.1"``.
    answer : float, str or collection of str
        A number, one of the options, or a list or set of options.

    Raises
    ------
    AnswerError
        If the answer is missing, not of the right kind, or wrong; the message says why.
    CourseError
        If there is no such question.
    """
    entry = find_question(question)
    judge = {"number": _judge_number, "choice": _judge_choice, "choices": _judge_choices}[
        entry["type"]
    ]
    reason = judge(question, entry, _unwrap(question, answer))
    if reason is not None:
        raise AnswerError(f"{question} ✗ {reason}")
    print(f"{question} ✓ {praise(entry)}")


def praise(entry):
    """Why the right answer to a question is right, a str."""
    if entry["type"] == "choice":
        return next(option["reason"] for option in entry["options"] if option.get("right"))
    return entry["reason"]


@cache
def load_bank(path):
    """Questions of one answer bank, a dict by question number. Source: ``aipm/answers``."""
    questions = yaml.safe_load(Path(path).read_text(encoding="utf-8"))["questions"]
    return {entry["id"]: entry for entry in questions}


def find_question(question):
    """Entry of the answer bank for one question; raises ``CourseError`` if there is none."""
    banks = sorted(ANSWERS.glob("*.yml"))
    chapter = str(question).partition(".")[0]
    known = [name for path in banks for name in load_bank(path)]
    for path in banks:
        if path.stem.startswith(f"{chapter}_") and question in load_bank(path):
            return load_bank(path)[question]
    near = [name for name in known if name.startswith(chapter)] or known
    raise CourseError(
        f"There is no question {_short(question)}; the check knows {', '.join(near)}."
    )


def _unwrap(question, answer):
    """A plain Python value from whatever a notebook produced."""
    if answer is None or answer is Ellipsis:
        raise AnswerError(
            f"{question} has no answer yet: put yours in place of None and run its cell, then this"
            " one."
        )
    if isinstance(answer, (str, bool, set, frozenset, list, tuple)):
        return answer
    size = getattr(answer, "size", 1)
    if size == 1 and hasattr(answer, "item"):
        return answer.item()
    if hasattr(answer, "shape") and not isinstance(answer, numbers.Number):
        if getattr(answer, "dtype", None) is not None and answer.dtype.kind not in "biufc":
            return list(answer)
        raise AnswerError(
            f"{question} got {size} values ({type(answer).__name__} of shape {answer.shape}); give"
            " the one that answers the question."
        )
    return answer


def _judge_number(question, entry, answer):
    unit = f" ({entry['unit']})" if entry.get("unit") else ""
    if isinstance(answer, str):
        return f"The answer is the text {_short(answer)}; give a number{unit}, without quotes."
    if isinstance(answer, bool) or not isinstance(answer, numbers.Real):
        return f"The answer is of type {type(answer).__name__}; give one number{unit}."
    try:
        answer = float(answer)
    except OverflowError:
        return (
            "The answer has far more digits than any number here; look for the step that"
            f" multiplied too often, and give a number{unit}."
        )
    if not math.isfinite(answer):
        return (
            f"The answer is {answer}, which is no number: some step divided by zero or averaged"
            f" nothing; give a number{unit}."
        )
    right, tolerance = entry["answer"], entry["tolerance"]
    if _near(answer, right, tolerance):
        return None
    for wrong in entry.get("wrong", []):
        if _near(answer, wrong["answer"], wrong.get("tolerance", tolerance)):
            return wrong["reason"]
    if _is_rounded(answer, right):
        return (
            "That is right, and rounded too far to tell it from a wrong one: give it with"
            f" {_decimals(right, tolerance)} decimals."
        )
    if 0 < abs(right) < 1 and (
        _near(answer, 100 * right, 100 * tolerance) or _is_rounded(answer, 100 * right)
    ):
        return (
            f"The digits are right, but {answer:g} is a percentage; give the fraction,"
            f" {answer / 100:g}, with {_decimals(right, tolerance)} decimals."
        )
    return entry["otherwise"]


def _near(answer, target, tolerance):
    return abs(answer - target) <= tolerance + 1e-12


def _is_rounded(answer, target):
    """Whether an answer is the target with fewer digits, its first one kept."""
    return answer != 0 and any(
        abs(answer - float(f"{target:.{digits}g}")) < 1e-9 for digits in range(1, 8)
    )


def _decimals(target, tolerance):
    """Decimals at which no rounding of the target leaves its tolerance."""
    return next((places for places in range(1, 8) if 0.5 * 10**-places <= tolerance), 8)


def _judge_choice(question, entry, answer):
    texts = [option["text"] for option in entry["options"]]
    listed = ", ".join(map(repr, texts))
    if not isinstance(answer, str):
        return f"The answer is {_short(answer)}; give one of the options in quotes: {listed}."
    answer = _as_written(answer, texts)
    for option in entry["options"]:
        if answer == option["text"]:
            return None if option.get("right") else option["reason"]
    return f"{_short(answer)} is not among the options; give one of {listed}."


def _judge_choices(question, entry, answer):
    texts = [option["text"] for option in entry["options"]]
    listed = ", ".join(map(repr, texts))
    if isinstance(answer, str) or not isinstance(answer, (list, tuple, set, frozenset)):
        return (
            f"The answer is {_short(answer)}; give a list of options, such as [{texts[0]!r}, …],"
            f" out of {listed}."
        )
    given = {_as_written(item, texts) for item in answer}
    unknown = sorted(given - set(texts))
    if unknown:
        return f"{_short(unknown[0])} is not among the options; choose from {listed}."
    right = {option["text"] for option in entry["options"] if option.get("right")}
    if given == right:
        return None
    for wrong in entry.get("wrong", []):
        if given == set(wrong["answer"]):
            return wrong["reason"]
    misjudged = given ^ right
    reasons = {option["text"]: option["reason"] for option in entry["options"]}
    return reasons[next(iter(sorted(misjudged & given) or sorted(misjudged)))]


def _as_written(answer, options):
    """The option that a text means, whatever its case and the blanks around it."""
    text = answer.strip() if isinstance(answer, str) else _short(answer)
    return next((option for option in options if option.lower() == text.lower()), text)


def _short(value):
    """A value as a message shows it: no longer than a line."""
    if isinstance(value, int) and abs(value) > 10**30:
        return "a number of very many digits"
    shown = " ".join(repr(value).split()) if not isinstance(value, (list, tuple, set)) else ""
    if not shown:
        return f"a {type(value).__name__} of {len(value):,}"
    return shown if len(shown) <= 90 else f"{shown[:60]}…{shown[-1]}"
