"""aipm.cases.flights: one number on all odds, by hand, by its defining equation, and where it cannot
be."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.cases.flights import level_corrected
from aipm.errors import CourseError

CHANCES = st.lists(st.floats(0.01, 0.99), min_size=2, max_size=30)


def test_odds_are_multiplied_by_one_number():
    # one in four promised, one in two came true: odds times three, so 1/2 becomes 3/4
    moved = level_corrected(pd.Series([0.5, 0.25]), 0.5, known=[0.25] * 4)
    assert moved.tolist() == pytest.approx([0.75, 0.5])


@given(CHANCES, st.floats(0.05, 0.95))
def test_the_known_come_true_on_average_and_order_is_kept(chances, truth):
    moved = level_corrected(pd.Series(chances), truth)
    assert moved.mean() == pytest.approx(truth, abs=1e-9)
    assert (np.diff(moved[np.argsort(chances)]) >= -1e-12).all()


@given(CHANCES)
def test_a_right_level_is_left_alone(chances):
    moved = level_corrected(pd.Series(chances), np.mean(chances))
    assert moved.tolist() == pytest.approx(chances, abs=1e-9)


@pytest.mark.parametrize("truth", [0, 1])
def test_one_number_needs_both_outcomes(truth):
    with pytest.raises(CourseError, match="both outcomes"):
        level_corrected(pd.Series([0.5]), truth)
