"""Tables of applicants, people and flights, one function each."""

import pandas as pd

from aipm.datasets._files import path, read_csv
from aipm.validation import Choice, checked


def credit():
    """Loan applications of one lender, with how each loan turned out.

    Source: R package modeldata, ``credit_data``, MIT. Faults: people who were refused a loan are
    missing, as far as one can tell; cells are empty in ``income``, ``assets`` and ``debt``, and a
    few in ``home``, ``job`` and ``marital``; no date, no place. Not for lending decisions about
    anybody.

    Returns
    -------
    pandas.DataFrame
        4,454 rows, one an applicant. ``status`` (good or bad, the outcome to predict),
        ``seniority`` (years in the job), ``home``, ``time`` (months of the loan), ``age``
        (years), ``marital``, ``records`` (yes or no, an entry on file), ``job``, and six amounts
        in a currency the source does not name: ``expenses``, ``income``, ``assets``, ``debt``,
        ``amount`` (asked for), ``price`` (of the goods).
    """
    return read_csv("credit", ["status", "home", "marital", "records", "job"])


def email():
    """Incoming mail of one account in early 2012, counted rather than quoted.

    Source: R package openintro, ``email``, CC BY-SA 3.0: a file of its own with its licence
    beside it. Faults: one person's mailbox, old spam, no text. Not for training a real filter.

    Returns
    -------
    pandas.DataFrame
        3,921 rows, one a message. ``spam`` (the outcome to predict); yes-or-no columns
        ``to_multiple``, ``has_sender``, ``sent_email`` (we wrote to the sender within 30 days),
        ``winner``, ``format`` (HTML), ``re_subj``, ``exclaim_subj``, ``urgent_subj``; counts
        ``cc``, ``image``, ``attach``, ``dollar``, ``inherit``, ``viagra``, ``password``,
        ``line_breaks``, ``exclaim_mess``; ``num_char`` (thousands of characters); ``number``
        (none, small or big: the largest number in the text).
    """
    return read_csv("email", ["number"])


def adult():
    """People in a US survey of 1994, with whether they earned more than 50,000 dollars a year.

    Source: UCI Machine Learning Repository, Adult (Becker and Kohavi, 1996), CC BY 4.0. Faults:
    rows are a sample with weights that are not applied; cells are empty in ``workclass``,
    ``occupation`` and ``native_country``; high values are cut off; incomes are of 1994. Not for
    decisions about anybody, nor for finding out who a row is.

    Returns
    -------
    pandas.DataFrame
        48,842 rows, one a person. ``age`` (years, 90 and above are 90), ``workclass`` (kind of
        employer), ``fnlwgt`` (survey weight), ``education`` (highest level), ``education_num``
        (the same level, 1 lowest to 16), ``marital_status``, ``occupation``, ``relationship`` (to
        the household's head), ``race``, ``sex``, ``capital_gain`` and ``capital_loss`` (dollars
        a year; 99,999 stands for more), ``hours_per_week``, ``native_country`` (of birth),
        ``above_50k`` (the outcome to predict).
    """
    return pd.read_parquet(path("adult"))


def compas():
    """People arrested in Broward County, Florida, scored by a vendor's risk tool, 2013–14.

    Source: public records compiled by ProPublica, which states no licence. Faults: rearrest
    stands for reoffending, and policing decides who is arrested; people screened too late for two
    years of follow-up were kept only if they were rearrested, which raises base rates and
    precision. Not for scoring people, nor for finding out who they are.

    Returns
    -------
    pandas.DataFrame
        6,172 rows, one a person, after ProPublica's filters. ``sex``, ``age`` (years), ``race``
        (as the county recorded it), ``priors_count`` (earlier offences), ``charge_degree``
        (felony or misdemeanor), ``decile_score`` (1 low to 10 high, the vendor's),
        ``two_year_recid`` (rearrested on a new charge within two years), ``screened_in_time``
        (early enough to be followed for two years; the others are there only if rearrested).
    """
    return read_csv("compas", ["sex", "race", "charge_degree"])


