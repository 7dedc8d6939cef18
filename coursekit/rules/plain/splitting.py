"""Split a passage into sentences, and count their words."""

import re
from dataclasses import dataclass

ENDS = re.compile(r"(?<=[.?!…])[*_)\]”\"’]*\s+(?=[*_(\[“\"‘`]*[A-Z0-9À-Ý])")
SHORT_FORMS = re.compile(
    r"\b(?:e\.g|i\.e|vs|cf|al|Art|Arts|Nos?(?=\.\s\d)|Mr|Mrs|Ms|Dr|St|pp?|ca|Inc|Ltd|Corp|U\.[SK])\.$"
)
CODE = re.compile(r"`[^`]*`")
WORD = re.compile(r"`[^`]*`|[^\W_]+(?:[.,'’/–-][^\W_]+)*")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is printed, and where it starts."""

    place: str
    line: int
    text: str
    passage: object

    @property
    def words(self):
        return WORD.findall(self.text)

    @property
    def where(self):
        return f"{self.place}, line {self.line}"


def sentences(passage):
    """Sentences of a passage, a list of :class:`Sentence`."""
    found, start = [], 0
    whole = CODE.sub(lambda code: f"`{'x' * (len(code[0]) - 2)}`", passage.text)
    for end in ENDS.finditer(whole):
        if SHORT_FORMS.search(passage.text[start : end.start()]):
            continue
        found.append(_sentence(passage, start, end.end()))
        start = end.end()
    return found + [_sentence(passage, start, len(passage.text))]


def _sentence(passage, start, end):
    line = passage.line + passage.text.count("\n", 0, start)
    return Sentence(passage.place, line, " ".join(passage.text[start:end].split()), passage)


def short(text, most=110):
    """A sentence for a message, in quotation marks."""
    text = " ".join(text.split())
    return f"“{text if len(text) <= most else text[:most].rstrip() + '…'}”"
