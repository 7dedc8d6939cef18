"""Versions, churn, strange images and the distance check against plain loops and other
implementations.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.ndimage import rotate, shift
from scipy.spatial.distance import cdist
from sklearn.datasets import load_digits, make_blobs
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsRegressor

from aipm import CourseError
from aipm.models.novelty import digit_reader, strange, strange_trial, unlike
from aipm.models.stability import churn, retrained, silhouettes

X = load_digits().data


@given(arrays(bool, st.tuples(st.integers(1, 20), st.integers(2, 6))))
def test_churn_counts_what_a_loop_counts(decided):
    rows, versions = decided.shape
    changes = sum(
        decided[row, version] != decided[row, version + 1]
        for row in range(rows)
        for version in range(versions - 1)
    )
    assert churn(pd.DataFrame(decided)) == pytest.approx(changes / (rows * (versions - 1)))


def table(rows):
    """Rows with labels that are no positions, and an outcome for each."""
    rng = np.random.default_rng(0)
    columns = pd.DataFrame(rng.normal(size=(rows, 2)), index=np.arange(rows) * 3 + 7)
    return columns, columns[0] + rng.normal(size=rows) > 0


def test_on_all_rows_every_version_of_a_model_without_randomness_decides_alike():
    columns, outcome = table(80)
    decided = retrained(LogisticRegression(), columns, outcome, columns, share=1.0)
    once = LogisticRegression().fit(columns, outcome).predict(columns)
    assert list(decided) == list(range(1, 11)) and decided.index.equals(columns.index)
    assert decided.eq(once, axis=0).all(axis=None)


def test_each_version_learns_from_its_own_share_of_the_rows():
    """One neighbour repeats the outcome of rows it was shown and takes another's for the rest."""
    columns, _ = table(200)
    alone = pd.Series(np.arange(200), index=columns.index)  # no two rows share an outcome
    decided = retrained(KNeighborsRegressor(1), columns, alone, columns, share=0.75)
    known = decided.eq(alone, axis=0)
    assert (known.sum() == 150).all() and known.nunique(axis=1).max() == 2
    again = retrained(KNeighborsRegressor(1), columns, alone, columns, share=0.75)
    other = retrained(KNeighborsRegressor(1), columns, alone, columns, share=0.75, seed=1)
    assert decided.equals(again) and not decided.equals(other)


def test_strange_images_are_what_an_image_library_makes():
    kinds = strange(X[:50], seed=3)
    for number, image in enumerate(X[:50].reshape(-1, 8, 8)):
        turned = rotate(image, 90, order=0)
        moved = shift(image, (0, -1), order=0, mode="grid-wrap")
        assert np.array_equal(kinds["as taught"][number], image.ravel())
        assert np.array_equal(kinds["turned"][number], turned.ravel())
        assert np.array_equal(kinds["one pixel left"][number], moved.ravel())
    noise = strange(np.zeros((2000, 64)), seed=3)["noise"]
    values, counts = np.unique(noise, return_counts=True)
    assert list(values) == list(range(17)) and counts.min() > 0.95 * noise.size / 17


def test_a_digit_reader_is_the_same_for_the_same_seed_and_better_than_a_guess():
    y = load_digits().target
    first, again = (digit_reader(X[:300], y[:300], seed=1, looks=60) for _ in range(2))
    other = digit_reader(X[:300], y[:300], seed=2, looks=60)
    proba = first.predict_proba(X[300:])
    assert np.array_equal(proba, again.predict_proba(X[300:]))
    assert not np.array_equal(proba, other.predict_proba(X[300:]))
    assert first.score(X[300:], y[300:]) > 0.8


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.floats(0.01, 0.5))
def test_unlike_is_a_distance_beyond_a_quantile(seed, refused):
    rng = np.random.default_rng(seed)
    train, ordinary, new = (rng.normal(size=(size, 3)) for size in (30, 40, 20))
    limit = np.quantile(cdist(ordinary, train).min(axis=1), 1 - refused)
    expected = cdist(new, train).min(axis=1) > limit
    assert np.array_equal(unlike(train, ordinary, new, refused), expected)
    assert not unlike(train, ordinary, train, refused).any()


