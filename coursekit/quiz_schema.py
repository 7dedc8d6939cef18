"""Read and check quiz files, ``book/quizzes/NN_slug.yml``."""

import difflib
import re
from pathlib import Path

import yaml

TYPES = ("single", "multiple", "numeric")
CHOICE = {"id", "type", "question", "options"}
NUMERIC = {"id", "type", "question", "answer", "tolerance", "unit", "reason", "wrong", "otherwise"}
OPTION = {"text", "right", "reason"}
WRONG = {"answer", "tolerance", "reason"}


class QuizError(ValueError):
    """A quiz file that cannot be read; the message says where and what to do."""


def load(path):
    """Questions of a quiz file: a list of dicts, unchecked.

    Raises
    ------
    QuizError
        If there is no such file, or it does not hold a list of questions.
    """
    path = Path(path)
    if not path.exists():
        close = difflib.get_close_matches(path.stem, [p.stem for p in path.parent.glob("*.yml")], 1)
        raise QuizError(f"there is no quiz {path.name}; " + (f"did you mean {close[0]}?" if close else "write it in book/quizzes."))
    try:
        quiz = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        line = error.problem_mark.line + 1 if getattr(error, "problem_mark", None) else 1
        raise QuizError(f"{path.name}:{line}: not YAML ({error.problem}); often a quote is missing.") from None
    questions = quiz.get("questions") if isinstance(quiz, dict) and set(quiz) == {"questions"} else None
    if not isinstance(questions, list) or not all(isinstance(question, dict) for question in questions):
        raise QuizError(f"{path.name}: write one key, 'questions', with a list of questions under it.")
    return questions


def problems(path):
    """What is wrong with a quiz.

    Parameters
    ----------
    path : path-like
        A quiz file.

    Returns
    -------
    list of str
        One sentence each: file, question, what to do. Empty if all is well.
    """
    try:
        questions = load(path)
    except QuizError as error:
        return [str(error)]
    found = []
    if not 4 <= len(questions) <= 6:
        found.append(f"it has {len(questions)} questions; write four to six.")
    for kind in ("multiple", "numeric"):
        if all(question.get("type") != kind for question in questions):
            found.append(f"no question is of type {kind}; write at least one.")
    seen = set()
    for place, question in enumerate(questions, 1):
        name = question.get("id")
        if not isinstance(name, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            found.append(f"question {place}: its id is {name!r}; give a short name in small letters, such as 'test-reuse'.")
            name = place
        elif name in seen:
            found.append(f"question {name}: the id stands twice; rename one of them.")
        seen.add(name)
        found += [f"question {name}: {sentence}" for sentence in _question(question)]
    return [f"{Path(path).name}: {sentence}" for sentence in found]


def _question(question):
    kind = question.get("type")
    if kind not in TYPES:
        return [f"its type is {kind!r}; choose one of {', '.join(TYPES)}."]
    found = _keys(question, NUMERIC if kind == "numeric" else CHOICE) + _texts(question, ["question"])
    return found + (_numeric(question) if kind == "numeric" else _choice(question))


def _choice(question):
    options = question.get("options")
    if not isinstance(options, list) or not all(isinstance(option, dict) for option in options):
        return ["'options' is missing; give three to five, each with 'text' and 'reason'."]
    found = [] if 3 <= len(options) <= 5 else [f"it has {len(options)} options; give three to five."]
    for place, option in enumerate(options, 1):
        sentences = _keys(option, OPTION) + _texts(option, ["text", "reason"])
        if not isinstance(option.get("right", False), bool):
            sentences.append("'right' is true or left out.")
        found += [f"option {place}: {sentence}" for sentence in sentences]
    texts = [option.get("text") for option in options]
    if len(set(texts)) < len(texts):
        found.append("two options read the same; change one.")
    right = sum(option.get("right") is True for option in options)
    if right == 0:
        found.append("no option is right; add 'right: true' to one.")
    elif right > 1 and question["type"] == "single":
        found.append(f"{right} options are right; keep one, or make the type 'multiple'.")
    elif right == len(options):
        found.append("every option is right; add one that is not.")
    return found


def _numeric(question):
    found = _texts(question, ["reason", "otherwise"]) + _number(question)
    if "unit" in question:
        found += _texts(question, ["unit"])
    if not _is_number(question.get("tolerance")):
        found.append("'tolerance' is missing or not a number; say how far off an answer may be, 0 if not at all.")
    wrong = question.get("wrong", [])
    if not isinstance(wrong, list) or not all(isinstance(entry, dict) for entry in wrong):
        return [*found, "'wrong' is a list of {answer, reason}."]
    for place, entry in enumerate(wrong, 1):
        sentences = _keys(entry, WRONG) + _texts(entry, ["reason"]) + _number(entry)
        if not _is_number(entry.get("tolerance", 0)):
            sentences.append("'tolerance' is not a number; say how far off an answer may be.")
        found += [f"wrong answer {place}: {sentence}" for sentence in sentences]
        if not found and abs(entry["answer"] - question["answer"]) <= question["tolerance"]:
            found.append(f"wrong answer {place}: {entry['answer']} lies within the tolerance of the right answer; make the tolerance smaller.")
    return found


def _keys(entry, known):
    found = []
    for key in entry.keys() - known:
        close = difflib.get_close_matches(str(key), known, 1)
        found.append(f"{key!r} is not known here; " + (f"did you mean {close[0]!r}?" if close else f"use {', '.join(sorted(known))}."))
    return found


def _texts(entry, keys):
    return [f"{key!r} is missing; write it." for key in keys if not (isinstance(entry.get(key), str) and entry[key].strip())]


def _number(entry):
    return [] if _is_number(entry.get("answer")) else ["'answer' is missing or not a number; give the value."]


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)
