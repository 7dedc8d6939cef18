"""The course's data sets: one function loads one table, from files that lie beside this module.

``book/datasets.md`` holds the full datasheet of each: how it was collected, its faults, its terms.
"""

from aipm.datasets._files import hash, names, path
from aipm.datasets.attacks import jailbreaks, probes
from aipm.datasets.judgements import (
    judges,
    judges_as_published,
    leaderboard,
    ratings,
    reply_codes,
    snippets,
    traces,
)
from aipm.datasets.markets import latencies, prices
from aipm.datasets.sentences import about_people, notes, told
from aipm.datasets.tables import (
    acs,
    admissions,
    adult,
    compas,
    credit,
    email,
    flights,
    mortgages,
    resumes,
)
from aipm.datasets.texts import (
    article_1,
    documents,
    messages,
    passages,
    questions,
    repeats,
    vectors,
)

__all__ = [
    "about_people",
    "acs",
    "admissions",
    "adult",
    "article_1",
    "compas",
    "credit",
    "documents",
    "email",
    "flights",
    "hash",
    "jailbreaks",
    "judges",
    "judges_as_published",
    "latencies",
    "leaderboard",
    "messages",
    "mortgages",
    "names",
    "notes",
    "passages",
    "path",
    "prices",
    "probes",
    "questions",
    "ratings",
    "repeats",
    "reply_codes",
    "resumes",
    "snippets",
    "told",
    "traces",
    "vectors",
]
