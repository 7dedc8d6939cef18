"""How many people in a table look alike, and who stands alone."""

from aipm.errors import CourseError


def group_sizes(people, columns):
    """For each person, how many people of the table share their values in some columns.

    A person whose group has size 1 is singled out; the smallest size in the table is its k [1]_.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person.
    columns : list of str
        What somebody might know of a person. An empty cell counts as a value of its own, since
        whoever sees the table sees that it is empty.

    Returns
    -------
    pandas.Series of int
        The size of each person's group, the person included; the index is that of ``people``.

    Raises
    ------
    CourseError
        If no column is given, or one is not in the table.

    References
    ----------
    .. [1] L. Sweeney (2002), "k-anonymity: a model for protecting privacy", International Journal
       of Uncertainty, Fuzziness and Knowledge-Based Systems 10(5), 557-570.
    """
    columns = list(columns)
    missing = [column for column in columns if column not in people]
    if missing or not columns:
        raise CourseError(
            f"group_sizes: {missing or 'no column'} of {len(columns)} named; give a list of"
            f" columns out of {', '.join(map(str, people))}."
        )
    groups = people.groupby(columns, dropna=False, observed=True)
    return groups[columns[0]].transform("size")


def share_alone(people, columns):
    """Share of people whose values in some columns nobody else in the table has.

    Parameters
    ----------
    people, columns
        As for :func:`group_sizes`.

    Returns
    -------
    float
    """
    return float((group_sizes(people, columns) == 1).mean())
