"""Values that JSON holds the same on every machine, and files written in one step."""

import math
import numbers
import os

from aipm.errors import CourseError

DIGITS = 4  # significant digits kept: enough for any page, the same on any processor


def value_of(key, value):
    """A value that JSON holds the same everywhere, or a refusal."""
    value = value.item() if hasattr(value, "item") and getattr(value, "size", 1) == 1 else value
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real) and math.isfinite(value):
        return float(f"{value:.{DIGITS}g}")
    raise CourseError(
        f"evidence {key!r}: {value!r} is not a number, a text or a yes/no; record one plain value."
    )


def put(path, content):
    """Write a file in one step, if it holds something else."""
    if not path.exists() or path.read_bytes() != content:
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(path)
