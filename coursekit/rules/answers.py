"""Compare an answer bank in aipm/course/answers with the exercises that ask its questions."""

import re

from coursekit.content import notebooks, questions

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
    name = f"aipm/course/answers/{slug}.yml"
    found = questions.problems(root / name, questions.BANK_ID)
    if found:
        return found
    entries = {entry["id"]: entry for entry in questions.load(root / name)}
    found = [
        f"{name}, question {key}: its id must start with {slug[:3].replace('_', '.')}."
        for key in entries
        if not key.startswith(f"{slug[:2]}.")
    ]
    found += [
        f"{name}, question {key}: 'reason' is missing; say what makes the right choice right."
        for key, entry in entries.items()
        if entry["type"] == "choices" and "reason" not in entry
    ]
    cells = notebooks.read(root / "notebooks" / "exercises" / f"{slug}.ipynb").cells
    asked = {
        key for cell in cells if cell.cell_type == "code" for key in CHECK.findall(cell.source)
    }
    found += [
        f"{name}: question {key} is checked in the exercises and stands not here; add it."
        for key in sorted(asked - set(entries))
    ]
    found += [
        f"{name}: question {key} is checked by no cell of notebooks/exercises/{slug}.ipynb; add"
        " the cell or remove it."
        for key in sorted(set(entries) - asked)
    ]
    return found
