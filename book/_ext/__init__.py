"""What this book adds to Sphinx: one extension, a module for each purpose."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # coursekit is installed nowhere

from _ext import (  # noqa: E402
    accessibility,
    api,
    card,
    facts,
    guide_map,
    mathml,
    offline,
    overviews,
    pages,
    paths,
    quiz,
    results,
    solutions,
    tags,
    terms,
    topics,
)

MODULES = (tags, card, topics, facts, overviews, guide_map, paths, terms, results, quiz)
MODULES += (api, solutions, mathml, offline, accessibility, pages)


def setup(app):
    for module in MODULES:
        module.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
