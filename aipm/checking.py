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
    judge = {"number": _judge_number, "choice": _judge_choice, "set": _judge_set}[entry["type"]]
    reason = judge(question, entry, _unwrap(question, answer))
    if reason is not None:
        raise AnswerError(f"{question} ✗ {reason}")
    print(f"{question} ✓ {entry['right']}")


@cache
def load_bank(path):
    """Questions of one answer bank, a dict by question number. Source: ``aipm/answers``."""
    return yaml.safe_load(Path(path).read_text(encoding="utf-8"))["questions"]


def find_question(question):
    """Entry of the answer bank for one question; raises ``CourseError`` if there is none."""
    banks = sorted(ANSWERS.glob("*.yml"))
    chapter = str(question).partition(".")[0]
    known = [name for path in banks for name in load_bank(path)]
    for path in banks:
        if path.stem.startswith(f"{chapter}_") and question in load_bank(path):
            return load_bank(path)[question]
    near = [name for name in known if name.startswith(chapter)] or known
    raise CourseError(f"There is no question {question!r}; the check knows {', '.join(near)}.")


def _unwrap(question, answer):
    """A plain Python value from whatever a notebook produced."""
    if answer is None or answer is Ellipsis:
        raise AnswerError(f"{question} has no answer yet: put yours in place of None and run its cell, then this one.")
    if isinstance(answer, (str, bool, set, frozenset, list, tuple)):
        return answer
    size = getattr(answer, "size", 1)
    if size == 1 and hasattr(answer, "item"):
        return answer.item()
    if hasattr(answer, "shape") and not isinstance(answer, numbers.Number):
        if getattr(answer, "dtype", None) is not None and answer.dtype.kind not in "biufc":
            return list(answer)
        raise AnswerError(f"{question} got {size} values ({type(answer).__name__} of shape {answer.shape}); give the one that answers the question.")
    return answer


def _judge_number(question, entry, answer):
    unit = f" ({entry['unit']})" if entry.get("unit") else ""
    if isinstance(answer, str):
        return f"The answer is the text {answer!r}; give a number{unit}, without quotes."
    if isinstance(answer, bool) or not isinstance(answer, numbers.Real):
        return f"The answer is of type {type(answer).__name__}; give one number{unit}."
    if not math.isfinite(answer):
        return f"The answer is {answer}, which is no number: some step divided by zero or averaged nothing; give a number{unit}."

    def near(target, tolerance):
        return abs(answer - target) <= tolerance + 1e-12

    if near(entry["answer"], entry["tolerance"]):
        return None
    for wrong in entry.get("wrong", []):
        if near(wrong["answer"], wrong.get("tolerance", entry["tolerance"])):
            return wrong["because"]
    if 0 < abs(entry["answer"]) < 1 and near(100 * entry["answer"], 100 * entry["tolerance"]):
        return f"The digits are right, but {answer:g} is a percentage; give the fraction, {answer / 100:g}."
    return entry["otherwise"]


def _judge_choice(question, entry, answer):
    options = ", ".join(map(repr, entry["options"]))
    if not isinstance(answer, str):
        return f"The answer is {answer!r}; give one of the options in quotes: {options}."
    answer = _as_written(answer, entry["options"])
    if answer == entry["answer"]:
        return None
    for wrong in entry["wrong"]:
        if answer == wrong["answer"]:
            return wrong["because"]
    return f"{answer!r} is not among the options; give one of {options}."


def _judge_set(question, entry, answer):
    options = ", ".join(map(repr, entry["options"]))
    if isinstance(answer, str) or not isinstance(answer, (list, tuple, set, frozenset)):
        return f"The answer is {answer!r}; give a list of options, such as [{entry['options'][0]!r}, …], out of {options}."
    given, right = {_as_written(item, entry["options"]) for item in answer}, set(entry["answer"])
    unknown = sorted(given - set(entry["options"]))
    if unknown:
        return f"{unknown[0]!r} is not among the options; choose from {options}."
    if given == right:
        return None
    for wrong in entry.get("wrong", []):
        if given == set(wrong["answer"]):
            return wrong["because"]
    reasons = [entry.get("extra", {}).get(item) for item in sorted(given - right)]
    reasons += [entry.get("missing", {}).get(item) for item in sorted(right - given)]
    return next((reason for reason in reasons if reason), entry["otherwise"])


def _as_written(answer, options):
    """The option that a text means, whatever its case and the blanks around it."""
    text = str(answer).strip()
    return next((option for option in options if option.lower() == text.lower()), text)
