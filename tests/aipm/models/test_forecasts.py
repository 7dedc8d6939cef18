"""aipm.models.forecasts: the line is statsmodels' regression, the rows band cross-validation, what
came a model fitted by hand, and the wide band mostly holds.
"""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict, train_test_split
from sklearn.preprocessing import StandardScaler
from statsmodels.stats.weightstats import DescrStatsW

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


class Blurred(ClassifierMixin, BaseEstimator):
    """Reads two columns, the second less the more rows it was trained on, whichever they were."""

    def fit(self, X, y):
        self.classes_, self.rows_ = np.unique(y), len(X)
        return self

    def predict_proba(self, X):
        risk = expit(X[:, 0] - 1 + 8 * X[:, 1] / self.rows_**0.5)
        return np.column_stack([1 - risk, risk])


def test_all_figures_of_a_forecast_where_only_the_number_of_rows_counts(people):
    """The line is statsmodels' over the folds' mean AUC; the bands are known ones, widened."""
    applicants, went_bad = people
    table, bad = applicants[["a", "c"]][:400].to_numpy(), went_bad[:400].to_numpy()
    found = forecast(Blurred(), table, bad, ahead=1500, new=200, seed=2)
    risk, rows, scores = np.zeros(400), [], []
    parts = list(StratifiedKFold(5, shuffle=True, random_state=2).split(table, bad))
    for share in (0.2, 0.4, 0.6, 0.8, 1.0):
        aucs = []
        for _, test in parts:
            model = Blurred().fit(np.zeros(round(share * 320)), bad)
            risk[test] = model.predict_proba(table[test])[:, 1]
            aucs.append(roc_auc_score(bad[test], risk[test]))
        rows.append(share * 320)
        scores.append(np.mean(aucs))
    fitted = sm.OLS(scores, sm.add_constant(np.array(rows) ** -0.5)).fit()
    line = fitted.get_prediction([[1, 1500**-0.5]]).summary_frame(alpha=0.05)
    expected = dict(
        zip(["line", "line_low", "line_high"], line.to_numpy()[0, [0, 2, 3]], strict=True)
    )
    euros = DescrStatsW(5000 * (bad & (risk < 1 / 6)) + 1000 * (~bad & (risk >= 1 / 6)))
    known = estimates.auc(bad, risk)
    for name, value, limits in (
        ("rows", roc_auc_score(bad, risk), known.interval),
        ("euros", euros.mean, euros.tconfint_mean()),
    ):
        low, high = value + 3**0.5 * (np.array(limits) - value)  # 400 rows known, 200 to come
        expected |= {name: value, f"{name}_low": low, f"{name}_high": high}
    assert found == pytest.approx(expected)


def test_every_size_is_judged_on_the_rows_left_over_by_a_plain_loop(people):
    """AUC and euros of both sizes; the forecast rests on the first rows of the last size."""
    applicants, went_bad = people
    sizes, scaler, model = [200, 600], StandardScaler(), LogisticRegression()
    found = checked_forecasts(model, scaler, applicants, went_bad, sizes, repeats=1).loc[0]
    fit, new, bad, later = train_test_split(
        applicants, went_bad, train_size=600, stratify=went_bad, random_state=0
    )
    for size in sizes:
        scaler.fit(fit[:size])
        model.fit(scaler.transform(fit[:size]), bad[:size])
        risk = model.predict_proba(scaler.transform(new))[:, 1]
        euros = sum(
            5000 * (one and r < 1 / 6) + 1000 * (not one and r >= 1 / 6)
            for one, r in zip(later, risk, strict=True)
        )
        assert found[f"auc_{size}"] == pytest.approx(roc_auc_score(later, risk))
        assert found[f"cost_{size}"] == pytest.approx(euros / 400)
    table = StandardScaler().fit_transform(fit[:200])
    said = forecast(model, table, bad[:200], 600, 400, seed=0)
    assert found[list(said)].to_dict() == pytest.approx(said)
