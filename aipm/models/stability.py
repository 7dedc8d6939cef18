"""See how decisions change when a model is trained again, and how clusters look where there are
none.

Each step can be done by hand with scikit-learn; here it has a name, and runs for many versions.
"""

from itertools import pairwise

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler

from aipm.errors import CourseError
from aipm.validation import (
    MODEL,
    SEED,
    Count,
    Labels,
    Number,
    Table,
    checked,
    same_length,
)


@checked(
    model=MODEL,
    X=Table(unique=True),
    y=Labels(index=True),
    X_new=Table(),
    share=Number(above=0, high=1),
    versions=Count(2),
    seed=SEED,
)
def retrained(model, X, y, X_new, share=0.9, versions=10, seed=0):
    """Decisions of several versions of a model, each trained on its own sample of the same rows.

    Parameters
    ----------
    model : scikit-learn estimator
        Fitted anew for each version; it is left as the last one.
    X : pandas.DataFrame of shape (n, n_columns)
    y : pandas.Series of shape (n,)
        Outcomes, with the index of ``X``.
    X_new : pandas.DataFrame of shape (n_new, n_columns)
        Cases that are decided and train nothing.
    share : float
        Share of the rows in each sample, drawn without replacement, above 0 and up to 1.
    versions : int
        How many, two at least.
    seed : int
        Start of the draws.

    Returns
    -------
    pandas.DataFrame of shape (n_new, versions)
        What each version decides, a column a version, numbered from 1; the index of ``X_new``.

    Raises
    ------
    CourseError
        If the share or the number of versions makes no sense.
    """
    same_length("retrained", X=X, y=y)
    decisions = {}
    for version in range(1, versions + 1):
        rows = X.sample(frac=share, random_state=1000 * seed + version)
        decisions[version] = model.fit(rows, y[rows.index]).predict(X_new)
    return pd.DataFrame(decisions, index=X_new.index)


@checked(decisions=Table())
def churn(decisions):
    """Share of cases that are decided otherwise by the next version, on average over the updates.

    Parameters
    ----------
    decisions : pandas.DataFrame of shape (n, versions)
        A column a version, in order, as :func:`retrained` returns it.

    Returns
    -------
    float
        Between 0 and 1. The measure is that of Milani Fard and others (2016), "Launch and
        iterate: reducing prediction churn".
    """
    if decisions.shape[1] < 2:
        raise CourseError("churn: decisions has one column; give two versions at least.")
    if missing := int(decisions.isna().any(axis=1).sum()):
        raise CourseError(
            f"churn: decisions lacks a value in {missing:,} of {len(decisions):,} rows; give what"
            " every version decides."
        )
    columns = [decisions[version] for version in decisions]
    updates = [(before != after).mean() for before, after in pairwise(columns)]
    return float(np.mean(updates))


@checked(table=Table(numeric=True, least=3), clusters=Count(2), seed=SEED)
def silhouettes(table, clusters, seed=0):
    """How far apart the clusters of k-means lie in a table, and in two that have none.

    Parameters
    ----------
    table : pandas.DataFrame of shape (n, n_columns)
        Numbers without gaps; columns are scaled to mean 0 and standard deviation 1 first.
    clusters : int
        How many clusters k-means is told to find.
    seed : int
        Start of the shuffling, of the noise and of k-means.

    Returns
    -------
    dict of str to float
        Mean silhouette [1]_, from -1 to 1 (far apart), of the rows as they are (``"real"``), with
        each column shuffled by itself, so that no row is a case any more (``"shuffled"``), and of
        as many rows drawn evenly (``"noise"``). Shuffling keeps what one column shows alone; a
        gap between "real" and "shuffled" comes from how columns go together.

    References
    ----------
    .. [1] P. J. Rousseeuw (1987), "Silhouettes: a graphical aid to the interpretation and
       validation of cluster analysis", Journal of Computational and Applied Mathematics 20, 53-65.
    """
    if clusters >= len(table):
        raise CourseError(
            f"silhouettes: clusters is {clusters} for {len(table)} rows; ask for fewer."
        )
    rng = np.random.default_rng(seed)
    tables = {
        "real": table,
        "shuffled": table.apply(lambda column: rng.permutation(column.to_numpy())),
        "noise": rng.uniform(size=table.shape),
    }
    found = {}
    for name, values in tables.items():
        scaled = StandardScaler().fit_transform(np.asarray(values, dtype=float))
        groups = KMeans(clusters, n_init=10, random_state=seed).fit_predict(scaled)
        found[name] = float(silhouette_score(scaled, groups))
    return found