def test_a_trial_is_what_its_steps_give():
    y = load_digits().target
    trial = strange_trial(X[:500], y[:500], seed=2)
    X_train, X_rest, y_train, y_rest = train_test_split(
        X[:500], y[:500], train_size=300, random_state=2
    )
    X_tune, X_new, _, y_new = train_test_split(X_rest, y_rest, test_size=100, random_state=2)
    reader = digit_reader(X_train, y_train, seed=2)
    turned = np.array([np.rot90(image) for image in X_new.reshape(-1, 8, 8)]).reshape(-1, 64)
    sure = reader.predict_proba(turned).max(axis=1)
    assert trial.loc["turned", "sure"] == (sure > 0.9).mean()
    assert trial.loc["turned", "right"] == pytest.approx(reader.score(turned, y_new))
    assert np.isnan(trial.loc["noise", "right"])
    own = np.sort(reader.predict_proba(X_tune).max(axis=1))
    assert (sure < own[4]).mean() <= trial.loc["turned", "refused by confidence"]
    assert trial.loc["turned", "refused by confidence"] <= (sure < own[5]).mean()
    far = cdist(X_new, X_train).min(axis=1)
    limit = np.quantile(cdist(X_tune, X_train).min(axis=1), 0.95)
    assert trial.loc["as taught", "refused by distance"] == (far > limit).mean()
    missed = far[reader.predict(X_new) != y_new] <= limit
    assert trial.loc["as taught", "errors let through"] == pytest.approx(missed.mean())


def silhouette_by_hand(points, groups):
    """Rousseeuw's definition, row by row."""
    apart = cdist(points, points)
    widths = []
    for row, own in enumerate(groups):
        others = [apart[row, groups == group].mean() for group in set(groups) - {own}]
        within = apart[row, groups == own].sum() / max((groups == own).sum() - 1, 1)
        widths.append((min(others) - within) / max(min(others), within))
    return np.mean(widths)


def test_silhouettes_know_clusters_from_none():
    points, groups = make_blobs(150, centers=[(0, 0), (9, 9), (0, 9)], random_state=0)
    points = (points - points.mean(axis=0)) / points.std(axis=0)
    found = silhouettes(pd.DataFrame(points * [3, 50] + 7), 3, seed=1)
    assert found["real"] == pytest.approx(silhouette_by_hand(points, groups))
    assert found["real"] > found["shuffled"] > 0 and 0.3 < found["noise"] < 0.5
    assert found == silhouettes(pd.DataFrame(points * [3, 50] + 7), 3, seed=1)


def test_shuffling_keeps_the_clusters_that_one_column_shows_alone():
    """Two heaps in one column stay two heaps; only what columns show together is undone."""
    rng = np.random.default_rng(0)
    along, side = rng.uniform(size=200), rng.choice([0, 1], size=200)
    heaps = pd.DataFrame({"x": along, "y": along + 5 * side})
    found = silhouettes(heaps, 2)
    assert found["shuffled"] == pytest.approx(found["real"], abs=0.1) and found["noise"] < 0.45


@pytest.mark.parametrize("wrong", [{"share": 0}, {"share": 1.1}, {"versions": 1}])
def test_versions_that_make_no_sense_are_refused(wrong):
    columns, outcome = table(20)
    with pytest.raises(CourseError, match=next(iter(wrong))):
        retrained(LogisticRegression(), columns, outcome, columns, **wrong)


@pytest.mark.parametrize("refused", [0, 1, 5])
def test_a_limit_that_is_no_share_is_refused(refused):
    with pytest.raises(CourseError, match="refused"):
        unlike(X, X, X, refused)


def test_a_reader_has_seen_each_image_so_often_and_reads_by_one_hidden_layer():
    """The optimiser's own count of images; chances by a forward pass written out."""
    images, digits = X[:200], load_digits().target[:200]
    reader = digit_reader(images, digits, seed=4, looks=7)
    assert reader.t_ == 7 * 200 and list(reader.classes_) == list(range(10))
    (first, second), (shift_first, shift_second) = reader.coefs_, reader.intercepts_
    assert first.shape == (64, 100) and second.shape == (100, 10)
    signal = np.exp(np.maximum(X @ first + shift_first, 0) @ second + shift_second)
    expected = signal / signal.sum(axis=1, keepdims=True)
    assert reader.predict_proba(X) == pytest.approx(expected)
