"""aipm.models.forecasts: the line is statsmodels' regression, the rows band cross-validation, what
came a model fitted by hand, and the wide band mostly holds.
"""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
from sklearn.preprocessing import StandardScaler

from aipm import CourseError, estimates
from aipm.models.forecasts import checked_forecasts, forecast, line_ahead


@pytest.fixture(scope="module")
def people():
    """1,000 applicants with three columns of which two tell something."""
    rng = np.random.default_rng(0)
    applicants = pd.DataFrame(rng.normal(size=(1000, 3)), columns=list("abc"))
    risk = 1 / (1 + np.exp(1 - applicants["a"] - 0.5 * applicants["b"]))
    return applicants, risk > rng.random(1000)


def test_the_line_and_its_band_are_those_of_statsmodels():
    rows, scores = np.array([80, 160, 240, 320, 400]), [0.75, 0.79, 0.8, 0.8, 0.82]
    fitted = sm.OLS(scores, sm.add_constant(rows**-0.5)).fit()
    theirs = fitted.get_prediction([[1, 2672**-0.5]]).summary_frame(alpha=0.05)
    expected = theirs[["mean", "mean_ci_lower", "mean_ci_upper"]].to_numpy()[0]
    assert line_ahead(rows, scores, 2672) == pytest.approx(expected)


def test_the_rows_band_is_cross_validation_widened_by_the_rows_to_come(people):
    applicants, went_bad = people
    table, bad = applicants[:300].to_numpy(), went_bad[:300]
    found = forecast(LogisticRegression(), table, bad, ahead=900, new=100, seed=3)
    folds = StratifiedKFold(5, shuffle=True, random_state=3)
    risk = cross_val_predict(
        LogisticRegression(), table, bad, cv=folds, method="predict_proba"
    )[:, 1]  # fmt: skip
    known = estimates.auc(bad, risk)
    assert found["rows"] == pytest.approx(roc_auc_score(bad, risk), abs=0.002)
    assert found["rows_high"] - found["rows"] == pytest.approx(
        2 * (known.high - known.value), rel=0.02
    )
    euros = 5000 * (bad & (risk < 1 / 6)) + 1000 * (~bad & (risk >= 1 / 6))
    assert found["euros"] == pytest.approx(euros.mean(), rel=0.02)


def test_what_came_is_a_model_fitted_by_hand(people):
    applicants, went_bad = people
    found = checked_forecasts(
        LogisticRegression(), StandardScaler(), applicants, went_bad, [200, 600], repeats=2
    )
    fit, new, bad, later = train_test_split(
        applicants, went_bad, train_size=600, stratify=went_bad, random_state=1
    )
    scale = StandardScaler().fit(fit)
    model = LogisticRegression().fit(scale.transform(fit), bad)
    risk = model.predict_proba(scale.transform(new))[:, 1]
    assert found.loc[1, "auc_600"] == pytest.approx(roc_auc_score(later, risk))
    assert list(found["repeat"]) == [0, 1]


@pytest.mark.slow
def test_the_rows_band_mostly_holds(people):
    applicants, went_bad = people
    found = checked_forecasts(
        LogisticRegression(), StandardScaler(), applicants, went_bad, [200, 600], repeats=40
    )
    came = found["auc_600"]
    assert (found["rows_low"].le(came) & found["rows_high"].ge(came)).mean() >= 0.8


def test_bad_input_is_refused(people):
    with pytest.raises(CourseError, match="give 3 at least"):
        line_ahead([100, 200], [0.7, 0.8], 1000)
    with pytest.raises(CourseError, match="growing sizes"):
        checked_forecasts(LogisticRegression(), StandardScaler(), *people, [600, 200])
    with pytest.raises(CourseError, match="growing sizes"):
        checked_forecasts(LogisticRegression(), StandardScaler(), *people, [600, 1000])
