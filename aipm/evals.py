"""Load judgements about texts: people's ratings, automatic judges, and the course's own codes of
a model's replies.

``book/datasets.md`` holds the full datasheet of each.
"""

import pandas as pd

from aipm.files import path, read_csv


def ratings():
    """Snippets of Amazon reviews, each rated by 20 people.

    Source: Hutto and Gilbert (2014), package vaderSentiment, MIT. Faults: raters were crowd
    workers paid by the batch, and nothing says that one column is one person; lower case; reviews
    of gadgets from about 2004; ways to reach somebody are masked. Not for finding out who wrote a
    review.

    Returns
    -------
    pandas.DataFrame
        3,708 rows, one a snippet. ``text_id`` (the source's; what stands before the underscore is
        the review), ``text``, and ``rating_01`` to ``rating_20`` (−4 extremely negative to 4
        extremely positive).
    """
    return pd.read_parquet(path("ratings"))


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
        :func:`aipm.texts.questions`), ``open_code`` (what was seen, in a few words),
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
