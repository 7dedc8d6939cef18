"""How many people in a table look alike, and who stands alone."""

from aipm.errors import CourseError
from aipm.validation import Kind, Several, Table, checked

__all__ = ["group_sizes", "share_alone"]
COLUMNS = Several(Kind("the name of a column"))


@checked(people=Table(), columns=COLUMNS)
def group_sizes(people, columns):
    """For each person, how many people of the table share their values in some columns.

    A person whose group has size 1 is singled out; the smallest size in the table is its k [1]_.

    Parameters
    ----------
    people : pandas.DataFrame of shape (n_people, n_columns)
        One row a person.
    columns : list of str
        What somebody might know of a person. An empty cell counts as a value of its own, since
        whoever sees the table sees that it is empty.

    Returns
    -------
    pandas.Series of int of shape (n_people,)
        The size of each person's group, the person included; the index is that of ``people``.

    Raises
    ------
    CourseError
        If no column is given, one is not in the table, or its cells hold lists.

    References
    ----------
    .. [1] L. Sweeney (2002), "k-anonymity: a model for protecting privacy", International Journal
       of Uncertainty, Fuzziness and Knowledge-Based Systems 10(5), 557-570.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"age": [30, 30, 60], "sex": ["F", "F", "F"]})
    >>> group_sizes(people, ["age", "sex"]).tolist()
    [2, 2, 1]
    """
    return _sizes("group_sizes", people, columns)


@checked(people=Table(), columns=COLUMNS)
def share_alone(people, columns):
    """Share of people whose values in some columns nobody else in the table has.

    Parameters
    ----------
    people, columns
        As for :func:`group_sizes`.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    CourseError
        As for :func:`group_sizes`.
    """
    return float((_sizes("share_alone", people, columns) == 1).mean())


def _sizes(function, people, columns):
    names = list(people.columns)
    if missing := [column for column in columns if column not in names]:
        raise CourseError(
            f"{function}: columns holds {missing[0]!r}, which people has not; choose out of"
            f" {', '.join(map(str, names[:10]))}."
        )
    columns = list(dict.fromkeys(columns))  # who knows an age twice knows it once
    groups = people.groupby(columns, dropna=False, observed=True)
    try:
        return groups[columns[0]].transform("size")
    except TypeError:
        raise CourseError(
            f"{function}: people holds lists in {', '.join(map(str, columns[:10]))}, or other"
            " values that cannot be told apart; turn them into text or numbers."
        ) from None
