"""What an estimate is and how it reads: a value with its interval, n and method."""

import math
from dataclasses import dataclass

from aipm.errors import CourseError
from aipm.estimates.printing import show, show_p
from aipm.validation import Number, checked

LEVEL = 0.95
LIMIT = Number(infinite=True)  # one side may be open


@dataclass(frozen=True)
class Estimate:
    """A value that was estimated, and how sure one can be.

    Attributes
    ----------
    value, low, high : float
        The estimate and the limits of its interval, in the same unit; the limits are missing
        (``nan``) where there can be no interval, and ``method`` then says why.
    n : int
        Cases behind it; groups, if it was estimated over groups.
    method : str
        How the interval came about, such as ``"Wilson"``, or ``"no interval: …"``.
    kind : str
        ``"share"``, ``"difference"`` (of shares), ``"mean"`` or ``"score"``; says how it is
        printed.
    hits : int or None
        The count behind a share.
    level : float
        Share of intervals that hold the truth, 0.95 unless another one was asked for.
    """

    value: float
    low: float
    high: float
    n: int
    method: str
    kind: str
    hits: int | None = None
    level: float = LEVEL

    def __post_init__(self):
        for name in ("value", "low", "high"):
            object.__setattr__(self, name, float(getattr(self, name)))

    def __float__(self):
        return self.value

    @classmethod
    def alone(cls, value, n, reason, kind):
        """An estimate that cannot have an interval, and the reason in a few words."""
        return cls(value, math.nan, math.nan, n, f"no interval: {reason}", kind)

    @property
    def interval(self):
        """Lower and upper limit, a tuple of two floats."""
        return self.low, self.high

    @property
    def has_interval(self):
        """Whether there is an interval."""
        return not math.isnan(self.low)

    @checked(low=LIMIT, high=LIMIT)
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
        if low > high:
            raise CourseError(f"against: low is {low:g} and high {high:g}; give the lower first.")
        if low <= self.low and self.high <= high:
            return "within"
        return "beyond" if self.high < low or self.low > high else "cannot tell"

    def __str__(self):
        unit = {"share": " %", "difference": " points"}.get(self.kind, "")
        scale = 100 if unit else 1
        spec = f"{'+' if self.kind == 'difference' else ','}.{self._places()}f"
        value = show(scale * self.value, spec)
        counted = f"{self.hits:,} of {self.n:,}, " if self.kind == "share" else ""
        if not self.has_interval:
            return f"{counted}{value}{unit} ({self.method})"
        low, high = show(scale * self.low, spec), show(scale * self.high, spec)
        ends = unit if self.kind == "share" else ""
        at = "" if self.level == LEVEL else f", at {show(100 * self.level, 'g')} %"
        return f"{counted}{value}{unit} ({low} to {high}{ends}{at})"

    def __format__(self, spec):
        return format(self.value, spec) if spec else str(self)

    def _places(self):
        """Decimals: as many as the width of the interval lets be read."""
        width = self.high - self.low
        if self.kind in ("share", "difference"):
            return 1 if width < 0.04 else 0
        return 3 if width < 0.02 else 2


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
            f" {show_p(self.p_value)}"
        )
