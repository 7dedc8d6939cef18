"""Read all the texts of a chapter: page, card, quiz, answer bank, lab, solutions, forms."""

import json
from pathlib import Path

import yaml

from aipm.course.recorded import EVIDENCE
from coursekit.content import notebooks
from coursekit.rules.plain import markdown
from coursekit.rules.plain.passages import Printer, Said

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CARD = ("takeaways", "text")  # sentences of a card; its other fields are names and labels
ASKED = ("question", "text", "reason", "otherwise")


class Chapter:
    """The texts of one chapter.

    Parameters
    ----------
    root : path-like
        Folder of the project.
    slug : str
    records : dict of str to dict, optional
        What the labs recorded, as :func:`evidence` reads it.

    Attributes
    ----------
    card, page : Said
        The front matter's sentences and the page under it.
    quiz, bank : list of (str, Said)
        Texts of the quiz and of the answer bank, each with its field's name.
    lab, solutions : Said
        Text of the notebooks.
    forms : Said
        The blank work documents.
    """

    def __init__(self, root, slug, records=None):
        self.root, self.slug = Path(root), slug
        self.printer = Printer(evidence(root) if records is None else records, slug)
        self.path = self.root / "book" / f"{slug}.md"
        text = self.path.read_text(encoding="utf-8")
        front, body = text.split("\n---\n", 1)
        self.fields = yaml.load(front, Loader=LOADER)
        said = self._fields(front, self._name(self.path), CARD)
        self.card = _joined(said for _, said in said)
        self.page = markdown.read(body, self._name(self.path), self.printer, front.count("\n") + 3)
        self.quiz = self._questions(self.root / "book" / "quizzes" / f"{slug}.yml")
        self.bank = self._questions(self.root / "aipm" / "course" / "answers" / f"{slug}.yml")
        self.lab, self.solutions = (
            self._notebook(self.root / "notebooks" / folder / f"{slug}.ipynb")
            for folder in ("labs", "solutions")
        )
        self.forms = _joined(
            markdown.read(path.read_text(encoding="utf-8"), self._name(path), self.printer)
            for path in sorted(self.root.glob(f"book/work_documents/{slug[:2]}_*.md"))
        )

    def _name(self, path):
        return path.relative_to(self.root).as_posix()

    def _questions(self, path):
        if not path.exists():
            return []
        return list(self._fields(path.read_text(encoding="utf-8"), self._name(path), ASKED))

    def _fields(self, text, place, names):
        """Texts of some fields of a YAML file, each read as Markdown."""
        for name, node in _scalars(yaml.compose(text, Loader=LOADER)):
            if name in names:
                line = node.start_mark.line + 1
                yield name, markdown.read(node.value, place, self.printer, line)

    def _notebook(self, path):
        if not path.exists():
            return Said()
        name = self._name(path)
        return _joined(
            markdown.read(cell.source, f"{name}, cell {number}", self.printer)
            for number, cell in enumerate(notebooks.read(path).cells)
            if cell.cell_type == "markdown"
        )


def evidence(root):
    """What the labs recorded, a dict by slug."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((Path(root) / EVIDENCE).glob("*.json"))
    }


def _scalars(node, name=None):
    """Texts of a YAML node, each with the name of the field that holds it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(value, key.value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value, name)
    elif isinstance(node, yaml.ScalarNode):
        yield name, node


def _joined(parts):
    said = Said()
    for part in parts:
        said.passages += part.passages
        said.tables += part.tables
    return said
