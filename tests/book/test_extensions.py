"""The book's own Sphinx extensions: front matter, results, quizzes, pages; and that a faulty book
does not build.
"""

import datetime
import hashlib
import json
import math
import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from _ext import accessibility, mathml, offline, solutions
from aipm.course import recorded
from coursekit import ROOT
from coursekit.content import card, frontmatter, questions, quoting

FIELDS = {
    "chapter": 5,
    "decision": "Do we believe it?",
    "objectives": [
        {"text": text, "exercises": ["05.1"], "quiz": ["one"], "guide": ["overfitting"]}
        for text in ("Read a gap.", "Count the tries.", "Refuse a used set.")
    ],
    "minutes": {"read": 10, "lab": 20, "exercises": 25, "quiz": 6},
    "level": "foundation",
    "prerequisites": [],
    "case": "Credit",
    "paths": ["weekend"],
    "placement": "one",
    "topic": "Overfitting",
    "explains": [],
    "takeaways": [
        "Scores flatter: {result}`05_overfitting/auc:.2f`.",
        "Choosing adds luck.",
        "Ask for unopened rows.",
    ],
}
OPTIONS = [
    {"text": "First", "right": True, "reason": "So."},
    {"text": "Second", "reason": "Not so."},
    {"text": "Third", "reason": "No."},
]
CHOICE = {"id": "one", "type": "choice", "question": "Which?", "options": OPTIONS}
NUMBER = {
    "id": "cut",
    "type": "number",
    "question": "Where?",
    "answer": 0.1,
    "tolerance": 0.01,
    "reason": "So.",
    "otherwise": "Count again.",
}
QUIZ = [CHOICE, CHOICE | {"id": "two", "type": "choices"}, NUMBER, CHOICE | {"id": "three"}]
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
RESULTS = {
    "auc": {"value": 0.7584, "n": 1604, "interval": [0.7301, 0.7822]},
    "loss": {"value": -0.075},
    "tiny": {"value": 4.1e-29},
    "tries": {"value": 200},
    "model": {"value": "a tree"},
    "held": {"value": True},
    "none": {"value": -0.0001},
}


def chapter(book, slug="05_overfitting", title="# Believe it", body="", **changes):
    """Write a chapter page; a field changed to None is left out."""
    fields = {key: value for key, value in (FIELDS | changes).items() if value is not None}
    verified = "" if "verified" in fields else "verified: 2026-11-22\n"
    page = book / f"{slug}.md"
    page.write_text(
        f"---\n{yaml.safe_dump(fields)}{verified}---\n\n{title}\n\n{body}", encoding="utf-8"
    )
    return page


@pytest.fixture
def book(tmp_path):
    book = tmp_path / "book"
    book.mkdir()
    (book / "guide.yml").write_text(
        yaml.safe_dump(
            {
                "sections": [
                    {
                        "title": "Skills",
                        "statements": [
                            {"id": "overfitting", "says": "Know it."},
                            {"id": "later", "says": "Know that too."},
                        ],
                    }
                ]
            }
        ),
        encoding="utf-8",
    )
    return book


@pytest.fixture
def write_quiz(tmp_path):
    def write(questions):
        path = tmp_path / "05_overfitting.yml"
        path.write_text(yaml.safe_dump({"questions": questions}), encoding="utf-8")
        return path

    return write


# Front matter


def test_front_matter_without_fault(book):
    page = chapter(book)
    assert frontmatter.problems(page) == []
    assert frontmatter.load(page)["slug"] == "05_overfitting"
    assert frontmatter.load(page)["title"] == "Believe it"
    assert list(frontmatter.all_chapters(book.parent)) == ["05_overfitting"]


