"""Make documents for a word processor: each of ``book/work_documents``, and the dossier that the
lab of chapter 22 fills, as .docx.
"""

import os
import subprocess
import tempfile
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import docx
import pypandoc
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from coursekit import ROOT

FOLDER = ROOT / "book" / "work_documents"
DOSSIER = ROOT / "notebooks" / "evidence" / "22_launch_decision" / "dossier_credit.md"
WRITTEN = "1767225600"  # the time in every file, so that the same text gives the same bytes
WIDTHS = Path(__file__).with_name("widths.lua")
FONT, BLACK = "Arial", RGBColor(0, 0, 0)
SIZES = {"Normal": 10, "Compact": 9, "Heading 1": 18, "Heading 2": 13, "Heading 3": 11}


def convert(text, output, style):
    """Write a Markdown text as .docx.

    Parameters
    ----------
    text : str
        Markdown with tables, as GitHub shows it.
    output : path-like
    style : path-like
        A .docx whose styles are used, from :func:`write_style`.
    """
    os.environ["SOURCE_DATE_EPOCH"] = WRITTEN
    pypandoc.convert_text(
        text,
        "docx",
        format="gfm",
        outputfile=str(output),
        extra_args=[f"--reference-doc={style}", f"--lua-filter={WIDTHS}"],
    )


def write_style(path):
    """Write pandoc's reference document with narrow margins, small print and ruled tables, so
    that a document stays on one page.
    """
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    Path(path).write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
    document = docx.Document(path)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.8)
        section.top_margin = section.bottom_margin = Cm(1.5)
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.size, style.font.name, style.font.color.rgb = Pt(size), FONT, BLACK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]  # else the theme's font wins over ours
    for name in ("Body Text", "First Paragraph", "Compact"):
        document.styles[name].paragraph_format.space_before = Pt(3)
        document.styles[name].paragraph_format.space_after = Pt(3)
    document.styles["Table"].element.append(_rules())
    document.save(path)
    with ZipFile(path) as saved:
        parts = {name: saved.read(name) for name in saved.namelist()}
    with ZipFile(path, "w") as timeless:  # pandoc copies some parts with their time
        for name, content in parts.items():
            timeless.writestr(ZipInfo(name), content)


def _rules():
    """Thin lines around the cells of a table, as an element of its style."""
    properties, borders = OxmlElement("w:tblPr"), OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), "808080")
        borders.append(line)
    properties.append(borders)
    return properties


def sources():
    """The Markdown of every document by the name of its .docx."""
    named = {f"{path.stem}.docx": path for path in sorted(FOLDER.glob("*.md"))}
    return named | {"22_dossier_credit.docx": DOSSIER}


def make(output=FOLDER):
    """Write every document as .docx into a folder; returns the paths."""
    with tempfile.TemporaryDirectory() as scratch:
        style = Path(scratch) / "style.docx"
        write_style(style)
        made = []
        for name, source in sources().items():
            made.append(Path(output) / name)
            convert(source.read_text(encoding="utf-8"), made[-1], style)
    return made


if __name__ == "__main__":
    print(f"{len(make())} documents written to {FOLDER.relative_to(ROOT)}.")
