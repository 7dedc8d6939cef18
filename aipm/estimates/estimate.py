"""What an estimate is and how it reads: a value with its interval, n and method."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from aipm.errors import CourseError

LEVEL = 0.95
NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Estimate:
    """A value that was estimated, and how sure one can be.

    Attributes
    ----------
    value, low, high : float
        The estimate and the limits of its 95 % interval, in the same unit.
    n : int
        Cases behind it; groups, if it was estimated over groups.
    method : str
        How the interval came about, such as ``"Wilson"``.
    kind : str
        ``"share"``, ``"difference"`` (of shares), ``"mean"`` or ``"score"``; says how it is
        printed.
    hits : int or None
        The count behind a share.
    """

    value: float
    low: float
    high: float
    n: int
    method: str
    kind: str
    hits: int | None = None

    def __post_init__(self):
        for name in ("value", "low", "high"):
            object.__setattr__(self, name, float(getattr(self, name)))

    def __float__(self):
        return self.value

    @property
    def interval(self):
        """Lower and upper limit, a tuple of two floats."""
        return self.low, self.high

    def against(self, low=-math.inf, high=math.inf):
        """Hold the estimate against limits.

        Parameters
        ----------
        low, high : float
            What is accepted, in the unit of the value; one may be left out.

        Returns
        -------
        str
            ``"within"`` if the whole interval lies between the limits, ``"beyond"`` if all of it
            lies outside, else ``"cannot tell"``, as for an estimate without an interval.

        Examples
        --------
        >>> from aipm.estimates import share
        >>> share(900, 1_000).against(low=0.85), share(9, 10).against(low=0.85)
        ('within', 'cannot tell')
        """
        if low <= self.low and self.high <= high:
            return "within"
        return "beyond" if self.high < low or self.low > high else "cannot tell"

    def __str__(self):
        if self.kind == "share":
            shown = (f"{100 * x:.{self._places()}f}" for x in (self.value, self.low, self.high))
            value, low, high = shown
            return f"{self.hits:,} of {self.n:,}, {value} % ({low} to {high} %)"
        if self.kind == "difference":
            value, low, high = (
                _signed(100 * x, self._places()) for x in (self.value, self.low, self.high)
            )
            return f"{value} points ({low} to {high})"
        places = 2 if self.high - self.low >= 0.02 else 3
        value, low, high = (
            f"{x:,.{places}f}".replace("-", MINUS) for x in (self.value, self.low, self.high)
        )
        return f"{value} ({low} to {high})"

    def __format__(self, spec):
        return format(self.value, spec) if spec else str(self)

    def _places(self):
        """Decimals of a percentage: one where the interval is narrower than four points."""
        return 0 if self.high - self.low >= 0.04 else 1


@dataclass(frozen=True)
class Comparison:
    """Two systems on the same cases.

    Attributes
    ----------
    only_first, only_second : int
        Cases that one system alone got right.
    both, neither : int
        Cases on which they agree.
    difference : Estimate
        Share right, first minus second, with its interval.
    p_value : float
        McNemar's exact test: how often a fair coin splits the cases that differ at least so
        unevenly.
    """

    only_first: int
    only_second: int
    both: int
    neither: int
    difference: Estimate
    p_value: float

    def __str__(self):
        return (
            f"{self.only_first} to {self.only_second}, difference {self.difference}, p"
            f" {_p(self.p_value)}"
        )


def _signed(number, places):
    text = f"{number:+.{places}f}"
    return (text if any(c in "123456789" for c in text) else text[1:]).replace("-", MINUS)


def _p(value):
    return "< 0.001" if value < 0.001 else f"= {value:.3f}" if value < 0.1 else f"= {value:.2f}"


def yes_or_no(name, values):
    """A column of yes and no as a bool array of shape (n,), or a refusal that names the
    function."""
    column = pd.Series(np.asarray(values).ravel())
    if column.empty or column.isna().any():
        raise CourseError(
            f"{name}: {int(column.isna().sum())} of {len(column)} cases lack an answer; give a yes"
            " or no for at least one case, without gaps."
        )
    if not column.isin([0, 1]).all():
        raise CourseError(
            f"{name}: {column[~column.isin([0, 1])].iloc[0]!r} is not a yes or no; give True and"
            " False, or 1 and 0."
        )
    return column.astype(bool).to_numpy()


def numbers(name, values):
    """A column of numbers without gaps as a pandas.Series, or a refusal that names the
    function."""
    column = pd.Series(np.asarray(values, dtype=float).ravel())
    if len(column) < 2 or column.isna().any():
        raise CourseError(
            f"{name}: {len(column)} values, of which {int(column.isna().sum())} are missing; give"
            " two at least, without gaps."
        )
    return column
