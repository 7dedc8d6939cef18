"""How values and limits read in a refusal."""

import math
import numbers

import numpy as np


def is_number(value):
    """Whether a value is one real number; True and False are."""
    return isinstance(value, numbers.Real)


def between(low, high, low_out=False, high_out=False):
    """Two limits in words, ``low_out`` and ``high_out`` if a limit itself is not allowed."""
    if math.isinf(high) or high >= 10**12:
        return "" if math.isinf(low) else f" above {low:g}" if low_out else f" of {low:g} or more"
    if math.isinf(low):
        return f" below {high:g}" if high_out else f" up to {high:g}"
    first, last = "above" if low_out else "from", "and below" if high_out else "to"
    return f" {first} {low:g} {last} {high:g}"


def brief(value):
    """A value in a few words: itself, if it is short."""
    if isinstance(value, int) and abs(value) > 10**15:
        return "a number of very many digits"
    shown = repr(value.item() if isinstance(value, np.generic) else value)
    return shown if len(shown) < 40 and "\n" not in shown else f"of type {type(value).__name__}"