@pytest.mark.parametrize("field", card.FIELDS)
def test_missing_field_is_named(book, field):
    page = chapter(book, **({field: None} if field != "verified" else {}))
    if field == "verified":
        page.write_text(
            page.read_text(encoding="utf-8").replace("verified: 2026-11-22\n", ""),
            encoding="utf-8",
        )
    assert frontmatter.problems(page) == [f"05_overfitting.md: {field!r} is missing; add it."]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("chapter", 6, "the file's name says 5"),
        ("chapter", "5", "the file's name says 5"),
        ("decision", "Overfitting", "ending in '?'"),
        ("objectives", FIELDS["objectives"][:1], "three to five"),
        ("objectives", ["Read a gap."] * 3, "its exercises, its quiz questions"),
        ("objectives", [FIELDS["objectives"][0] | {"quiz": []}] * 3, "its quiz questions"),
        ("objectives", "Read", "three to five"),
        ("minutes", {"read": 10}, "whole minutes for each"),
        ("minutes", FIELDS["minutes"] | {"quiz": "six"}, "whole minutes"),
        ("level", "basic", "foundation, core, advanced"),
        ("case", "credit", "Credit, Flights"),
        ("prerequisites", ["04_labels"], "there is no chapter '04_labels'"),
        ("prerequisites", ["05_overfitting"], "does not come before"),
        ("prerequisites", "none", "give a list"),
        (
            "objectives",
            [FIELDS["objectives"][0] | {"guide": ["overfiting"]}] * 3,
            "did you mean 'overfitting'",
        ),
        ("objectives", [FIELDS["objectives"][0] | {"guide": []}] * 3, "guide: [...]"),
        ("paths", ["managers"], "weekend, designer, engineer, executive"),
        ("placement", "", "the quiz question"),
        ("verified", "yesterday", "2026-11-22"),
        ("verified", datetime.date(2999, 1, 1), "a day that has come"),
        ("topic", "", "words that people search for"),
        ("topic", "T" * 41, "40 letters"),
        ("takeaways", ["One."], "three sentences"),
        ("explains", "AUC", "give a list"),
    ],
)
def test_malformed_field_is_named(book, field, value, said):
    [problem] = frontmatter.problems(chapter(book, **{field: value}))
    assert problem.startswith("05_overfitting.md:") and repr(field) in problem and said in problem


def test_unknown_field_gets_a_hint(book):
    assert frontmatter.problems(chapter(book, levle="core")) == [
        "05_overfitting.md: 'levle' is not a field; did you mean 'level'?"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Title\n", "no front matter"),
        ('---\ndecision: "open\n---\n# T\n', "not YAML"),
        ("---\njust text\n---\n# T\n", "no fields"),
    ],
)
def test_unreadable_front_matter_is_explained(book, text, said):
    page = book / "05_overfitting.md"
    page.write_text(text, encoding="utf-8")
    [problem] = frontmatter.problems(page)
    assert problem.startswith("05_overfitting.md") and said in problem


def test_page_without_title_is_named(book):
    assert "no title" in frontmatter.problems(chapter(book, title=""))[0]


# Results


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("auc:.2f", "0.76"),
        ("auc:.1%", "75.8\u00a0%"),
        ("auc[n]:,", "1,604"),
        ("auc[n]", "1604"),
        ("auc[interval]:.2f", "0.73\u00a0to\u00a00.78"),
        ("auc[low]:.3f", "0.730"),
        ("auc[high]:.3f", "0.782"),
        ("loss:pp", "−7.5"),
        ("loss:.0pp", "−8"),
        ("loss:+.3f", "−0.075"),
        ("tries", "200"),
        ("model", "a tree"),
        ("held", "yes"),
        ("tiny:.1e", "4.1\u00a0×\u00a010⁻²⁹"),
        ("none:.2f", "0.00"),
        ("none:pp", "0.0"),
    ],
)
def test_result_is_formatted(reference, shown):
    evidence = {"chapter": "05_overfitting", "results": RESULTS, "figures": {}}
    assert quoting.show(evidence, quoting.REFERENCE.fullmatch(reference)) == shown


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("aux:.2f", "did you mean auc?"),
        ("zebra:.2f", "it has auc"),
        ("auc", "say how to write it"),
        ("auc:.2q", "is not a format"),
        ("auc:d", "is not a format"),
        ("model:.2f", "takes no format"),
        ("loss[n]", "without n"),
        ("loss[interval]:.2f", "without an interval"),
        ("auc[median]:.2f", "[n], [interval], [low] or [high]"),
    ],
)
def test_result_that_cannot_be_shown_is_explained(reference, said):
    evidence = {"chapter": "05_overfitting", "results": RESULTS, "figures": {}}
    with pytest.raises(quoting.EvidenceError, match=re.escape(said)):
        quoting.show(evidence, quoting.REFERENCE.fullmatch(reference))


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 6))
def test_number_says_what_python_says(value, digits):
    shown = quoting.number(value, f".{digits}f")
    assert math.isclose(float(shown.replace("−", "-")), float(format(value, f".{digits}f")))
    assert "-" not in shown and shown not in ("−0", "−0.0")


