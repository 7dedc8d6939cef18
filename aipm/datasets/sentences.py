"""Load sentences that were written to test a product: notes that go with a payment, and what two
customers tell an assistant.

``book/datasets.md`` holds the full datasheet of each.
"""

import pandas as pd

from aipm.datasets._files import read_own
from aipm.language.moderation import DISGUISES, disguise


def about_people():
    """Harmless notes and notes that shut people out, one of each sentence for each word.

    Source: written for this course, CC BY 4.0; most words are from the list of Dixon and others
    (2018). Faults: a language model wrote the sentences, in English; a word put into a sentence is
    not always what a person would write. Not for training a filter, nor for a claim about one.

    Returns
    -------
    pandas.DataFrame
        826 rows, one a note. ``group`` (what the word says of people: orientation, gender, origin,
        religion, age, disability, or none), ``word``, ``harmful`` (whether the note shuts people
        out), ``text``.
    """
    entry = read_own("about_people")
    rows = [
        {"group": group, "word": word, "harmful": harmful, "text": sentence.replace("{}", word)}
        for group, words in entry["words"].items()
        for word in words
        for harmful, sentences in ((False, entry["harmless"]), (True, entry["shuts_out"]))
        for sentence in sentences
    ]
    return pd.DataFrame(rows)


def notes():
    """Notes to go with a payment, harmful ones by kind and harmless ones.

    Source: written for this course, CC BY 4.0. Faults: a language model wrote them, in English and
    mild; the everyday ones were chosen to look bad, and nearly all harmless ones are about people,
    so no share over all of them carries over to real payments. Not for training a filter, nor for
    a claim about one.

    Returns
    -------
    pandas.DataFrame
        626 rows, one a note: 116 harmful (``kind`` insult, disguised, threat, excluding), 510
        harmless (everyday, about people). ``kind``, ``text``, ``disguise`` (of the disguised, by
        :func:`aipm.language.moderation.disguise`; else missing), ``harmful``.
    """
    entry, kinds = read_own("notes"), list(DISGUISES)
    insults = [
        (line.replace("{}", word), word) for word in entry["rude"] for line in entry["insults"]
    ]
    rows = [("insult", text, None) for text, _ in insults]
    for place, (text, word) in enumerate(insults):
        kind = kinds[place % len(kinds)]
        rows.append(("disguised", disguise(text, word, kind), kind))
    people = about_people().query("group != 'none (neutral)'")
    shut_out = people.query("harmful and group == 'religion'")
    rows += [("threat", text, None) for text in entry["threats"]]
    rows += [("excluding", text, None) for text in shut_out["text"]]
    rows += [("everyday", text, None) for text in entry["everyday"]]
    rows += [("about people", text, None) for text in people.loc[~people["harmful"], "text"]]
    table = pd.DataFrame(rows, columns=["kind", "text", "disguise"])
    table["harmful"] = ~table["kind"].isin(["everyday", "about people"])
    return table


def told():
    """What two made-up customers tell an assistant, in the order in which they say it.

    Source: written for this course, CC BY 4.0. Faults: a language model wrote it; one fact a
    sentence, no small talk, nothing corrected later. Not for choosing how a product remembers.

    Returns
    -------
    pandas.DataFrame
        24 rows, one a statement. ``customer`` (first or second), ``statement``, ``question`` (put
        at the end of the conversation) and ``answer`` (a word or number that a right reply holds).
    """
    return pd.DataFrame(read_own("told"))
