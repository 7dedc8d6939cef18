"""Validate the answer banks in aipm/answers against their form and the exercises that use them."""

import re

import yaml

from coursekit import notebooks

FIELDS = {"asks", "type", "unit", "answer", "tolerance", "options", "right", "wrong", "otherwise", "missing", "extra"}
NEEDED = {"number": {"tolerance", "wrong", "otherwise"}, "choice": {"options", "wrong"}, "set": {"options", "otherwise"}}
CHECK = re.compile(r"""check\(\s*["'](\d\d\.\w+)["']""")


def problems(root, slug):
    """What is wrong with one answer bank: sentences, empty if nothing is.

    Parameters
    ----------
    root : pathlib.Path
        The project's folder.
    slug : str
        Slug of the chapter.

    Returns
    -------
    list of str
    """
    name = f"aipm/answers/{slug}.yml"
    questions = yaml.safe_load((root / name).read_text(encoding="utf-8"))["questions"]
    found = [f"{name}, question {key}: {problem}" for key, entry in questions.items() for problem in _entry(key, entry, slug)]
    cells = notebooks.read(root / "notebooks" / "exercises" / f"{slug}.ipynb").cells
    asked = {key for cell in cells if cell.cell_type == "code" for key in CHECK.findall(cell.source)}
    found += [f"{name}: question {key} is checked in the exercises and stands not here; add it." for key in sorted(asked - set(questions))]
    found += [f"{name}: question {key} is checked by no cell of notebooks/exercises/{slug}.ipynb; add the cell or remove it."
              for key in sorted(set(questions) - asked)]
    return found


def _entry(key, entry, slug):
    if not key.startswith(f"{slug[:2]}."):
        yield f"its number must start with {slug[:2]}."
    kind = entry.get("type")
    if kind not in NEEDED:
        yield f"its type is {kind!r}; use number, choice or set."
        return
    for field in sorted(({"asks", "answer", "right"} | NEEDED[kind]) - set(entry)):
        yield f"{field} is missing; add it."
    for field in sorted(set(entry) - FIELDS):
        yield f"{field} is no field; use {', '.join(sorted(FIELDS))}."
    wrong = entry.get("wrong", [])
    for item in wrong:
        if not str(item.get("because", "")).strip():
            yield f"the wrong answer {item.get('answer')!r} has no reason; say in 'because' why people believe it."
    if kind == "number":
        yield from _number(entry, wrong)
    if kind == "choice":
        rest = set(entry["options"]) - {entry["answer"]} - {item["answer"] for item in wrong}
        if entry["answer"] not in entry["options"]:
            yield f"the answer {entry['answer']!r} is not among its options."
        for option in sorted(rest):
            yield f"the option {option!r} has no reason; add it under wrong."
    if kind == "set" and not set(entry["answer"]) <= set(entry["options"]):
        yield "an answer is not among its options."


def _number(entry, wrong):
    """Ranges of the right and the wrong answers must not meet."""
    ranges = [(entry["answer"], entry["tolerance"])]
    ranges += [(item["answer"], item.get("tolerance", entry["tolerance"])) for item in wrong]
    for index, (value, width) in enumerate(ranges):
        for other, other_width in ranges[index + 1:]:
            if abs(value - other) <= width + other_width:
                yield f"the answers {value} and {other} lie within each other's tolerance; narrow one."
