"""The check for a verb, on sentences of the course as it stood and of the model page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.rules.plain import verbs

WHOLE = """
Today, only five leave in the morning.
Therefore count days and not flights.
Rows 2 and 3 apply.
We, the authors, replayed the year 2013 with real flights from New York.
Two models learned from the flights of January and February.
In the training months, ten of them left in the morning.
In the second test, the temperatures of July arrived in Celsius instead of Fahrenheit.
A model that has seen several summers may do better.
Score yours.
Validate data with rules about data.
PSI rises by chance alone.
A day's gap scatters by 12.1 points.
At these prices ± 8 costs least, with ± 10 close behind.
A range check fires on every row.
Lower the threshold and recall rises, usually at the expense of precision.
Look at the second row.
Why check the feed before retraining?
What happened?
Its flight model, learning each month from the last, missed by 5.9 points on average.
Google Flu Trends estimated doctor visits for flu from search queries.
The sum is 0.17 + 0.10 = 0.27.
20 inputs × 30 days × 1/100 = 6.
One in a hundred of them fires.
On average that costs half a needless call.
Let the engineer sleep.
It's late.
""".strip().splitlines()
FRAGMENTS = """
And on 10 July?
Now Credit.
Both the price's and the model's.
For Credit:
A new meaning.
Filled for the timetable model:
One state and four quiet years.
Back to the digits.
A model trained on June.
The flights of May, late in the evening.
Three candidates:
No new model, no new data beyond the fresh cases.
Fair for an average claim and too kind to this one.
Which limit, then?
Because the data moved.
One reader for the messages that teach.
A model that fails.
About 1,200 cases a day, evenly over eight hours, four minutes each.
Half the width for four times the loans.
In May.
""".strip().splitlines()


@pytest.mark.parametrize("text", WHOLE)
def test_a_sentence_has_a_verb(text):
    assert verbs.has_verb(text)


@pytest.mark.parametrize("text", FRAGMENTS)
def test_a_fragment_has_none(text):
    assert not verbs.has_verb(text)


@given(st.sampled_from(WHOLE), st.sampled_from(["In 2013, ", "At night, ", "In one city, "]))
def test_an_adverbial_before_it_takes_no_verb_away(text, start):
    assert verbs.has_verb(start + text[0].lower() + text[1:]) or text.startswith("PSI")


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text):
    assert verbs.has_verb(text) in (True, False)
