"""How many questions or labels it takes to see a difference."""

import numpy as np
from scipy.stats import norm

from aipm.errors import CourseError
from aipm.validation import INSIDE, SHARE, Number, checked

Z = norm.ppf(0.975) + norm.ppf(0.8)  # two-sided at 5 %, seen four times in five


@checked(lead=INSIDE, differing=Number(above=0, high=1))
def questions_to_see(lead, differing):
    """Questions on which two versions must meet before a lead is seen, by McNemar's test [1]_.

    Parameters
    ----------
    lead : float
        Share of questions that one version passes more than the other.
    differing : float
        Share of questions on which the versions differ.

    Returns
    -------
    int
        So that a true lead of this size is seen four times in five, two-sided at 5 %.

    References
    ----------
    .. [1] R. J. Connor (1987), "Sample size for testing differences in proportions for the
       paired-sample design", Biometrics 43(1), 207-211.
    """
    if lead > differing:
        raise CourseError(
            f"questions_to_see: lead is {lead:g}, above differing, {differing:g}; versions that"
            " agree on a question give neither a lead."
        )
    spread = norm.ppf(0.975) * differing**0.5 + norm.ppf(0.8) * (differing - lead**2) ** 0.5
    return int(np.ceil((spread / lead) ** 2))


@checked(before=SHARE, after=SHARE)
def labels_a_week(before, after):
    """Labels in each of two weeks before a change of the pass rate is seen.

    Parameters
    ----------
    before, after : float
        Pass rates; the replies of the two weeks are different ones, drawn at random.

    Returns
    -------
    int
        Four times in five, two-sided at 5 %, by the difference of arcsines [1]_.

    References
    ----------
    .. [1] J. Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd edition,
       chap. 6.
    """
    if before == after:
        raise CourseError(f"labels_a_week: before and after are both {after:g}; give a change.")
    size = 2 * (np.arcsin(before**0.5) - np.arcsin(after**0.5))
    return int(np.ceil(2 * (Z / size) ** 2))
