"""Judgements about texts: people's ratings, automatic judges, and the course's own codes of a
model's replies.
"""

import pandas as pd

from aipm.datasets._files import path, read_csv


def ratings():
    """Snippets of Amazon reviews, each rated by 20 people.

    Source: Hutto and Gilbert (2014), package vaderSentiment, MIT. Faults: raters were crowd
    workers paid by the batch, and nothing says that one column is one person; columns 19 and 20
    look filled in from the others; lower case; reviews of gadgets from about 2004; ways to reach
    somebody are masked. Not for finding out who wrote a review.

    Returns
    -------
    pandas.DataFrame
        3,708 rows, one a snippet. ``text_id`` (the source's; what stands before the underscore is
        the review), ``text``, and ``rating_01`` to ``rating_20`` (−4 extremely negative to 4
        extremely positive).
    """
    return pd.read_parquet(path("ratings"))


def snippets():
    """The snippets of :func:`ratings` that a judge is measured on: clear ones, one a review.

    Fixed before any was judged: 4 to 40 words; a mean rating at least 1 away from 0, which leaves
    unclear snippets out, so that rates on these flatter judge and people; one snippet a review,
    drawn by seed.

    Returns
    -------
    pandas.DataFrame
        160 rows, one a snippet, with the source's ``text_id`` as index. ``text``, ``mean_rating``
        (−4 to 4), ``positive`` (whether that is above 0), ``one_rater`` (whether the first rating
        is), ``other_raters`` (whether the mean of the other 19 is), ``part`` (``"choose"`` for the
        40 on which the judge's prompt was worded, ``"measure"`` for the 120 kept to measure it).
    """
    rated = ratings().set_index("text_id")
    stars = rated.filter(like="rating_")
    clear = stars.mean(axis=1).abs().ge(1) & rated["text"].str.split().str.len().between(4, 40)
    drawn = rated[clear].sample(frac=1, random_state=1)
    drawn = drawn[~drawn.index.str.split("_").str[0].duplicated()].head(160)
    stars = stars.loc[drawn.index]
    return pd.DataFrame(
        {
            "text": drawn["text"],
            "mean_rating": stars.mean(axis=1),
            "positive": stars.mean(axis=1) > 0,
            "one_rater": stars["rating_01"] > 0,
            "other_raters": stars.drop(columns="rating_01").mean(axis=1) > 0,
            "part": ["choose"] * 40 + ["measure"] * 120,
        }
    )


def judges():
    """How automatic judges compare with people, by AlpacaEval.

    Source: package alpaca-eval 0.6.6, Apache-2.0. Faults: agreement is with the usual choice of
    three of four crowd workers, each left out in turn, on some 650 pairs of replies, as of
    2023–24; prices are of then; one row, garbled at the source, has three empty cells. Not for
    choosing a judge today.

    Returns
    -------
    pandas.DataFrame
        32 rows, one a judge, ``humans`` and ``longest`` (always the longer reply) among them.
        ``judge``, ``human_agreement`` (per cent of pairs), ``price_per_1000`` (US dollars for
        1,000 pairs), ``seconds_per_1000``, ``spearman`` (rank correlation of models with the
        people's ranking), ``bias`` and ``variance`` (per cent), ``prefers_longer``,
        ``prefers_lists`` and ``prefers_first`` (shares of pairs), ``annotations`` (pairs judged).
    """
    return read_csv("judges")


def judges_as_published():
    """The judges of :func:`judges` before the course mended them: a published table to check.

    Source: package alpaca-eval 0.6.6, Apache-2.0. Faults: those of :func:`judges`, and one row in
    which numbers stand in the wrong columns, left as it was published. For finding that row, and
    for nothing else.

    Returns
    -------
    pandas.DataFrame
        32 rows, one a judge. ``judge``, ``human_agreement`` (per cent of pairs),
        ``price_per_1000`` (US dollars for 1,000 pairs), ``seconds_per_1000``, ``annotations``
        (pairs judged).
    """
    return read_csv("judges_as_published")


def leaderboard():
    """Models ranked by an automatic judge, GPT-4 Turbo, in AlpacaEval 2.

    Source: package alpaca-eval 0.6.6, Apache-2.0. Faults: 805 prompts, one judge, models sent in
    by their makers, as of the end of 2024. Not for choosing a model.

    Returns
    -------
    pandas.DataFrame
        223 rows, one a model. ``model``, ``win_rate`` and ``win_rate_se`` (per cent of replies
        preferred to GPT-4 Turbo's, and its standard error), ``length_controlled_win_rate`` and
        ``length_controlled_se`` (the same, as if replies were equally long), ``mean_length``
        (characters of a reply).
    """
    return read_csv("leaderboard")


def traces():
    """Replies of the copilot's first prompt, read one by one and coded.

    Source: written for this course, CC BY 4.0; the replies themselves are in the record of
    SmolLM2-135M. Faults: a language model read and coded them, no person has; the second codes
    are the same reader's; the prompt is a first draft. Not for training, nor as a measure of any
    other model.

    Returns
    -------
    pandas.DataFrame
        40 rows, one a reply. ``trace_id``, ``question_id`` (in the dev half of
        :func:`aipm.datasets.questions`), ``open_code`` (what was seen, in a few words),
        ``axial_code`` (one of seven categories), ``passed`` (yes or no: whether it could go to
        the customer), ``second_axial_code`` (given again, blind and in another order, to 20 of
        them; else missing).
    """
    return read_csv("traces")


def reply_codes():
    """Codes of SmolLM2-135M's replies to the test questions, with and without pages before it.

    Source: written for this course, CC BY 4.0; the replies stand in the record. Faults: one
    reader, a language model, coded first paragraphs; 40 replies twice, within the hour. Not for
    judging other models, nor this one for another use.

    Returns
    -------
    pandas.DataFrame
        224 rows, one a reply. ``question_id``, ``condition`` (none, wrong or right page, three
        retrieved passages, ten of them, or strict: three and another instruction), ``code``
        (correct, incomplete, abstained, unsupported, contradicted), ``second_code`` (missing if
        coded once), ``supporting`` (citations that support what is said; missing if there is no
        citation or it was not read for any), ``note`` (why, in a few words).
    """
    return read_csv("reply_codes")
