"""One function per dataset: raw bytes of a package's files in, the course's table out.

Each function takes the raw files in the order of ``members`` in ``data_sources.yml``. Direct
identifiers and unused columns are left behind here, by naming the columns that stay.
"""

from coursekit.build.tables import flights, models, people, surveys, texts

TABLES = {
    table.__name__: table
    for table in (
        people.credit,
        people.email,
        people.compas,
        people.mortgages,
        people.resumes,
        people.admissions,
        flights.flights_2013,
        flights.flights_2023,
        surveys.acs,
        surveys.adult,
        texts.documents,
        texts.ratings,
        models.judges,
        models.judges_as_published,
        models.leaderboard,
        models.prices,
        models.probes,
        models.jailbreaks,
    )
}
