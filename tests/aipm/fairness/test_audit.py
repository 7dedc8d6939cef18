"""aipm.fairness.audit: verdicts follow the interval, the alarm goes off as often as in simulation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm import CourseError
from aipm.estimates import difference, share
from aipm.fairness.audit import compare_groups, enough, four_fifths_alarm, verdict

counts = st.integers(1, 3_000).flatmap(
    lambda people: st.tuples(st.integers(0, people), st.just(people))
)


@pytest.mark.parametrize(
    "first, second, said",
    [
        ((60, 100), (20, 100), "beyond"),
        ((20, 100), (60, 100), "beyond"),
        ((1_000, 5_000), (1_000, 5_000), "within"),
        ((30, 100), (27, 100), "cannot tell"),
        ((20, 25), (200, 1_000), "insufficient"),
        ((200, 1_000), (20, 25), "insufficient"),
        ((40, 80), (400, 5_000), "insufficient"),
    ],
)
def test_the_four_verdicts(first, second, said):
    assert verdict(share(*first), share(*second)) == said


@given(counts, counts, st.floats(0.01, 0.3))
def test_a_verdict_follows_from_the_interval_of_the_difference(first, second, margin):
    one, other = share(*first), share(*second)
    gap = difference(one, other)
    if not (enough(one) and enough(other)):
        expected = "insufficient"
    elif gap.low > margin or gap.high < -margin:
        expected = "beyond"
    else:
        expected = "within" if -margin < gap.low and gap.high < margin else "cannot tell"
    assert verdict(one, other, margin) == expected


@settings(max_examples=50)
@given(counts, counts)
def test_more_looks_never_decide_more(first, second):
    once, often = (verdict(share(*first), share(*second), looks=looks) for looks in (1, 10))
    assert often in (once, "cannot tell")


def test_a_fair_process_is_seldom_found_beyond_however_many_groups():
    """Eleven groups, no difference, hardly a margin: in 95 % of audits nobody is accused."""
    rng = np.random.default_rng(0)
    people = np.repeat([1_000, 100, 300], 4)
    accused = 0
    for _ in range(300):
        counts = pd.DataFrame({"hits": rng.binomial(people, 0.3), "people": people})
        accused += (compare_groups(counts, 0, 1e-9)["verdict"] == "beyond").any()
    assert accused / 300 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)


def test_groups_of_nobody_and_of_few_get_no_number():
    counts = {"hits": [300, 3, 0, 450], "people": [1_000, 6, 0, 1_000]}
    table = compare_groups(pd.DataFrame(counts, index=list("abcd")), "a")
    assert table["verdict"].tolist() == ["insufficient", "insufficient", "beyond"]
    assert table.loc[["b", "c"], ["rate", "gap", "low", "high"]].isna().all(axis=None)
    assert table["people"].tolist() == [6, 0, 1_000]
    assert table.loc["d", "gap"] == pytest.approx(0.15)


@pytest.mark.parametrize(
    "people, rate_a, rate_b", [(20, 0.3, 0.3), (100, 0.3, 0.21), (500, 0.9, 0.8)]
)
def test_the_alarm_goes_off_as_often_as_in_simulated_audits(people, rate_a, rate_b):
    rng = np.random.default_rng(1)
    selected = np.sort(rng.binomial(people, [rate_a, rate_b], (100_000, 2)), axis=1)
    fired = (5 * selected[:, 0] < 4 * selected[:, 1]).mean()
    assert four_fifths_alarm(people, rate_a, rate_b) == pytest.approx(fired, abs=0.006)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(CourseError, match="0.05"):
        verdict(share(1, 40), share(1, 40), margin=5)
    with pytest.raises(CourseError, match="choose one of a"):
        compare_groups(pd.DataFrame({"hits": [1], "people": [40]}, index=["a"]), "z")
