"""Count the numbers that a page prints in its running text, and compare where they come from."""

import re
from collections import defaultdict

from aipm.estimates.printing import NBSP
from coursekit.rules.plain.passages import BLANKED
from coursekit.rules.plain.splitting import short
from coursekit.rules.plain.tables import FORM

NEW, PER_PAGE = 2, 30
COUNTED = ("paragraph", "item", "lead", "caption", "quotation")
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
NAMES = (
    "chapters?|sections?|exercises?|labs?|rows?|steps?|questions?|figures?|tables?|parts?|panels?"
    "|versions?|columns?|clauses?|articles?|arts?\\.|annex|GPT"
)
NO_QUANTITY = re.compile(  # dates, times, and the numbers of chapters, rows and articles
    rf"\b\d{{1,2}}(?:(?:,| and| to|–)? ?\d{{1,2}})* {MONTH}\b(?: \d{{4}})?"
    rf"|\b{MONTH} \d{{1,2}}\b(?:, \d{{4}})?"
    r"|(?<![\d.,])(?:19|20)\d\d(?:[–/-]\d\d+)?(?![\d,.]*\d|\s?%)"
    rf"|\b\d{{1,2}}:\d\d\b|\b(?i:{NAMES})\s\d+(?:\.\d+)?\b(?:(?:,| and| or| to|–)\s?\d+\b)*"
)
FIGURE = re.compile(r"(?<![\w.,/–-])[+−-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:\s?%)?")


def problems(passages):
    """Sentences on a page's numbers: too many new ones in a paragraph, too many on the page.

    A number is new if the page has not printed the same figure before, in its card, text or
    tables. Paragraphs marked ``% by hand`` are free, and so are tables and the filled form. A
    quantity that a lab recorded is one number, its interval another.

    Parameters
    ----------
    passages : list of Passage
        The card's and the page's, in order.

    Yields
    ------
    str
    """
    seen, counted = set(), set()
    for passage in passages:
        here = list(dict.fromkeys(figures(passage)))
        new = [figure for figure in here if figure not in seen]
        seen.update(here)
        if passage.by_hand or not _running(passage):
            continue
        counted.update(here)
        if len(new) > NEW:
            yield (
                f"{passage.where}: {len(new)} new numbers ({', '.join(new)}) in a paragraph, at"
                f" most {NEW}; put some into a table or the lab: {short(passage.text)}"
            )
    if len(counted) > PER_PAGE:
        yield (
            f"{passages[0].place}: {len(counted)} numbers outside tables and examples counted by"
            f" hand, at most {PER_PAGE}; ask of each what the reader would do differently."
        )


def _running(passage):
    """Whether a passage is running text, and no table or filled form."""
    return passage.kind in COUNTED and passage.section != FORM


def figures(passage):
    """Numbers that a passage prints, a list of str without spaces."""
    typed = NO_QUANTITY.sub(BLANKED, passage.typed)
    said = [*FIGURE.findall(typed), *(one.printed for one in passage.quoted)]
    return [re.sub(r"\s", "", figure).lstrip("+").rstrip(",") for figure in said]


def records(passages):
    """Sentences on the records that a page quotes: two that print one figure, one in two units.

    Two records in tables may print the same: their rows and columns name them. The number of
    rows behind a record, ``[n]``, is the same for many.

    Parameters
    ----------
    passages : list of Passage

    Yields
    ------
    str
    """
    printed, units = defaultdict(list), defaultdict(dict)
    for passage in passages:
        for one in passage.quoted:
            if one.part != "n":
                figure = one.printed.replace(NBSP, " ")
                printed[figure].append((one.record, passage))
                unit = (one.spec or "").lstrip("+,")
                units[one.record].setdefault(unit, (figure, passage))
    for figure, places in printed.items():
        names = list(dict.fromkeys(record for record, _ in places))
        in_text = [passage for _, passage in places if _running(passage)]
        if len(names) > 1 and in_text:
            yield (
                f"{in_text[-1].where}: {figure!r} stands for {' and for '.join(names)} on this"
                f" page; leave one out, or give it another rounding: {short(in_text[-1].text)}"
            )
    for record, written in units.items():
        if len(written) > 1:
            said = " and ".join(repr(figure) for figure, _ in written.values())
            _, passage = list(written.values())[-1]
            yield (
                f"{passage.where}: {record} is written in {len(written)} ways, {said}; choose one"
                f" unit for the page: {short(passage.text)}"
            )