@given(st.floats(0, 1))
def test_share_and_points_agree(share):
    assert quoting.number(share, ".1%") == quoting.number(share, ".1pp") + "\u00a0%"


def evidence_of(root, code="x = 1", **data):
    """A lab and the evidence that it recorded."""
    lab = root / "notebooks" / "labs" / "05_overfitting.ipynb"
    lab.parent.mkdir(parents=True, exist_ok=True)
    cells = [
        {
            "cell_type": "code",
            "source": code,
            "metadata": {},
            "outputs": [],
            "execution_count": 1,
            "id": "a",
        }
    ]
    cells = [{"cell_type": "markdown", "source": "# Lab 5", "metadata": {}, "id": "b"}, *cells]
    lab.write_text(
        json.dumps(
            {
                "cells": cells,
                "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        ),
        encoding="utf-8",
    )
    folder = root / "notebooks" / "evidence"
    (folder / "05_overfitting").mkdir(parents=True, exist_ok=True)
    png = folder / "05_overfitting" / "curve.png"
    Image.new("RGB", (84, 48)).save(png)
    figure = {
        "alt": "The test score rises, then falls.",
        "file": "05_overfitting/curve.png",
        "sha256": hashlib.sha256(png.read_bytes()).hexdigest(),
    }
    digest = hashlib.sha256(b"x = 1").hexdigest()
    entry = {
        "chapter": "05_overfitting",
        "lab": digest,
        "data": data,
        "results": RESULTS,
        "figures": {"curve": figure},
    }
    (folder / "05_overfitting.json").write_text(json.dumps(entry), encoding="utf-8")


def test_evidence_is_fresh_until_code_or_data_change(tmp_path):
    data = tmp_path / "aipm" / "datasets" / "data" / "credit.csv"
    data.parent.mkdir(parents=True)
    data.write_text("status", encoding="utf-8")
    digest = hashlib.sha256(b"status").hexdigest()
    evidence_of(tmp_path, credit=digest)
    assert recorded.problems(tmp_path, "05_overfitting") == []
    evidence_of(tmp_path, code="x = 2", credit=digest)
    assert "older than the code" in recorded.problems(tmp_path, "05_overfitting")[0]
    evidence_of(tmp_path, credit=digest, elsewhere="0" * 64)
    assert "the data set elsewhere" in recorded.problems(tmp_path, "05_overfitting")[0]
    evidence_of(tmp_path, credit=digest)
    data.write_text("stat", encoding="utf-8")  # a corrupt file
    assert "the data set credit" in recorded.problems(tmp_path, "05_overfitting")[0]


# Quizzes


def test_quiz_without_fault(write_quiz):
    assert questions.problems(write_quiz(QUIZ)) == []


@pytest.mark.parametrize(
    ("place", "change", "said"),
    [
        (0, {"id": "cut"}, "question cut: the id stands twice"),
        (0, {"id": "Bad Id"}, "question 1: its id is 'Bad Id'"),
        (0, {"type": "essay"}, "question one: its type is 'essay'"),
        (0, {"question": ""}, "question one: 'question' is empty"),
        (
            0,
            {"qestion": "x"},
            "question one: 'qestion' is not known here; did you mean 'question'?",
        ),
        (0, {"options": OPTIONS[:2]}, "question one: it has 2 options"),
        (0, {"options": None}, "question one: 'options' is missing"),
        (
            0,
            {"options": OPTIONS[1:] + [{"text": "Fourth", "reason": "No."}]},
            "question one: no option is right",
        ),
        (
            0,
            {"options": [OPTIONS[0], OPTIONS[1] | {"right": True}, OPTIONS[2]]},
            "question one: 2 options are right",
        ),
        (
            0,
            {"options": [{"text": "First", "right": True}, *OPTIONS[1:]]},
            "question one: options 1: 'reason' is missing",
        ),
        (
            0,
            {"options": [OPTIONS[0] | {"resaon": "x"}, *OPTIONS[1:]]},
            "question one: options 1: 'resaon' is not known here; did you mean 'reason'?",
        ),
        (
            0,
            {"options": [OPTIONS[0] | {"right": "yes"}, *OPTIONS[1:]]},
            "question one: options 1: 'right' is true or left out",
        ),
        (0, {"options": [*OPTIONS, OPTIONS[1]]}, "question one: two options read the same"),
        (
            1,
            {"options": [option | {"right": True} for option in OPTIONS]},
            "question two: every option is right",
        ),
        (2, {"tolerance": None}, "question cut: 'tolerance' is missing"),
        (2, {"answer": "a tenth"}, "question cut: 'answer' is no number"),
        (2, {"reason": None}, "question cut: 'reason' is missing"),
        (2, {"otherwise": None}, "question cut: 'otherwise' is missing"),
        (
            2,
            {"wrong": [{"answer": 0.105, "reason": "No."}]},
            "question cut: the answers 0.1 and 0.105 lie within",
        ),
        (2, {"wrong": [{"answer": 0.5}]}, "question cut: wrong 1: 'reason' is missing"),
        (2, {"wrong": "0.5"}, "question cut: 'wrong' is no list"),
    ],
)
def test_malformed_question_is_named(write_quiz, place, change, said):
    asked = [*QUIZ]
    asked[place] = {
        key: value for key, value in (asked[place] | change).items() if value is not None
    }
    found = questions.problems(write_quiz(asked))
    assert any(problem.endswith(said) or said in problem for problem in found), found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (QUIZ[:3], "it has 3 questions; write four to six"),
        (QUIZ * 2, "it has 8 questions"),
        ([CHOICE | {"id": f"q{n}"} for n in range(4)], "no question is of type number"),
        ("none", "write one key, 'questions'"),
    ],
)
def test_malformed_quiz_is_named(write_quiz, asked, said):
    assert any(said in problem for problem in questions.problems(write_quiz(asked)))


