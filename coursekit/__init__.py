"""What authors, builds and tests of the course share; learners use ``aipm``."""

import yaml

from aipm.course import paths

ROOT = paths.root()
if ROOT is None:
    raise ImportError(
        "coursekit works on a checkout of the course, and aipm was imported from"
        f" {paths.PACKAGE}: run make book in the checkout, and use its environment."
    )


def parse_yaml(text):
    """Content of a YAML text, by the parser in C, which is ten times as fast."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
