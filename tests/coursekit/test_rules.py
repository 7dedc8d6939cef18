"""A cell, a sentence or a page that goes over is named, and so is a slipped digit."""

import json

import nbformat
import pytest

from coursekit import ROOT
from coursekit.rules import anatomy, cells, prose, text_figures


def notebook(folder, *cells, kind="solutions"):
    """A notebook of code cells, each a source or a pair of source and tags; returns its path."""
    made = nbformat.v4.new_notebook()
    for cell in cells:
        source, tags = cell if isinstance(cell, tuple) else (cell, [])
        made.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
    path = folder / kind / "90_sample.ipynb"
    path.parent.mkdir(exist_ok=True)
    nbformat.write(made, path)
    return path


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "\n".join(f"line_{n} = {n}" for n in range(9)),
            "line 9: 9 lines; one step has at most 8",
        ),
        (
            "figure = plt.subplots()\n" + "\n".join(f"line_{n} = {n}" for n in range(12)),
            "line 13: 13 lines",
        ),
        ("value = " + "1 + " * 20 + "1", "line 1: 89 columns"),
        ("first = 1; second = 2", "line 1: two statements on one line"),
        ("if ready: first = 1", "line 1: two statements on one line"),
        ("first, second = 1, 2", "line 1: a tuple packs"),
        (
            "table = [[cell for cell in row] for row in rows]",
            "a comprehension inside a comprehension",
        ),
        (
            "table = [cell for row in rows for cell in row]",
            "a comprehension inside a comprehension",
        ),
        ("print(total := 3)", "named inside an expression"),
        ("order = scores.argsort()", "argsort is index arithmetic"),
        ("np.maximum.at(best, page, score)", "at is index arithmetic"),
        ("pairs = scores[:, None] > others", "[None] adds an axis"),
        ("q = 3", "'q' says nothing"),
        ("df = table.copy()", "'df' says nothing"),
        ("def cost(bad):\n    return bad", "cost has no docstring"),
        (
            'def cost(bad):\n    """Cost.\n\n    In money.\n    """\n    return bad',
            "a docstring of several lines",
        ),
        ("evidence.record('auc', 0.5)", "evidence.record stands where a learner reads"),
        (("model.fit(X, y)", ["remove-cell"]), "a hidden cell works"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(tmp_path, source, said):
    path = notebook(tmp_path, "first_cell = 1", source)
    found = cells.notebook_problems(path)
    assert any(
        problem.startswith("solutions/90_sample, cell 1, line") and said in problem
        for problem in found
    ), found


def test_a_cell_that_can_be_read_is_left_alone(tmp_path):
    good = 'def cost(bad):\n    """Money lost on a loan."""\n    return 5 * bad'
    hidden = ("for key, value in found.items():\n    evidence.record(key, value)", ["remove-cell"])
    path = notebook(
        tmp_path, good, "X_train, X_test = train_test_split(X)", "found = {'auc': 0.5}", hidden
    )
    assert cells.notebook_problems(path) == []


def test_what_only_a_hidden_cell_makes_is_named(tmp_path):
    path = notebook(tmp_path, ("limit = 3", ["remove-cell"]), "print(limit)")
    assert cells.notebook_problems(path) == [
        "solutions/90_sample, cell 1: it uses limit, which only a hidden cell makes; make it where"
        " the reader sees it."
    ]


@pytest.mark.parametrize("count", [19, 35])
def test_a_lab_of_another_length_is_named(tmp_path, count):
    path = notebook(
        tmp_path, *["print(1)"] * count, ("evidence.save()", ["remove-cell"]), kind="labs"
    )
    assert (
        f"labs/90_sample: {count} cells to read; a lab has 20 to 34"
        in cells.notebook_problems(path)[0]
    )


def test_what_lab_and_solutions_both_define_is_named(tmp_path):
    for kind in ("labs", "solutions"):
        (
            notebook(
                tmp_path / "notebooks",
                'def cost(bad):\n    """Cost."""\n    return bad',
                kind=kind,
            )
            if (tmp_path / "notebooks").mkdir(exist_ok=True) is None
            else None
        )
    assert any(
        "both define cost; define it once, in aipm" in problem
        for problem in cells.problems(tmp_path)
    )


PAGE = (
    "---\ntopic: T\ntakeaways: []\nexplains: [AUC]\nprerequisites: []\n---\n# Head\n\nAn"
    " {term}`AUC` of {result}`a:.2f` ({result}`a[interval]:.2f`) beats {result}`b:.2f`.\n"
)


@pytest.fixture
def page(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "glossary.md").write_text(
        "# Glossary\n\n```{glossary}\nAUC\n  A share of pairs.\n\nrecall\n  A share.\n```\n",
        encoding="utf-8",
    )

    def write(text):
        (tmp_path / "book" / "90_sample.md").write_text(text, encoding="utf-8")
        return prose.problems(tmp_path)

    return write


def test_a_page_with_room_is_left_alone(page):
    assert page(PAGE) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda text: text.replace("beats", "and {result}`c:.2f` beat"),
            (
                "3 measured quantities (a, c, b) in one sentence, at most 2: “An {term}`AUC` of #"
                " (#) and #"
            ),
        ),
        (
            lambda text: text + "".join(f"\nSo {{result}}`key_{n}:.2f`.\n" for n in range(44)),
            "46 measured quantities outside tables and figures, at most 45",
        ),
        (
            lambda text: text.replace("# Head\n", "# Head\n\nAUC it is.\n"),
            "the first use of 'AUC' is no link",
        ),
        (
            lambda text: text + "\nThe {term}`recall` is high.\n",
            "'recall' is explained neither here nor in a chapter that its card asks for",
        ),
        (
            lambda text: text.replace("[AUC]", "[AUC, recall]"),
            "'explains' lists 'recall', which the page does not link",
        ),
        (
            lambda text: text.replace(
                "takeaways: []",
                'takeaways: ["{result}`a:.1f`, {result}`b:.1f` and {result}`c:.1f`."]',
            ),
            "takeaways: 3 measured quantities",
        ),
    ],
)
def test_a_page_without_room_is_named(page, change, said):
    found = page(change(PAGE))
    assert any(problem.startswith("book/90_sample.md") and said in problem for problem in found), (
        found
    )