def test_missing_quiz_is_named(tmp_path):
    (tmp_path / "05_overfitting.yml").write_text("questions: [", encoding="utf-8")
    assert "not YAML" in questions.problems(tmp_path / "05_overfitting.yml")[0]
    assert questions.problems(tmp_path / "05_overfiting.yml") == [
        f"there is no {tmp_path.name}/05_overfiting.yml; did you mean 05_overfitting?"
    ]


# Finished pages


def test_page_loads_nothing_it_does_not_use():
    page = (
        '<script src="_static/scripts/fontawesome.js?digest=1"></script>\n<script'
        ' src="searchindex.js"></script>\n<script src="quiz.js"></script>\n'
    )
    assert offline.lighten(page) == '<script src="quiz.js"></script>\n'
    search = offline.lighten(page + '<div id="search-results"></div>')
    assert "searchindex.js" in search and "fontawesome" not in search


def test_tables_of_notebooks_scroll_and_empty_corners_are_no_headers():
    mended = accessibility.mend(
        '<table border="1" class="dataframe"><thead><tr><th></th><th>a</th></tr></thead></table>'
    )
    assert mended.startswith('<div class="table-scroll') and 'tabindex="0"' in mended
    assert '<td></td><th scope="col">a</th>' in mended and mended.endswith("</table></div>")
    written = (
        '<table class="table"><tr><th class="head"><p></p></th><th'
        ' class="head"><p>a</p></th></tr></table>'
    )
    assert (
        accessibility.mend(written) == '<table class="table"><tr><td class="head"></td><th'
        ' class="head" scope="row"><p>a</p></th></tr></table>'
    )


