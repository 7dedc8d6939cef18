"""What authors, builds and tests of the course share; learners use ``aipm``."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