def test_tables_and_figures_do_not_count(page):
    row = "| {result}`c:.2f` | {result}`d:.2f` | {result}`e:.2f` |\n"
    assert (
        page(
            PAGE
            + "\n| a | b | c |\n|---|---|---|\n"
            + row * 20
            + "\n```{lab-figure} curve\n{result}`f:.1f` {result}`g:.1f` {result}`h:.1f`\n```\n"
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("AUC falls to 0.76.", False),
        ("AUC falls to .76.", False),
        ("76 % of it.", False),
        ("95 % interval", False),
        ("1,604 rows", False),
        ("AUC falls to 0.86.", True),
        ("AUC falls to 0.758.", True),
        ("77 % of it.", True),
        ("1,605 rows", True),
    ],
)
def test_a_slipped_digit_in_a_notebook_is_noticed(tmp_path, text, noticed):
    made = nbformat.v4.new_notebook()
    output = nbformat.v4.new_output("stream", text="AUC 0.7617 on 1,604 rows\n")
    made.cells = [
        nbformat.v4.new_markdown_cell("# Lab"),
        nbformat.v4.new_markdown_cell("## Part"),
        nbformat.v4.new_code_cell("print(auc)", outputs=[output]),
        nbformat.v4.new_markdown_cell(text),
        nbformat.v4.new_markdown_cell("## End"),
    ]
    path = tmp_path / "90_sample.ipynb"
    nbformat.write(made, path)
    found = list(text_figures.notebook_problems(path, {}))
    assert bool(found) == noticed and all(
        text.split()[0] in problem or "stands in no output" in problem for problem in found
    )


@pytest.mark.slow
def test_most_slipped_digits_in_the_real_labs_are_noticed(tmp_path):
    """Every figure of the labs' text in turn gets another first digit."""
    slips = noticed = 0
    for slug in anatomy.slugs(ROOT):
        path = ROOT / "notebooks" / "labs" / f"{slug}.ipynb"
        evidence = ROOT / "notebooks" / "evidence" / f"{slug}.json"
        records = json.loads(evidence.read_text(encoding="utf-8"))["results"]
        content, changed = json.loads(path.read_text(encoding="utf-8")), tmp_path / path.name
        clean = len(list(text_figures.notebook_problems(path, records)))
        for cell in content["cells"]:
            text = "".join(cell["source"]) if cell["cell_type"] == "markdown" else ""
            for match in text_figures.FIGURE.finditer(text):
                digit = next((d for d in match[2] if d in "123456789"), None)
                if digit is None:
                    continue
                place = text.index(digit, match.start(2))
                cell["source"] = text[:place] + str(int(digit) % 9 + 1) + text[place + 1 :]
                changed.write_text(json.dumps(content), encoding="utf-8")
                slips += 1
                noticed += len(list(text_figures.notebook_problems(changed, records))) > clean
                cell["source"] = text
    assert noticed >= slips / 3, f"of {slips} slipped digits only {noticed} are noticed"
