"""How often the rule of four fifths raises an alarm by chance."""

import numpy as np
from scipy.stats import binom

from aipm.validation import SHARE, Count, checked

__all__ = ["four_fifths_alarm"]
NEVER = 1e-100  # of a million people nobody; scipy's probabilities overflow for far smaller rates


@checked(people=Count(1, 10**6), rate_a=SHARE, rate_b=SHARE)
def four_fifths_alarm(people, rate_a, rate_b):
    """Chance that one group's selection rate falls below four fifths of the other's.

    Parameters
    ----------
    people : int
        In each of the two groups, a million at most.
    rate_a, rate_b : float
        Share of each group that the process truly selects.

    Returns
    -------
    float
        Exact: each count of one group is weighed by its binomial probability, and by that of all
        counts of the other which set off the alarm.

    Raises
    ------
    CourseError
        If there are no people, or a rate is no share.
    """
    rate_a, rate_b = (0 if rate < NEVER else rate for rate in (rate_a, rate_b))
    count = np.arange(people + 1)
    # five times the smaller is below four times the larger, in whole numbers
    below, above = (4 * count - 1) // 5, 5 * count // 4
    other = binom(people, rate_b)
    alarm = other.cdf(below) + other.sf(above)
    return float(binom.pmf(count, people, rate_a) @ alarm)
