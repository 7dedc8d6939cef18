"""Show a model input unlike any it was trained on, and refuse such input by its distance."""

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.neighbors import NearestNeighbors
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from aipm.errors import CourseError
from aipm.validation import INSIDE, SEED, Count, Labels, Matrix, checked

IMAGES = Matrix()


@checked(equal=("X", "y"), X=IMAGES, y=Labels(), seed=SEED, looks=Count())
def digit_reader(X, y, seed=0, looks=100):
    """A small neural network that has seen every training image so many times.

    Parameters
    ----------
    X : numpy.ndarray of shape (n, 64)
        Images of 8 by 8 pixels, each from 0 (paper) to 16 (ink).
    y : numpy.ndarray of shape (n,)
        The digits, 0 to 9.
    seed : int
        Start of the random draws: first weights, order of the images.
    looks : int
        How many times all images are shown.

    Returns
    -------
    sklearn.neural_network.MLPClassifier
        Fitted; one hidden layer of 100 units.
    """
    network = MLPClassifier(random_state=seed)
    with threadpool_limits(1):  # so small a network only waits for more threads
        for _ in range(looks):
            network.partial_fit(X, y, classes=range(10))
    return network


@checked(X=IMAGES, seed=SEED)
def strange(X, seed=0):
    """Ordinary images, and three kinds of image that no training has prepared for.

    Parameters
    ----------
    X : numpy.ndarray of shape (n, 64)
        Images of 8 by 8 pixels, each from 0 to 16.
    seed : int
        Start of the draws of the noise.

    Returns
    -------
    dict of str to numpy.ndarray of shape (n, 64)
        ``"as taught"``, the images themselves; ``"one pixel left"``, each moved by a column, the
        first of which comes in again at the right; ``"turned"`` by 90 degrees to the left;
        ``"noise"``, as many images of pixels drawn evenly from 0 to 16.
    """
    images = np.asarray(X).reshape(-1, 8, 8)
    kinds = {
        "as taught": images,
        "one pixel left": np.roll(images, -1, axis=2),
        "turned": np.rot90(images, axes=(1, 2)),
        "noise": np.random.default_rng(seed).integers(0, 17, images.shape),
    }
    return {kind: pictures.reshape(-1, 64) for kind, pictures in kinds.items()}


@checked(X_train=Matrix(), X_ordinary=Matrix(), X_new=Matrix(), refused=INSIDE)
def unlike(X_train, X_ordinary, X_new, refused=0.05):
    """Whether each case lies further from every training case than ordinary cases do.

    Parameters
    ----------
    X_train : array-like of shape (n_train, n_columns)
        Numbers without gaps, in columns that may be compared with each other.
    X_ordinary : array-like of shape (n_ordinary, n_columns)
        Cases that are as they should be and trained nothing: they set the limit.
    X_new : array-like of shape (n_new, n_columns)
    refused : float
        Share of the ordinary cases that lie beyond the limit.

    Returns
    -------
    numpy.ndarray of bool of shape (n_new,)
        True where the Euclidean distance to the nearest training case exceeds the limit.

    Raises
    ------
    CourseError
        If ``refused`` is no share.
    """
    width = X_train.shape[1]
    for name, table in (("X_ordinary", X_ordinary), ("X_new", X_new)):
        if table.shape[1] != width:
            raise CourseError(
                f"unlike: {name} has {table.shape[1]} columns and X_train {width}; give the same."
            )
    nearest = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(X_train)
    limit = np.quantile(nearest.kneighbors(X_ordinary)[0], 1 - refused)
    return nearest.kneighbors(X_new)[0].ravel() > limit


@checked(equal=("X", "y"), X=IMAGES, y=Labels(), seed=SEED)
def strange_trial(X, y, seed=0):
    """Split the images at random, train a reader, and show it ordinary and strange ones.

    Three fifths of the images train, one fifth sets the limits of two checks, one fifth is read.
    Both checks refuse 5 % of the second: one what lies far from every training image
    (:func:`unlike`), the other what the reader is least sure of.

    Parameters
    ----------
    X : numpy.ndarray of shape (n, 64)
    y : numpy.ndarray of shape (n,)
    seed : int
        Splits the images, and starts the reader and the noise.

    Returns
    -------
    pandas.DataFrame of shape (4, 5)
        A row for each kind of :func:`strange`. ``right`` (share read rightly; noise has no right
        answer), ``sure`` (share with a confidence above 0.9), ``refused by distance`` and
        ``refused by confidence`` (shares), ``errors let through`` (share of the wrong answers
        that the distance check does not refuse).
    """
    X_train, X_rest, y_train, y_rest = train_test_split(X, y, train_size=0.6, random_state=seed)
    X_tune, X_new, _, y_new = train_test_split(X_rest, y_rest, test_size=0.5, random_state=seed)
    reader = digit_reader(X_train, y_train, seed)
    least = np.quantile(reader.predict_proba(X_tune).max(axis=1), 0.05)
    rows = {}
    for kind, images in strange(X_new, seed).items():
        confidence = reader.predict_proba(images).max(axis=1)
        far, wrong = unlike(X_train, X_tune, images), reader.predict(images) != y_new
        rows[kind] = {
            "right": np.nan if kind == "noise" else 1 - wrong.mean(),
            "sure": (confidence > 0.9).mean(),
            "refused by distance": far.mean(),
            "refused by confidence": (confidence < least).mean(),
            "errors let through": (wrong & ~far).sum() / max(wrong.sum(), 1),
        }
    return pd.DataFrame.from_dict(rows, orient="index")
