"""What authors, builds and tests of the course share; learners use ``aipm``."""

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]


def parse_yaml(text):
    """Content of a YAML text, by the parser in C, which is ten times as fast."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
