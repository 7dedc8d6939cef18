"""What evidence is made of: values as JSON holds them everywhere, the code that ran, files."""

import hashlib
import json
import math
import numbers
import os
import tempfile

from aipm.errors import CourseError

DIGITS = 4  # significant digits kept: enough for any page


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


def count_of(key, n):
    """A number of cases, or a refusal."""
    count = value_of(key, n)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise CourseError(
            f"evidence {key!r}: n is {n!r}; give the number of cases, a positive whole number."
        )
    return count


def limits_of(key, interval):
    """Lower and upper limit as a list, or a refusal."""
    low, high = (value_of(key, limit) for limit in interval)
    if low > high:
        raise CourseError(
            f"evidence {key!r}: the interval runs from {low} to {high}; give the lower limit"
            " first."
        )
    return [low, high]


def code_hash(cells):
    """SHA-256 of code cells in their order, 64 hexadecimal digits; empty cells and line ends
    after the last line do not count, since a kernel keeps neither.
    """
    code = [cell.rstrip("\n") for cell in cells if cell.strip()]
    return hashlib.sha256("\n\n".join(code).encode()).hexdigest()


def json_text(entry):
    """A record as its file holds it: the same content is always the same bytes."""
    return json.dumps(entry, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def put(path, content):
    """Write a file in one step, if it holds something else."""
    if not path.exists() or path.read_bytes() != content:
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(path)


def refused(folder):
    """Why nothing can be written into a folder, which is made if there is none; else None."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error.strerror
