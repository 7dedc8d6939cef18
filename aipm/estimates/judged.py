"""Estimate a true pass rate from the verdicts of a judge that errs, and how sure one can be."""

import numpy as np

from aipm.errors import CourseError
from aipm.estimates.estimate import LEVEL, Estimate
from aipm.validation import INSIDE, Count, checked

DRAWS = 20_000  # the limits then vary by about a hundredth of the interval's width
HALF = 0.5  # Jeffreys' prior, Beta(1/2, 1/2)


@checked(
    judged_pass=Count(0),
    judged=Count(),
    agreed_pass=Count(0),
    human_pass=Count(),
    agreed_fail=Count(0),
    human_fail=Count(),
    level=INSIDE,
)
def corrected_rate(
    judged_pass, judged, agreed_pass, human_pass, agreed_fail, human_fail, level=LEVEL
):
    """True pass rate behind the verdicts of a judge, by Rogan and Gladen, with an interval.

    With p the share that the judge passes, TPR its share of right verdicts among what people pass
    and TNR among what they fail, the rate is (p + TNR - 1) / (TPR + TNR - 1), kept between 0 and
    1 [1]_. The labelled cases and those that are only judged must not overlap, and must be of the
    same kind: labelled failures are a random sample of failures, not those that were easy to find.

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
    Estimate
        A share between 0 and 1; ``n`` counts the labels.

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
    (``tests/aipm/estimates/test_judged.py``). The draws are seeded: the same counts give the same
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
    ... ).value
    0.8
    """
    given = {
        "judged_pass": (judged_pass, judged),
        "agreed_pass": (agreed_pass, human_pass),
        "agreed_fail": (agreed_fail, human_fail),
    }
    p, tpr, tnr = _shares("corrected_rate", given)
    if tpr + tnr <= 1:
        raise CourseError(
            f"corrected_rate: on these labels the judge is no better than chance (TPR {tpr:.2f} +"
            f" TNR {tnr:.2f} is not above 1), so its verdicts say nothing of the rate: repair the"
            " judge, or let people label a sample."
        )
    drawn_p, drawn_tpr, drawn_tnr = _draws(given)
    better = drawn_tpr + drawn_tnr > 1
    drawn = _rogan_gladen(drawn_p[better], drawn_tpr[better], drawn_tnr[better])
    labels = int(human_pass + human_fail)
    return _estimate(_rogan_gladen(p, tpr, tnr), drawn, labels, "Rogan and Gladen", level)


@checked(
    judged_pass=Count(0),
    judged=Count(),
    good_passed=Count(0),
    labelled_passed=Count(),
    good_failed=Count(0),
    labelled_failed=Count(),
    level=INSIDE,
)
def weighed_rate(
    judged_pass,
    judged,
    good_passed,
    labelled_passed,
    good_failed,
    labelled_failed,
    level=LEVEL,
):
    """True pass rate from labels drawn at random within what a judge passes and within what it
    fails, each weighed by how much of the traffic it stands for [1]_.

    Parameters
    ----------
    judged_pass, judged : int
        Cases that the judge passes, of how many; the labelled ones are among them.
    good_passed, labelled_passed : int
        Of the cases that the judge passes and people labelled: how many people pass, of how many.
    good_failed, labelled_failed : int
        The same for cases that the judge fails.
    level : float
        Share of intervals that hold the true rate, about.

    Returns
    -------
    Estimate
        A share between 0 and 1, its interval by draws as for :func:`corrected_rate`; ``n`` counts
        the labels. Nothing is assumed of the judge: a bad one only makes the interval wider.

    Raises
    ------
    CourseError
        If a count is not a whole number between 0 and its total, or a total is 0.

    References
    ----------
    .. [1] A. Tenenbein (1970), "A double sampling scheme for estimating from binomial data with
       misclassifications", JASA 65(331), 1350-1361.
    """
    given = {
        "judged_pass": (judged_pass, judged),
        "good_passed": (good_passed, labelled_passed),
        "good_failed": (good_failed, labelled_failed),
    }
    p, passed, failed = _shares("weighed_rate", given)
    drawn_p, drawn_passed, drawn_failed = _draws(given)
    drawn = drawn_p * drawn_passed + (1 - drawn_p) * drawn_failed
    labels = int(labelled_passed + labelled_failed)
    return _estimate(p * passed + (1 - p) * failed, drawn, labels, "weighed by verdict", level)


def _rogan_gladen(p, tpr, tnr):
    return np.clip((p + tnr - 1) / (tpr + tnr - 1), 0, 1)


def _draws(given):
    rng = np.random.default_rng(0)
    return [rng.beta(hits + HALF, of - hits + HALF, DRAWS) for hits, of in given.values()]


def _estimate(value, drawn, labels, method, level):
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail])
    low, high = min(low, value), max(high, value)
    return Estimate(value, low, high, labels, method, "score", level=level)


def _shares(name, given):
    """Each count as a share of its total, or a refusal."""
    for what, (hits, of) in given.items():
        if hits > of:
            raise CourseError(
                f"{name}: {what} is {hits:,}, above its total of {of:,}; exchange the two."
            )
    return [hits / of for hits, of in given.values()]
