"""What the labs recorded, and whether it still holds: :mod:`aipm.recorded`, as the tools call
it."""

from aipm.recorded import EVIDENCE, EvidenceError, problems, read

__all__ = ["EVIDENCE", "EvidenceError", "problems", "read"]
