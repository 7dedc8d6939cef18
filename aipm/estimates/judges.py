"""What a judge is known by: how its verdicts agree with those of people, in both directions."""

import numpy as np
import pandas as pd

from aipm.estimates.agreement import kappa
from aipm.estimates.columns import bootstrap
from aipm.estimates.estimate import yes_or_no
from aipm.estimates.shares import share


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
    people, judge = yes_or_no("counts", truth), yes_or_no("counts", verdict)
    return {
        "agreed_pass": int((people & judge).sum()),
        "human_pass": int(people.sum()),
        "agreed_fail": int((~people & ~judge).sum()),
        "human_fail": int((~people).sum()),
    }


def known_by(truth, verdict):
    """The four figures that a judge is known by.

    Parameters
    ----------
    truth, verdict : array-like of bool of shape (n,)
        For each case whether people pass it, and whether the judge does.

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
            "accuracy": share(agreed, cases),
            "TPR": share(of["agreed_pass"], of["human_pass"]),
            "TNR": share(of["agreed_fail"], of["human_fail"]),
            "kappa": bootstrap(kappa, np.asarray(truth, bool), np.asarray(verdict, bool)),
        }
    )
