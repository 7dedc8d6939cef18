"""Assemble the dossier of a product from what the labs recorded, and hold it against a gate.

``gate.yml`` names the ten lines of the gate and, for each case, the recorded result that
answers each. Whether a record still holds is judged by :mod:`aipm.course.recorded`, as everywhere.
"""

from aipm.cases.dossier.document import shown, write
from aipm.cases.dossier.judging import LAUNCH, STOP, gate, sections, verdict
from aipm.cases.dossier.pieces import PLAN, collect, facts, law, results
from aipm.course import recorded

__all__ = [
    "LAUNCH",
    "PLAN",
    "STOP",
    "collect",
    "facts",
    "gate",
    "law",
    "recorded",
    "results",
    "sections",
    "shown",
    "verdict",
    "write",
]
