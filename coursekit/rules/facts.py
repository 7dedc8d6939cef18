"""Say what is wrong with the dated facts of ``book/facts.yml``."""

from pathlib import Path

from coursekit import parse_yaml

FIELDS = {"id", "says", "date", "source", "checked", "sure"}
SURE = {"high", "medium", "low"}


def problems(path):
    """What is wrong with a facts file: a list of sentences, empty if nothing is."""
    found, seen = [], set()
    for entry in parse_yaml(Path(path).read_text(encoding="utf-8")):
        name = f"book/facts.yml, fact {entry.get('id', '(no id)')!r}"
        if missing := sorted(FIELDS - set(entry)):
            found.append(f"{name}: {', '.join(missing)} is missing; add it.")
        if unknown := sorted(set(entry) - FIELDS):
            found.append(
                f"{name}: {', '.join(unknown)} is not a field; use {', '.join(sorted(FIELDS))}."
            )
        if entry.get("sure", "high") not in SURE:
            found.append(f"{name}: sure is {entry['sure']!r}; use high, medium or low.")
        if entry.get("id") in seen:
            found.append(f"{name}: the id stands twice; rename one.")
        seen.add(entry.get("id"))
    return found
