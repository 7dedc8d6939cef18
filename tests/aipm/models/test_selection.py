"""aipm.models.selection: scores against scikit-learn's own, and luck where it is known."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline

from aipm import CourseError
from aipm.models.preparation import prepare_columns
from aipm.models.selection import (
    auc_by_column,
    cross_validated_auc,
    random_trees,
    risk_scores,
)
from aipm.models.winners import claimed_and_delivered, promised_and_later


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.floats(0, 1)), min_size=2, max_size=40)
)
def test_auc_agrees_with_scikit_learn(rows):
    y_true, *columns = zip(*rows, strict=True)
    scores = np.array(columns).T
    if len(set(y_true)) < 2:
        with pytest.raises(CourseError, match="give cases of both kinds"):
            auc_by_column(y_true, scores)
    else:
        expected = [roc_auc_score(y_true, column) for column in columns]
        assert auc_by_column(y_true, scores).tolist() == pytest.approx(expected, abs=1e-12)


@pytest.fixture(scope="module")
def table():
    rng = np.random.default_rng(0)
    X = pd.DataFrame(
        {"income": rng.normal(size=300), "home": pd.Categorical(rng.choice(["rent", "own"], 300))}
    )
    X.loc[::17, "income"] = np.nan
    return X, pd.Series(rng.random(300) < 1 / (1 + np.exp(-X["income"].fillna(0))))


def test_folds_agree_with_cross_val_score(table):
    X, y = table
    trees = random_trees(3, seed=4)
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    expected = [
        cross_val_score(
            make_pipeline(prepare_columns(), tree), X, y, cv=folds, scoring="roc_auc"
        ).mean()
        for tree in trees
    ]
    assert cross_validated_auc(trees, X, y).tolist() == pytest.approx(expected, abs=1e-12)


def test_scores_are_those_of_a_pipeline(table):
    X, y = table
    tree = random_trees(1)[0]
    expected = (
        make_pipeline(prepare_columns(), tree).fit(X[:200], y[:200]).predict_proba(X[200:])[:, 1]
    )
    assert risk_scores([tree], X[:200], y[:200], X[200:])[0].tolist() == expected.tolist()


def test_projects_promise_and_meet_what_scikit_learn_says(table):
    X, y = table
    trees = random_trees(2)
    found = (
        promised_and_later(trees, X, y, rows=100, repeats=2)
        .set_index(["repeat", "model"])
        .loc[(1, 1)]
    )
    X_own, X_later, y_own, y_later = train_test_split(
        X, y, train_size=100, stratify=y, random_state=1
    )
    model = make_pipeline(prepare_columns(), trees[1])
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    promised = cross_val_score(model, X_own, y_own, cv=folds, scoring="roc_auc").mean()
    later = roc_auc_score(y_later, model.fit(X_own, y_own).predict_proba(X_later)[:, 1])
    assert found[["promised", "later", "too_much"]].tolist() == pytest.approx(
        [promised, later, promised - later], abs=1e-12
    )


def test_noise_claims_what_luck_gives_and_delivers_a_coin():
    rng = np.random.default_rng(1)
    y_true = np.repeat([True, False], [400, 600])
    noise = pd.DataFrame(rng.normal(size=(1000, 100)))
    dealt = claimed_and_delivered(noise, y_true, rows=100, tries=[1, 100], repeats=60)
    mean = dealt.groupby("tries").mean()
    spread = np.sqrt((100 + 1) / (12 * 40 * 60))  # of the AUC of noise: Mann and Whitney (1947)
    best_of_100 = 2.508  # expected maximum of 100 standard normals: Tippett's table
    assert mean.loc[1, "lost"] == pytest.approx(0, abs=0.03)
    assert mean.loc[100, "claimed"] == pytest.approx(0.5 + best_of_100 * spread, abs=0.02)
    assert mean.loc[100, "delivered"] == pytest.approx(0.5, abs=0.02)


def test_wrong_requests_are_refused_in_one_sentence():
    scores, y_true = pd.DataFrame(np.eye(8)), [True, False] * 4
    with pytest.raises(CourseError, match="there are 8 models"):
        claimed_and_delivered(scores, y_true, rows=4, tries=[9])
    with pytest.raises(CourseError, match="rows is 8 of 8"):
        claimed_and_delivered(scores, y_true, rows=8, tries=[1])
    with pytest.raises(CourseError, match="y_true has 3, scores has 8"):
        auc_by_column([True, False, True], scores)


PEOPLE = pd.DataFrame(
    {
        "income": [10.0, np.nan, 30.0, 80.0],
        "home": pd.Categorical(["rent", "own", None, "rent"]),
        "years": [1, 2, 3, 6],
        "job": ["a", "b", "a", "b"],
    }
)


def test_prepared_columns_are_pandas_dummies_and_medians():
    """An empty cell is a word of its own, and words not seen in training are all zeros."""
    ready = prepare_columns().fit(PEOPLE)
    words = pd.get_dummies(PEOPLE[["home", "job"]], dummy_na=True, dtype=float)
    expected = words.drop(columns="job_nan")
    for name in ("income", "years"):
        expected[name] = PEOPLE[name].fillna(PEOPLE[name].median())
    assert (ready.transform(PEOPLE) == expected.to_numpy()).all()
    new = PEOPLE.iloc[[0]].assign(home="boat", job="c", income=np.nan)
    assert ready.transform(new).tolist() == [[0, 0, 0, 0, 0, 30, 1]]


def test_scaled_columns_are_scipys_z_scores():
    """Gaps get the mean, so 0 after scaling, and a column that says where they were."""
    found = prepare_columns(scaled=True).fit_transform(PEOPLE)
    gap = PEOPLE["income"].isna()
    income = stats.zscore(PEOPLE["income"].fillna(40))
    assert found[1, 5] == 0
    assert (found[:, :5] == prepare_columns().fit_transform(PEOPLE)[:, :5]).all()
    expected = [income, stats.zscore(PEOPLE["years"]), stats.zscore(gap.astype(float))]
    assert found[:, 5:].T == pytest.approx(np.array(expected))


def test_settings_of_trees_are_drawn_evenly_from_all_that_are_named():
    """Depth 2 to 12, 1 to 50 rows a leaf, a tenth to all columns: chi-square of the counts."""
    drawn = pd.DataFrame([tree.get_params() for tree in random_trees(2_000, seed=1)])
    for name, choices in {
        "max_depth": np.arange(2, 13),
        "min_samples_leaf": np.arange(1, 51),
        "max_features": np.arange(1, 11) / 10,
    }.items():
        counts = [np.isclose(drawn[name], choice).sum() for choice in choices]
        assert sum(counts) == 2_000 and stats.chisquare(counts).pvalue > 1e-4
    one, again, other = (
        [tree.get_params() for tree in random_trees(20, seed=seed)] for seed in (1, 1, 2)
    )
    assert one == again != other


def test_a_winner_is_the_best_by_scikit_learn_and_delivers_what_it_says():
    """All models compete, so that nothing is left to the draw of competitors."""
    rng = np.random.default_rng(2)
    y_true = rng.random(200) < 0.4
    scores = pd.DataFrame((y_true[:, None] + rng.normal(size=(200, 7))).round(1))
    found = claimed_and_delivered(scores, y_true, rows=60, tries=[7], repeats=5)
    for repeat, row in found.iterrows():
        choose, truth = train_test_split(
            np.arange(200), train_size=60, stratify=y_true, random_state=repeat
        )
        claimed = [roc_auc_score(y_true[choose], scores.loc[choose, name]) for name in scores]
        best = np.argmax(claimed)
        delivered = roc_auc_score(y_true[truth], scores.loc[truth, best])
        assert row[["claimed", "delivered", "lost"]].tolist() == pytest.approx(
            [claimed[best], delivered, claimed[best] - delivered]
        )
