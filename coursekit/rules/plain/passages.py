"""What a reader sees of a piece of text: its passages and tables, each with file and line."""

import re
from dataclasses import dataclass, field

from aipm.errors import EvidenceError
from coursekit.content import quoting

PROSE = ("paragraph", "item")  # the kinds whose sentences are judged
ENDED = re.compile(r"[.?!:…][*_)\]”\"’]*$")
BLANKED = "\ue000"  # what is printed, and was typed by nobody


@dataclass(frozen=True)
class Quoted:
    """A number of a lab that the text prints."""

    printed: str
    record: str  # chapter/key
    part: str | None
    spec: str | None


@dataclass(frozen=True)
class Passage:
    """A paragraph or another stretch of text.

    Parameters
    ----------
    place : str
        File, and in a notebook the cell.
    line : int
    kind : str
        ``paragraph``, ``item``, ``lead`` (a bold heading within a line), ``heading``, ``cell``,
        ``caption`` or ``quotation``.
    text : str
        As it is printed; a line break stands where the source has one.
    typed : str
        The same without what roles, links and code print.
    quoted : tuple of Quoted
    section : str
        Heading of the second level above it.
    by_hand : bool
        Whether the comment ``% by hand`` marks it as an example that readers count themselves.
    """

    place: str
    line: int
    kind: str
    text: str
    typed: str = ""
    quoted: tuple = ()
    section: str = ""
    by_hand: bool = False

    @property
    def where(self):
        return f"{self.place}, line {self.line}"

    @property
    def judged(self):
        """Whether its sentences are; what has no full stop is a label."""
        return self.kind in PROSE and bool(ENDED.search(self.text.strip()))


@dataclass
class Table:
    """Cells of a table as they are printed, its head first."""

    place: str
    line: int
    section: str
    by_hand: bool
    rows: list = field(default_factory=list)
    followed: bool = False  # by a paragraph

    @property
    def where(self):
        return f"{self.place}, line {self.line}"


@dataclass
class Said:
    """Passages and tables of one text, in order."""

    passages: list = field(default_factory=list)
    tables: list = field(default_factory=list)


class Printer:
    """Prints inline Markdown as a reader sees it.

    Parameters
    ----------
    evidence : dict of str to dict
        What the labs recorded, by slug.
    slug : str
        The chapter whose labs a reference without a chapter means.
    """

    def __init__(self, evidence, slug):
        self.evidence, self.slug = evidence, slug

    def print(self, children):
        """Text, typed text and quoted numbers of inline tokens, with the length of a bold start.

        Parameters
        ----------
        children : list of markdown_it.token.Token

        Returns
        -------
        tuple
            ``(text, typed, quoted, bold)``
        """
        text, typed, quoted, bold, links = "", "", [], None, 0
        for token in children:
            said, own = self._token(token, quoted)
            if token.type == "strong_open" and not text.strip() and bold is None:
                bold = 0
            if token.type == "strong_close" and bold == 0:
                bold = len(text)
            links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
            text += said
            typed += said if own and not links else BLANKED * len(said)
        return text, typed, tuple(quoted), bold or 0

    def _token(self, token, quoted):
        """What a token prints, and whether somebody typed it."""
        if token.type == "text":
            return token.content, True
        if token.type in ("softbreak", "hardbreak"):
            return "\n", True
        if token.type == "code_inline":
            return f"`{token.content}`", False
        if token.type == "myst_role":
            return self._role(token.meta["name"], token.content, quoted), False
        return "", False

    def _role(self, name, content, quoted):
        content = content.replace("\n", " ").strip()
        if name == "result":
            return self._result(content, quoted)
        if name == "term":
            return re.sub(r"\s*<[^<>]*>$", "", content)
        if name == "cite:t":
            return re.match(r"[^\W\d_]+", content)[0].capitalize()
        if name == "math":
            return f"`{content}`"
        if name in ("cite:p", "guide"):
            return ""
        if name == "fact":
            return f"“{content}” is so"  # a sentence of book/facts.yml
        return re.sub(r"\s*<[^<>]*>$", "", content)

    def _result(self, content, quoted):
        reference = quoting.REFERENCE.fullmatch(content)
        if not reference:
            return "?"
        chapter = reference["chapter"] or self.slug
        try:
            printed = quoting.show(self.evidence[chapter], reference)
        except (KeyError, EvidenceError):
            return "?"  # coursekit.rules.references says what is wrong
        if re.search(r"\d", printed):
            record = f"{chapter}/{reference['key']}"
            quoted.append(Quoted(printed, record, reference["part"], reference["spec"]))
        return printed
