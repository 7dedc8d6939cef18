"""The lender of the course: the figures that every chapter about Credit shares.

They are given, not measured, and round. A chapter that departs from one says so and why.
"""

import pandas as pd

from aipm.models import decisions

APPLICATIONS = 3_000  # a year
PRICES = decisions.PRICES  # euros: a bad loan approved, a good applicant denied
THRESHOLD = decisions.even_threshold(PRICES)  # the risk from which denying is cheaper
REVIEW = 30  # euros for a person's work on one application
OVERTURNED = 0.20  # of the refusals that a reviewer reads, so many become loans
REVIEWER_ERROR = 0.15  # of the loans that a reviewer makes of refusals, so many go bad
TRY_RULE = 4_000  # euros: a week of an analyst
TRY_MODEL = 15_000  # euros: a prototype on past loans
BUILD = 120_000  # euros, once
RUN = 60_000  # euros a year, to run, watch and retrain a model
YEARS = 2  # in which a model has to repay its costs


def figures():
    """Every figure with its unit, as a table.

    Returns
    -------
    pandas.DataFrame
        Columns ``value`` and ``unit``, a row for each figure. The prices of errors and the two
        shares of a reviewer are assumptions of the course.

    Examples
    --------
    >>> figures().loc["a review", "unit"]
    'euros'
    """
    rows = {
        "applications": (APPLICATIONS, "a year"),
        "a bad loan approved": (PRICES["bad approved"], "euros"),
        "a good applicant denied": (PRICES["good denied"], "euros"),
        "a review": (REVIEW, "euros"),
        "prototype": (TRY_MODEL, "euros"),
        "build a model": (BUILD, "euros"),
        "run a model": (RUN, "euros a year"),
        "time to repay": (YEARS, "years"),
    }
    return pd.DataFrame(rows, index=["value", "unit"]).T
