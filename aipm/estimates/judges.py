"""What a judge is known by: how its verdicts agree with those of people, in both directions."""

import pandas as pd

from aipm.estimates.agreement import kappa
from aipm.estimates.columns import bootstrap
from aipm.estimates.estimate import LEVEL
from aipm.estimates.shares import share
from aipm.validation import INSIDE, YesNo, checked

VERDICTS = dict(equal=("truth", "verdict"), truth=YesNo(), verdict=YesNo())


@checked(**VERDICTS)
def counts(truth, verdict):
    """What :func:`aipm.estimates.judged.corrected_rate` has to know of labelled cases.

    Parameters
    ----------
    truth, verdict : array-like of bool of shape (n,)
        For each case whether people pass it, and whether the judge does.

    Returns
    -------
    dict of int
        ``agreed_pass``, ``human_pass``, ``agreed_fail`` and ``human_fail``.
    """
    return {
        "agreed_pass": int((truth & verdict).sum()),
        "human_pass": int(truth.sum()),
        "agreed_fail": int((~truth & ~verdict).sum()),
        "human_fail": int((~truth).sum()),
    }


@checked(**VERDICTS | {"truth": YesNo(both=True)}, level=INSIDE)
def known_by(truth, verdict, level=LEVEL):
    """The four figures that a judge is known by.

    Parameters
    ----------
    truth, verdict : array-like of bool of shape (n,)
        For each case whether people pass it, and whether the judge does; people pass some and
        fail some.
    level : float
        Share of intervals that hold the truth, above 0 and below 1.

    Returns
    -------
    pandas.Series of Estimate
        ``accuracy``; ``TPR``, the share it passes of what people pass; ``TNR``, the share it
        fails of what they fail; ``kappa`` (a bootstrap over cases).
    """
    of = counts(truth, verdict)
    agreed, cases = of["agreed_pass"] + of["agreed_fail"], of["human_pass"] + of["human_fail"]
    return pd.Series(
        {
            "accuracy": share(agreed, cases, level=level),
            "TPR": share(of["agreed_pass"], of["human_pass"], level=level),
            "TNR": share(of["agreed_fail"], of["human_fail"], level=level),
            "kappa": bootstrap(kappa, truth, verdict, level=level),
        }
    )
