"""Tell from a model's belief who was in its training rows."""

import numpy as np
from sklearn.metrics import roc_auc_score

from aipm.estimates.estimate import yes_or_no


def membership(belief, was_in, false_alarms=0.01):
    """How well a model's belief in the truth tells who was in its training rows [1]_.

    Parameters
    ----------
    belief : array-like of shape (n,)
        For each person, the probability that the model gives to what really happened.
    was_in : array-like of bool of shape (n,)
        Whether the person was in the training rows.
    false_alarms : float
        Share of outsiders who may be taken for members.

    Returns
    -------
    (float, float)
        The AUC of guessing membership by belief, one half if it tells nothing; and the share of
        members whose belief is above that of all but ``false_alarms`` of the outsiders.

    References
    ----------
    .. [1] S. Yeom, I. Giacomelli, M. Fredrikson and S. Jha (2018), "Privacy risk in machine
       learning: analyzing the connection to overfitting", IEEE Computer Security Foundations
       Symposium.
    """
    belief, was_in = np.asarray(belief, dtype=float), yes_or_no("membership", was_in)
    limit = np.quantile(belief[~was_in], 1 - false_alarms)
    return float(roc_auc_score(was_in, belief)), float((belief[was_in] > limit).mean())
