"""Rules by which a test that is looked at more than once may stop, and what each leads to.

``tests/aipm/operations/test_experiments.py`` compares the rules with published boundaries.
"""

import numpy as np
import pandas as pd
from scipy import stats

from aipm.errors import CourseError
from aipm.validation import SHARE, Choice, Kind, Mapping, Numbers, Table, checked
from aipm.validation.words import is_number

__all__ = ["rule_table", "strict_early"]
STRICT = {5: 2.040, 10: 2.087, 20: 2.126}  # z at the last look, 5 % over all, two-sided
P_VALUES = Table(numeric=True)
BAR = Kind("a p-value, or one for each look")  # which of the two, the body tells


@checked(looks=Choice(tuple(STRICT)))
def strict_early(looks=20):
    """P-values below which a test may stop, by O'Brien and Fleming [1]_: next to nothing at the
    first look, nearly 0.05 at the last.

    Parameters
    ----------
    looks : {5, 10, 20}, default=20
        Looks after equal numbers of users, agreed beforehand.

    Returns
    -------
    numpy.ndarray of float of shape (looks,)
        They keep false alarms at 5 % over all looks together.

    Raises
    ------
    CourseError
        If there is no published constant here for so many looks.

    References
    ----------
    .. [1] P. C. O'Brien and T. R. Fleming (1979), "A multiple testing procedure for clinical
       trials", Biometrics 35(3), 549-556.
    """
    return 2 * stats.norm.sf(STRICT[looks] * np.sqrt(looks / np.arange(1, looks + 1)))


@checked(no_effect=P_VALUES, real_effect=P_VALUES, bars=Mapping(BAR))
def rule_table(no_effect, real_effect, bars):
    """What stopping at the first p-value below a bar leads to.

    Parameters
    ----------
    no_effect, real_effect : pandas.DataFrame
        Tests as :func:`aipm.operations.experiments.shuffled_tests` and ``simulated_tests`` there
        give them, with the same looks: a row a test, a column a look, p-values.
    bars : dict of str to (float or array-like of shape (looks,))
        Name of the rule, and the p-value below which it stops, at every look or at each; 0 is a
        look at which it never stops.

    Returns
    -------
    pandas.DataFrame of shape (n_rules, 3)
        A row a rule: ``false alarms`` (share of the tests without effect that stop), ``found``
        (share of those with an effect), ``users needed`` (mean share of the users that a test
        with an effect takes).

    Raises
    ------
    CourseError
        If the tests have different looks, or a rule has no p-value, or not one for each look.
    """
    if list(no_effect) != list(real_effect):
        raise CourseError(
            f"rule_table: no_effect has {no_effect.shape[1]} looks and real_effect"
            f" {real_effect.shape[1]}; give tests with the same looks."
        )
    none, effect, rows = no_effect.to_numpy(float), real_effect.to_numpy(float), {}
    for name, bar in bars.items():
        bar = _bar(f"rule_table: bars, {name!r},", bar, effect.shape[1])
        stopped = effect < bar
        looks = np.where(stopped.any(axis=1), stopped.argmax(axis=1) + 1, stopped.shape[1])
        rows[name] = {
            "false alarms": (none < bar).any(axis=1).mean(),
            "found": stopped.any(axis=1).mean(),
            "users needed": looks.mean() / stopped.shape[1],
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def _bar(told, bar, looks):
    """A p-value, or one for each look."""
    if is_number(bar):
        return SHARE(told, bar)
    bar = Numbers(low=0, high=1)(told, bar)
    if len(bar) != looks:
        raise CourseError(f"{told} has {len(bar)} p-values for {looks} looks; give one for each.")
    return bar
