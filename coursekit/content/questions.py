"""The form of a question, one grammar for quizzes (``book/quizzes``) and answer banks
(``aipm/course/answers``).
"""

import difflib
import re
from pathlib import Path

import yaml
from pydantic import ValidationError

from coursekit import parse_yaml
from coursekit.content.question_forms import FORMS, Option, WrongNumber

QUIZ_ID, BANK_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"), re.compile(r"\d\d\.\d[a-z]?")
SAID = {
    "missing": "is missing; write it.",
    "string_too_short": "is empty; write it.",
    "string_type": "is no text; write one, in quotes if need be.",
    "float_type": "is no number; give the value.",
    "list_type": "is no list; write its entries below each other, each after a dash.",
    "model_type": "has no fields; write lines such as 'text: …'.",
    "literal_error": "is true or left out.",
}


class QuestionError(ValueError):
    """A file of questions that cannot be read; the message says where and what to do."""


def load(path):
    """Questions of a quiz or an answer bank: a list of dicts, unchecked.

    Raises
    ------
    QuestionError
        If there is no such file, or it does not hold a list of questions.
    """
    path = Path(path)
    if not path.exists():
        close = difflib.get_close_matches(
            path.stem, [p.stem for p in path.parent.glob("*.yml")], 1
        )
        raise QuestionError(
            f"there is no {path.parent.name}/{path.name}; "
            + (f"did you mean {close[0]}?" if close else "write it.")
        )
    try:
        content = parse_yaml(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 1 if getattr(error, "problem_mark", None) else 1
        raise QuestionError(
            f"{path.parent.name}/{path.name}:{line}: not YAML ({error.problem}); often a quote is"
            " missing."
        ) from None
    questions = (
        content.get("questions")
        if isinstance(content, dict) and set(content) == {"questions"}
        else None
    )
    if not isinstance(questions, list) or not all(
        isinstance(question, dict) for question in questions
    ):
        raise QuestionError(
            f"{path.parent.name}/{path.name}: write one key, 'questions', with a list of questions"
            " under it."
        )
    return questions


def problems(path, ids=QUIZ_ID):
    """What is wrong with a file of questions.

    Parameters
    ----------
    path : path-like
    ids : re.Pattern
        What an id looks like: ``QUIZ_ID`` or ``BANK_ID``.

    Returns
    -------
    list of str
        One sentence each: file, question, what to do. Empty if all is well.
    """
    try:
        questions = load(path)
    except QuestionError as error:
        return [str(error)]
    name, found, seen = f"{Path(path).parent.name}/{Path(path).name}", [], set()
    for place, question in enumerate(questions, 1):
        key = question.get("id")
        if not isinstance(key, str) or not ids.fullmatch(key):
            example = (
                "'test-reuse', in small letters"
                if ids is QUIZ_ID
                else "'05.1' or '05.1a', in quotes"
            )
            found.append(f"question {place}: its id is {key!r}; give one such as {example}.")
        elif key in seen:
            found.append(f"question {key}: the id stands twice; rename one of them.")
        seen.add(key)
        found += [f"question {key or place}: {sentence}" for sentence in _question(question)]
    if ids is QUIZ_ID:
        found += _quiz(questions)
    return [f"{name}, {sentence}" for sentence in found]


def _quiz(questions):
    if not 4 <= len(questions) <= 6:
        yield f"it has {len(questions)} questions; write four to six."
    for kind in ("choices", "number"):
        if all(question.get("type") != kind for question in questions):
            yield f"no question is of type {kind}; write at least one."
    for question in questions:
        if question.get("type") != "number" and not 3 <= len(question.get("options") or ()) <= 5:
            yield (
                f"question {question.get('id')}: it has {len(question.get('options') or ())}"
                " options; give three to five."
            )


def _question(question):
    kind = question.get("type")
    if kind not in FORMS:
        return [f"its type is {kind!r}; choose one of {', '.join(FORMS)}."]
    try:
        FORMS[kind].model_validate(question)
    except ValidationError as error:
        return [_sentence(question, detail) for detail in error.errors()]
    return _ranges(question) if kind == "number" else _options(question)


def _sentence(question, detail):
    """A validation error as a sentence that says where and what to do."""
    *where, field = detail["loc"]
    place = "".join(f"{part} " if isinstance(part, str) else f"{part + 1}: " for part in where)
    if isinstance(field, int):
        place, field = f"{place}{field + 1}: ", "the entry"
    if detail["type"] == "extra_forbidden":
        form = (
            FORMS[question["type"]]
            if not where
            else {"options": Option}.get(where[0], WrongNumber)
        )
        close = difflib.get_close_matches(str(field), form.model_fields, 1)
        return f"{place}{field!r} is not known here; " + (
            f"did you mean {close[0]!r}?" if close else f"use {', '.join(form.model_fields)}."
        )
    if detail["type"] in ("too_short", "too_long"):
        return (
            f"{place}{field!r} has {detail['ctx']['actual_length']} entries; give"
            f" {detail['ctx'].get('min_length', 'at most')} or"
            f" {'more' if 'min_length' in detail['ctx'] else detail['ctx']['max_length']}."
        )
    return f"{place}{field!r} {SAID.get(detail['type'], detail['msg'])}"


def _options(question):
    options, several = question["options"], question["type"] == "choices"
    texts = [option["text"] for option in options]
    right = [option["text"] for option in options if option.get("right")]
    if len(set(texts)) < len(texts):
        yield "two options read the same; change one."
    if not right:
        yield "no option is right; add 'right: true' to one."
    elif len(right) > 1 and not several:
        yield f"{len(right)} options are right; keep one, or make the type 'choices'."
    elif len(right) == len(options):
        yield "every option is right; add one that is not."
    for wrong in question.get("wrong", []):
        for text in set(wrong["answer"]) - set(texts):
            yield f"wrong: {text!r} is not among the options."


def _ranges(question):
    """Ranges of the right and the wrong answers must not meet."""
    ranges = [
        (entry["answer"], entry.get("tolerance") or question["tolerance"])
        for entry in (question, *question.get("wrong", []))
    ]
    for index, (value, width) in enumerate(ranges):
        for other, other_width in ranges[index + 1 :]:
            if abs(value - other) <= width + other_width:
                yield (
                    f"the answers {value} and {other} lie within each other's tolerance; narrow"
                    " one."
                )
