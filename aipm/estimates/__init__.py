"""Estimates with their uncertainty: one line in a notebook, one object with value, interval, n
and method.

Print an estimate and it reads as on a page, ``23 of 32, 72 % (55 to 84 %)``; hold it
``against`` a limit and it says within, beyond or cannot tell. The tests compare each with another
implementation and count how often its interval holds the truth.
"""

from aipm.estimates.columns import auc, bootstrap, mean
from aipm.estimates.estimate import Comparison, Estimate
from aipm.estimates.shares import difference, paired, share

__all__ = ["Comparison", "Estimate", "auc", "bootstrap", "difference", "mean", "paired", "share"]
