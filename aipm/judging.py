"""Estimate a true pass rate from an automatic judge that errs, and say how sure one can be."""

from typing import NamedTuple

import numpy as np
from pandas.api import types

from aipm.errors import CourseError

DRAWS = 20_000  # the limits then vary by about a hundredth of the interval's width
HALF = 0.5  # Jeffreys' prior, Beta(1/2, 1/2)


class CorrectedRate(NamedTuple):
    """True pass rate, a share, with the limits of its interval."""

    rate: float
    low: float
    high: float


def corrected_rate(
    judged_pass, judged, agreed_pass, human_pass, agreed_fail, human_fail, level=0.95
):
    """True pass rate behind the verdicts of a judge, by Rogan and Gladen, with an interval.

    With p the share that the judge passes, TPR its share of right verdicts among what people pass
    and TNR among what they fail, the rate is (p + TNR - 1) / (TPR + TNR - 1), kept between 0 and
    1 [1]_. The labelled cases and those that are only judged must not overlap, and must be of the
    same kind.

    Parameters
    ----------
    judged_pass, judged : int
        Cases without a label that the judge passes, of how many.
    agreed_pass, human_pass : int
        Labelled cases that people pass: how many of them the judge passes, of how many.
    agreed_fail, human_fail : int
        Labelled cases that people fail: how many of them the judge fails, of how many.
    level : float, default=0.95
        Share of intervals that hold the true rate, about.

    Returns
    -------
    CorrectedRate
        ``rate``, ``low`` and ``high``, shares between 0 and 1.

    Raises
    ------
    CourseError
        If a count is not a whole number between 0 and its total, a total is 0, the level is not
        between 0 and 1, or the judge is no better than chance on the labels (TPR + TNR of 1 or
        less).

    Notes
    -----
    The interval is what the formula gives for draws of the three rates from their posteriors
    under Jeffreys' prior, leaving out draws in which the judge is no better than chance. In
    simulation it holds the truth about as often as it says, with ten labelled failures too, where
    the normal approximation of [2]_ falls short for a weak judge
    (``tests/mathematics/test_judging.py``). The draws are seeded: the same counts give the same
    limits.

    References
    ----------
    .. [1] W. J. Rogan and B. Gladen (1978), "Estimating prevalence from the results of a
       screening test", American Journal of Epidemiology 107(1), 71-76.
    .. [2] Z. Lang and J. Reiczigel (2014), "Confidence limits for prevalence of disease adjusted
       for estimated sensitivity and specificity", Preventive Veterinary Medicine 113(1), 13-22.

    Examples
    --------
    >>> corrected_rate(
    ...     judged_pass=340, judged=400, agreed_pass=78, human_pass=80,
    ...     agreed_fail=26, human_fail=40,
    ... ).rate
    0.8
    """
    if not 0 < level < 1:
        raise CourseError(
            f"corrected_rate: level is {level!r}; give a share between 0 and 1, such as 0.95."
        )
    counts = {
        "judged": (judged_pass, judged),
        "human_pass": (agreed_pass, human_pass),
        "human_fail": (agreed_fail, human_fail),
    }
    for name, pair in counts.items():
        _check(name, *pair)
    p, tpr, tnr = (hits / of for hits, of in counts.values())
    if tpr + tnr <= 1:
        raise CourseError(
            f"corrected_rate: on these labels the judge is no better than chance (TPR {tpr:.2f} +"
            f" TNR {tnr:.2f} is not above 1), so its verdicts say nothing of the rate: mend the"
            " judge, or let people label a sample."
        )
    rate = _rogan_gladen(p, tpr, tnr)
    rng = np.random.default_rng(0)
    p, tpr, tnr = (rng.beta(hits + HALF, of - hits + HALF, DRAWS) for hits, of in counts.values())
    better = tpr + tnr > 1
    tail = (1 - level) / 2
    low, high = np.quantile(_rogan_gladen(p[better], tpr[better], tnr[better]), [tail, 1 - tail])
    return CorrectedRate(float(rate), float(min(low, rate)), float(max(high, rate)))


def _rogan_gladen(p, tpr, tnr):
    return np.clip((p + tnr - 1) / (tpr + tnr - 1), 0, 1)


def _check(name, hits, of):
    if not (types.is_integer(hits) and types.is_integer(of)) or not 0 <= hits <= of or of == 0:
        raise CourseError(
            f"corrected_rate: {hits!r} of {of!r} is no count for {name}; give whole numbers, of"
            " which the first is not above the second and the second is not 0."
        )
