"""A lender's form: eight questions, one point each, and a number of points from which to deny."""

from aipm.models.decisions import EUROS, PRICES, cost_of
from aipm.validation import Numbers, Table, YesNo, checked

# Questions that a lender may ask on a form, one point each; the authors had seen the file.
FORM = {
    "an entry in the credit file": "records == 'yes'",
    "no steady job": "job != 'fixed' and job != 'freelance'",
    "less than three years in it": "seniority < 3",
    "an income below 100, or none stated": "not (income >= 100)",
    "neither a home of their own nor their parents'": "home != 'owner' and home != 'parents'",
    "a loan of more than three quarters of the price": "amount > 0.75 * price",
    "no assets": "not (assets > 0)",
    "four years or longer to repay": "time >= 48",
}
ASKED = ("records", "job", "seniority", "income", "home", "amount", "price", "assets", "time")


@checked(applicants=Table(columns=ASKED))
def form_points(applicants):
    """Points of each applicant on the form: one for each question of ``FORM`` with yes.

    Parameters
    ----------
    applicants : pandas.DataFrame of shape (n, n_columns)
        With the columns of :func:`aipm.datasets.credit` that the form asks for. An empty cell
        counts as what a lender would not like.

    Returns
    -------
    pandas.Series of int of shape (n,)
        0 to 8.

    Raises
    ------
    CourseError
        If a column is missing.
    """
    return sum(applicants.eval(question).astype(int) for question in FORM.values())


@checked(equal=("points", "went_bad"), points=Numbers(), went_bad=YesNo(), prices=EUROS)
def cheapest_points(points, went_bad, prices=PRICES):
    """From how many points denying would have cost least.

    Parameters
    ----------
    points : array-like of int of shape (n,)
        From :func:`form_points`.
    went_bad : array-like of bool of shape (n,)
    prices : dict
        Euros for each error, as in :func:`aipm.models.decisions.cost_of`.

    Returns
    -------
    int
        1 to 8; of equally cheap numbers the smallest.

    Raises
    ------
    CourseError
        If the lengths differ, or a value is no number or no yes or no.
    """
    tries = range(1, len(FORM) + 1)
    return min(tries, key=lambda enough: cost_of(went_bad, points >= enough, prices).mean())
