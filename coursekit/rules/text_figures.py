"""A measured figure in a notebook's text must be what the notebook found: it occurs among the
outputs or records near it.
"""

import json
import re
import sys
from pathlib import Path

from coursekit import ROOT

FIGURE = re.compile(r"(?<![\w.,/–-])([+−-]?)(\d{1,3}(?:,\d{3})+|\d*\.\d+|\d+(?=\s?%))(?!\.?\d)")
NUMBER = re.compile(r"[+−-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+(?:e[+-]?\d+)?)")
LEVELS = {"50", "80", "90", "95", "99", "100"}  # conventions that no notebook measures
CODE = re.compile(r"`[^`]*`|\$[^$]*\$|\]\([^)]*\)")


def problems(root=ROOT, slug=None):
    """Sentences, each naming notebook, cell and the figure that nothing in the notebook shows."""
    found = []
    for folder in ("labs", "solutions"):
        for path in sorted(
            (Path(root) / "notebooks" / folder).glob(f"{slug or '[0-9][0-9]_*'}.ipynb")
        ):
            evidence = Path(root) / "notebooks" / "evidence" / f"{path.stem}.json"
            records = (
                json.loads(evidence.read_text(encoding="utf-8"))["results"]
                if folder == "labs" and evidence.exists()
                else {}
            )
            found += notebook_problems(path, records)
    return found


def notebook_problems(path, records):
    """Figures in a notebook's text that nothing near them shows, at their own rounding.

    Near is the section of the text and the one before it. What sums up, a table or the last
    section, may draw on all.
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    section, by_section = 0, {}
    for cell in cells:
        section += cell["cell_type"] == "markdown" and "## " in "".join(cell["source"])
        cell["section"] = section
        if cell["cell_type"] == "code":
            code = "".join(cell["source"])
            own = [
                value
                for key, entry in records.items()
                if re.search(rf"""["']{key}["']""", code)
                for value in _recorded(entry)
            ]
            by_section.setdefault(section, set()).update(_numbers(code + _shown(cell)), own)
    everything = {value for values in by_section.values() for value in values}
    everything |= {value for entry in records.values() for value in _recorded(entry)}
    for number, cell in enumerate(cells):
        if cell["cell_type"] != "markdown":
            continue
        near = by_section.get(cell["section"], set()) | by_section.get(cell["section"] - 1, set())
        for line in "".join(cell["source"]).splitlines():
            held = everything if line.startswith("|") or cell["section"] in (0, section) else near
            text = CODE.sub(" ", line)
            for match in FIGURE.finditer(text):
                if match[2].endswith(",000"):
                    continue  # a round thousand is an example
                percent = text[match.end() :].lstrip("\u00a0 ").startswith("%")
                if not (percent and match[2] in LEVELS) and not any(
                    _says(match[2], value, percent) for value in held
                ):
                    said = " ".join(text[max(0, match.start() - 30) : match.end() + 15].split())
                    yield (
                        f"{path.parent.name}/{path.stem}, cell {number}: {match[0]} (“…{said}…”)"
                        " stands in no output or record of its section or the one before; correct"
                        " it, or print what it rests on."
                    )


def _says(figure, value, percent):
    """Whether a figure in the text is a value, or its percentage, at the figure's own rounding."""
    places = len(figure.partition(".")[2])
    target, slack = float(figure.replace(",", "")), 0.5000001 * 10**-places
    scales = (1, 100) if percent else (1, 0.01) if target < 1 else (1, 100) if places else (1,)
    return any(abs(abs(value) * scale - target) <= slack for scale in scales)


def _recorded(entry):
    values = [entry["value"], entry.get("n", 0), *entry.get("interval", [])]
    return [value for value in values if isinstance(value, (int, float))]


def _numbers(text):
    for match in NUMBER.finditer(text):
        try:
            yield float(match[0].replace(",", "").replace("−", "-"))
        except ValueError:
            continue


def _shown(cell):
    parts = []
    for output in cell.get("outputs", []):
        parts += (
            [output.get("text", "")]
            if "text" in output
            else [output.get("data", {}).get("text/plain", "")]
        )
    return "\n" + "\n".join("".join(part) for part in parts)


if __name__ == "__main__":
    sys.exit("\n".join(problems(slug=next(iter(sys.argv[1:]), None))) or None)
