"""The work documents for a word processor say what their Markdown says."""

import re

import docx
import pytest

from coursekit.build import documents

SOURCES = documents.sources()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    return {path.name: path for path in documents.make(output=folder)}


def test_documents_are_not_stale(made):
    there = {path.name for path in documents.FOLDER.glob("*.docx")}
    stale = [
        name
        for name, path in made.items()
        if name not in there or (documents.FOLDER / name).read_bytes() != path.read_bytes()
    ]
    assert not stale, f"book/work_documents: {stale} differ from their text: run make documents."
    left = there - set(made)
    assert not left, f"book/work_documents: {sorted(left)} have no Markdown: remove them."


@pytest.mark.parametrize("name", SOURCES)
def test_a_document_keeps_every_word_and_table(made, name):
    text = SOURCES[name].read_text(encoding="utf-8")
    document = docx.Document(made[name])
    tables = len(re.findall(r"^\|[ :|-]+\|$", text, flags=re.MULTILINE))
    assert len(document.tables) == tables
    kept = " ".join(
        [paragraph.text for paragraph in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    words = set(re.findall(r"[A-Za-z]{4,}", re.sub(r"<[^>]*>|\]\([^)]*\)", " ", text)))
    lost = words - set(re.findall(r"[A-Za-z]{4,}", kept))
    assert not lost, f"{name} lacks {sorted(lost)[:5]}"