def test_branches_of_the_contents_are_named():
    branch = (
        '<a class="current reference internal" href="#"><span>5 · </span>A "good"'
        ' number</a><details open="open"><summary>'
    )
    assert accessibility.mend(branch).endswith(
        '<summary aria-label="Pages of 5 · A &quot;good&quot; number">'
    )


def test_solutions_lose_their_marks():
    sources = [
        ["depth = None\n", "### BEGIN SOLUTION\n", "depth = 5\n", "### END SOLUTION"],
        "### BEGIN SOLUTION\nDoubt it.\n### END SOLUTION",
    ]
    book = json.loads(
        solutions.without_marks(json.dumps({"cells": [{"source": source} for source in sources]}))
    )
    assert [cell["source"] for cell in book["cells"]] == ["depth = None\ndepth = 5", "Doubt it."]


def test_formula_is_mathml_with_its_text():
    formula = mathml.to_mathml(r"\frac{1}{a} < 2", "inline")
    assert formula.startswith('<math alttext="\\frac{1}{a} &lt; 2"') and "<mfrac>" in formula


# A whole book


@pytest.fixture
def tiny(book):
    """A book of one chapter with the project's own settings and extensions."""
    root = book.parent
    shutil.copy(ROOT / "_config.yml", root)
    for name in ("_ext", "_static"):
        shutil.copytree(
            ROOT / "book" / name, book / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    (root / "_toc.yml").write_text(
        yaml.safe_dump(
            {
                "format": "jb-book",
                "root": "book/index",
                "parts": [
                    {
                        "caption": "Part I",
                        "chapters": [
                            {
                                "file": "book/05_overfitting",
                                "sections": [
                                    {"file": f"notebooks/{kind}/05_overfitting"}
                                    for kind in ("labs", "exercises")
                                ],
                            }
                        ],
                    }
                ],
            }
        ),
        encoding="utf-8",
    )
    (book / "index.md").write_text(
        "# A course\n\n```{chapter-list}\n```\n\n```{guide-map}\n```\n", encoding="utf-8"
    )
    (book / "references.bib").write_text("", encoding="utf-8")
    (book / "facts.yml").write_text("[]", encoding="utf-8")
    evidence_of(root)
    (root / "notebooks" / "exercises").mkdir()
    shutil.copy(
        root / "notebooks" / "labs" / "05_overfitting.ipynb", root / "notebooks" / "exercises"
    )
    (book / "work_documents").mkdir()
    (book / "work_documents" / "05_protocol.md").write_text("# Protocol\n", encoding="utf-8")
    (book / "quizzes").mkdir()
    questions = [CHOICE | {"question": "Is {result}`auc:.2f` *good*?"}, *QUIZ[1:]]
    (book / "quizzes" / "05_overfitting.yml").write_text(
        yaml.safe_dump({"questions": questions}), encoding="utf-8"
    )
    body = (
        "```{chapter-card}\n```\n\nAUC {result}`auc:.2f`.\n\n```{lab-figure} curve\nIt"
        " *peaks*.\n```\n\n```{quiz} 05_overfitting\n```\n"
    )
    chapter(book, body=body)
    return root


def build(root, builder="html"):
    """Exit code and messages of the command that the project builds with."""
    command = [
        sys.executable,
        "-c",
        "from jupyter_book.cli.main import main; main()",
        "build",
        ".",
        "-W",
        "--keep-going",
        "-n",
        "-q",
    ]
    if builder != "html":
        command += ["--builder", "custom", "--custom-builder", builder]
    done = subprocess.run(
        command,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},  # the copy has no coursekit of its own
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, re.sub(r"\x1b\[[\d;]*m", "", done.stderr)


@pytest.mark.slow
def test_tiny_book_builds_and_follows_its_results(tiny):
    code, said = build(tiny)
    assert code == 0, said
    page = (tiny / "_build" / "html" / "book" / "05_overfitting.html").read_text(encoding="utf-8")
    assert '<span class="result">0.76</span>' in page
    assert re.search(
        r'<figure class="lab-figure"><img alt="The test score rises, then falls." height="48"'
        r' loading="lazy" src="[^"]+curve[^"]*" width="84"',
        page,
    )
    assert "1\u00a0h\u00a01\u00a0min" in page
    assert (
        "https://mybinder.org/v2/gh/" in page
        and "lab/tree/notebooks/exercises/05_overfitting.ipynb" in page
    )
    assert (
        len(re.findall('<form[^>]*class="quiz-question"', page)) == 4
        and 'Is <span class="result">0.76</span> <em>good</em>?' in page
    )
    landing = (tiny / "_build" / "html" / "book" / "index.html").read_text(encoding="utf-8")
    assert (
        "in a later chapter" in landing
        and "Do we believe it?" in landing
        and ">Overfitting<" in landing
    )
    lab = (tiny / "_build" / "html" / "notebooks" / "labs" / "05_overfitting.html").read_text(
        encoding="utf-8"
    )
    assert re.search(r"<title>5\s· Overfitting", page) and re.search(
        r"<title>5\s· Overfitting: lab", lab
    )
    assert re.search(r'class="reference internal"[^>]*>5\u00a0· Overfitting<', landing), (
        "the sidebar does not name the topic"
    )
    assert 'Scores flatter: <span class="result">0.76</span>' in page

    evidence = tiny / "notebooks" / "evidence" / "05_overfitting.json"
    evidence.write_text(
        evidence.read_text(encoding="utf-8").replace("0.7584", "0.9111"), encoding="utf-8"
    )
    assert build(tiny)[0] == 0
    page = (tiny / "_build" / "html" / "book" / "05_overfitting.html").read_text(encoding="utf-8")
    assert '<span class="result">0.91</span>' in page and "0.76" not in page


@pytest.mark.slow
def test_text_of_the_book_keeps_the_answers(tiny):
    code, said = build(tiny, "text")
    assert code == 0, said
    text = (tiny / "_build" / "text" / "book" / "05_overfitting.txt").read_text(encoding="utf-8")
    assert "✓ Right:** First So." in text and "Question 1 of 4" not in text and "0.76" in text


@pytest.mark.slow
def test_faulty_book_does_not_build_and_names_each_fault(tiny):
    page = tiny / "book" / "05_overfitting.md"
    text = page.read_text(encoding="utf-8")
    text = (
        text.replace("level: foundation", "level: easy")
        .replace("{result}`auc:.2f`", "{result}`aux:.2f`")
        .replace("{lab-figure} curve", "{lab-figure} curv")
    )
    page.write_text(text, encoding="utf-8")
    questions = tiny / "book" / "quizzes" / "05_overfitting.yml"
    questions.write_text(
        questions.read_text(encoding="utf-8").replace("tolerance: 0.01", "tolerence: 0.01"),
        encoding="utf-8",
    )
    evidence_of(tiny, code="x = 3")
    for _ in range(2):  # a second build must not pass because the page has not changed since
        code, said = build(tiny)
        assert code != 0
        assert re.search(
            r"05_overfitting\.md.*'level' is 'easy'; choose one of foundation, core, advanced",
            said,
        ), said
        line = (
            page.read_text(encoding="utf-8")
            .splitlines()
            .index(next(line for line in text.splitlines() if line.startswith("AUC")))
            + 1
        )
        assert re.search(rf"05_overfitting\.md:{line}: .*aux:\.2f.*did you mean auc", said), said
        assert re.search(r"05_overfitting\.md:\d+: .*curv.*did you mean curve", said), said
        assert (
            "quizzes/05_overfitting.yml, question cut: 'tolerence' is not known here; did you mean"
            " 'tolerance'?" in said
        ), said
        assert (
            "notebooks/evidence/05_overfitting.json is older than the code of its lab, or other"
            " cells ran when it was recorded: run make notebooks." in said
        ), said
