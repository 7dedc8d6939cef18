"""Count the words of a page's running text and of a quiz's reasons."""

from coursekit.rules.plain.splitting import WORD, short
from coursekit.rules.plain.tables import FORM

PAGE, REASON = 2000, 35
RUNNING = ("paragraph", "item", "lead", "quotation")


def page(said, name):
    """The one problem of a page that is too long; tables, form, quiz and captions are not counted.

    Parameters
    ----------
    said : Said
    name : str
        File of the page.

    Yields
    ------
    str
    """
    words = sum(
        len(WORD.findall(passage.text))
        for passage in said.passages
        if passage.kind in RUNNING and passage.section != FORM
    )
    if words > PAGE:
        yield (
            f"{name}: {words:,} words of running text, at most {PAGE:,}; move to the lab what does"
            " not change the decision."
        )


def reasons(quiz):
    """Sentences, each naming a reason of a quiz that is too long.

    Parameters
    ----------
    quiz : iterable of (str, Said)
        Texts of the quiz, each with its field's name.

    Yields
    ------
    str
    """
    for field, said in quiz:
        text = " ".join(passage.text for passage in said.passages)
        words = len(WORD.findall(text))
        if field == "reason" and words > REASON:
            yield (
                f"{said.passages[0].where}: a reason of {words} words, at most {REASON}; keep what"
                f" decides: {short(text)}"
            )
