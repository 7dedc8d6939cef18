"""What language models cost, in money and in time."""

from aipm.datasets._files import read_csv


def prices():
    """List prices of eleven hosted language models, as of 25 November 2026.

    Source: package genai-prices 0.2.3, MIT, which reads them off the providers' pages. Faults:
    list prices, without taxes, discounts, regions or faster tiers; longer prompts cost more with
    some; eleven models of more than two thousand, chosen for a span of prices. Not for choosing a
    model, nor for a budget without a look at today's price.

    Returns
    -------
    pandas.DataFrame
        11 rows, one a model. ``provider``, ``model``, and US dollars for a million tokens:
        ``input`` (read), ``output`` (written), ``cached`` (read again from the provider's prefix
        cache; missing if there is none), ``cache_write`` (put into that cache; missing where it
        costs as ``input``), ``batch_input`` and ``batch_output`` (answered within a day).
    """
    return read_csv("prices", ["provider"])


def latencies():
    """How long the embedded model took over the copilot's test questions, request by request.

    Source: written by ``python -m coursekit.build.latencies``, CC BY 4.0. Faults: one model of 135
    million parameters on one core of one machine, one request at a time; processor time, which
    leaves out network and queue. Not for any other model or machine.

    Returns
    -------
    pandas.DataFrame
        64 rows, one a request. ``setting`` (copilot: three passages and a question; prefix: the
        same long passages before every question), ``prefix_kept`` (the server kept what it had
        computed of the same beginning), ``question_id``, ``prompt_tokens``, ``cached_tokens`` (of
        these, not read anew), ``output_tokens``, ``first_token_seconds`` (from asking to the first
        word) and ``total_seconds`` (to the last).
    """
    return read_csv("latencies", ["setting"])
