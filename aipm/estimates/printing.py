"""Write numbers as a reader sees them: on pages, in notebooks and in documents."""

import re

from aipm.errors import CourseError
from aipm.validation import SHARE, TEXT, Number, checked

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@checked(value=Number(infinite=True), spec=TEXT)
def show(value, spec=""):
    """A number as a reader sees it.

    Parameters
    ----------
    value : float or int
    spec : str
        Python's format specification, or ``pp`` with its precision, such as ``.0pp``, for a
        difference of shares in percentage points.

    Returns
    -------
    str
        With a true minus sign, no sign before a zero, and no place to break a line.

    Raises
    ------
    CourseError
        If the specification does not suit the value.

    Examples
    --------
    >>> show(-0.1234, "+.1pp"), show(-0.0004, ".2f"), show(12_345.6, ",.0f")
    ('−12.3', '0.00', '12,346')
    """
    number = value
    points = re.fullmatch(r"(\+?)(\.\d+)?pp", spec)
    if points:
        number, spec = value * 100, f"{points[1]}{points[2] or '.1'}f"
    try:
        text = format(number, spec)
    except (TypeError, ValueError):
        raise CourseError(
            f"show: spec is {spec!r}, which is no format for {value!r}; write for example '.2f',"
            " '.1%', ',' or 'pp'."
        ) from None
    if not re.search(r"[1-9]", text):
        text = text.lstrip("+-")
    text = re.sub(
        r"e([+-])0*(\d+)",
        lambda e: f"{NBSP}×{NBSP}10{(e[1].strip('+') + e[2]).translate(RAISED)}",
        text,
    )
    return text.replace("-", MINUS).replace("%", f"{NBSP}%")


@checked(value=SHARE)
def show_p(value):
    """A p-value with its sign, such as ``"= 0.03"``.

    Parameters
    ----------
    value : float
        From 0 to 1.

    Returns
    -------
    str
    """
    return "< 0.001" if value < 0.001 else f"= {value:.3f}" if value < 0.1 else f"= {value:.2f}"