def mortgages():
    """Mortgage applications in greater Boston in 1990, with the lender's answer.

    Source: R package AER, ``HMDA``, GPL-2 or GPL-3. Faults: two races only; a few ratios beyond
    belief (a loan of nearly twice the value); ``insurance_denied`` all but settles the answer.
    Not for lending decisions, nor as a picture of lending now.

    Returns
    -------
    pandas.DataFrame
        2,380 rows, one an application. ``denied`` (the lender's answer), ``payments_to_income``
        and ``housing_to_income`` (a month's payments over a month's income), ``loan_to_value``
        (ratio), ``consumer_history`` (1 best to 6), ``mortgage_history`` (1 best to 4),
        ``public_record``, ``unemployment_rate`` (per cent, in the applicant's industry),
        ``self_employed``, ``insurance_denied``, ``condominium``, ``race`` (Black or White),
        ``single``, ``high_school``.
    """
    return read_csv("mortgages", ["race"])


def resumes():
    """Made-up CVs that two economists sent to real job advertisements in 2001 and 2002.

    Source: R package AER, ``ResumeNames``, GPL-2 or GPL-3, after Bertrand and Mullainathan (2004).
    Faults: which CVs went to one advertisement is not recorded; the employers did not know of the
    experiment. Not for ranking applicants, nor as a picture of hiring now.

    Returns
    -------
    pandas.DataFrame
        4,870 rows, one a CV. ``callback`` (the outcome: the employer rang or wrote back),
        ``perceived_race`` (Black or White, what the first name suggests; drawn by lot), ``sex``
        (female or male, by the first name), ``quality`` (high or low: whether the CV was made
        stronger), ``city`` (Boston or Chicago), ``jobs`` (listed), ``experience`` (years), and yes
        or no for ``honors``, ``volunteer``, ``military``, ``holes`` (gaps in the career),
        ``work_in_school``, ``email`` (an address is given), ``computer``, ``special_skills``,
        ``college``.
    """
    return read_csv("resumes", ["perceived_race", "sex", "quality", "city"])


def admissions():
    """Graduate admissions at Berkeley in autumn 1973, six largest majors.

    Source: R package dslabs, ``admissions``, after Bickel, Hammel and O'Connell (1975). Faults:
    percentages are rounded, so counts are approximate; six majors of about a hundred. Not a
    statement about admissions now.

    Returns
    -------
    pandas.DataFrame
        12 rows, one for each major and gender. ``major`` (A to F), ``gender`` (men or women),
        ``admitted_percent`` (whole per cent of applicants, not a count), ``applicants`` (people).
    """
    return read_csv("admissions", ["major", "gender"])


@checked(year=Choice((2013, 2023)))
def flights(year=2013):
    """Flights that were to leave New York's three airports, with the weather of that hour.

    Source: R packages nycflights13 and nycflights23, CC0. Faults: weather has empty cells; the
    rain of 2023 is under-recorded, so ``precip`` does not compare between the years; carriers and
    destinations differ, so their categories do too; ``dep_delay`` is known only after the flight
    has left. The weather hours of 2023, in UTC at the source, are in New York time here. Not for
    promises about today's flights.

    Parameters
    ----------
    year : int
        2013 or 2023.

    Returns
    -------
    pandas.DataFrame
        336,776 rows (2013) or 435,352 rows (2023), one a scheduled flight, sorted by schedule.
        ``year``, ``month``, ``day``, ``hour`` (scheduled), ``sched_dep_time`` and
        ``sched_arr_time`` (local clock, 1705 is 17:05), ``carrier``, ``origin``, ``dest``
        (codes), ``distance`` (miles), ``dep_delay`` and ``arr_delay`` (minutes, negative is
        early, empty is cancelled or diverted), ``temp`` and ``dewp`` (°F), ``humid`` (per cent),
        ``wind_dir`` (degrees), ``wind_speed`` (miles an hour), ``precip`` (inches), ``pressure``
        (millibars), ``visib`` (miles).

    Raises
    ------
    CourseError
        If the year is not 2013 or 2023.
    """
    return pd.read_parquet(path(f"flights_{year}"))


def acs():
    """Census survey answers, Massachusetts 2015–18, with a model's forecast of who has a job.

    Source: American Community Survey microdata (public domain) with NannyML's scores
    (Apache-2.0). Faults: children and pensioners are included and easy to forecast, which
    flatters the AUC; survey weights are not; the package does not say how the model was trained
    or on which years. Not for decisions about anybody, nor for finding out who they are.

    Returns
    -------
    pandas.DataFrame
        277,677 rows, one a person in a year. ``year``, ``age`` (years), ``sex``, ``race``,
        ``disabled``, ``employed`` (the outcome), ``predicted_employed`` (the model's yes or no),
        ``predicted_probability`` (0 to 1, four decimals).
    """
    return pd.read_parquet(path("acs"))
