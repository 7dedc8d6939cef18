"""Fill in the last two columns of aipm/datasets/data/own/repeats.csv: which of the course's
questions lies nearest to each message, and the cosine between the two.

    python -m coursekit.build.repeats

The messages are written by hand; the pinned embedding model of chapter 17 (MiniLM) reads them
here, so that the lab needs no embedding library. It takes seconds.
"""

import pandas as pd

from aipm import datasets
from aipm.datasets import _files
from coursekit.build import vectors


def nearest(messages):
    """Id of the nearest question and its cosine, one row a message.

    Parameters
    ----------
    messages : pandas.Series of str

    Returns
    -------
    pandas.DataFrame
        ``nearest_id`` and ``similarity``, rounded to three decimals.
    """
    cosines = vectors.minilm()(messages) @ datasets.vectors("questions").T
    ids = datasets.questions()["question_id"].iloc[cosines.argmax(axis=1)].to_numpy()
    return pd.DataFrame({"nearest_id": ids, "similarity": cosines.max(axis=1).round(3)})


def main():
    target = _files.folder() / _files.FILES["repeats"]
    table = pd.read_csv(target, keep_default_na=False)
    table[["nearest_id", "similarity"]] = nearest(table["message"]).to_numpy()
    table.to_csv(target, index=False, lineterminator="\n")
    print(f"{target.name}: {len(table)} messages")


if __name__ == "__main__":
    main()
