"""Tell from a model's belief who was in its training rows."""

import numpy as np
from sklearn.metrics import roc_auc_score

from aipm.validation import INSIDE, Numbers, YesNo, checked

__all__ = ["membership"]


@checked(
    equal=("belief", "was_in"),
    belief=Numbers(low=0, high=1),
    was_in=YesNo(both=True),
    false_alarms=INSIDE,
)
def membership(belief, was_in, false_alarms=0.01):
    """How well a model's belief in the truth tells who was in its training rows [1]_.

    Parameters
    ----------
    belief : array-like of float of shape (n,)
        For each person, the probability that the model gives to what really happened.
    was_in : array-like of bool of shape (n,)
        Whether the person was in the training rows; one person inside and one outside at least.
    false_alarms : float, default=0.01
        Share of outsiders who may be taken for members, above 0 and below 1.

    Returns
    -------
    (float, float)
        The AUC of guessing membership by belief, one half if it tells nothing; and the share of
        members whose belief is above that of all but ``false_alarms`` of the outsiders.

    Raises
    ------
    CourseError
        If a belief is no probability, or all people were inside or outside.

    References
    ----------
    .. [1] S. Yeom, I. Giacomelli, M. Fredrikson and S. Jha (2018), "Privacy risk in machine
       learning: analyzing the connection to overfitting", IEEE Computer Security Foundations
       Symposium.

    Examples
    --------
    >>> membership([0.9, 0.8, 0.6, 0.7], [True, True, False, False])
    (1.0, 1.0)
    """
    threshold = np.quantile(belief[~was_in], 1 - false_alarms)
    return float(roc_auc_score(was_in, belief)), float((belief[was_in] > threshold).mean())
