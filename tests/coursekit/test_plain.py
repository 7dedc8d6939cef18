"""Each rule of the plain style finds a sentence that it must, and leaves one that it must not."""

import json
import shutil

import nbformat
import pytest

from coursekit import ROOT
from coursekit.content import frontmatter
from coursekit.content.card import Card
from coursekit.rules import __main__ as rules
from coursekit.rules import plain
from coursekit.rules.plain import figures, form, lengths, markdown, predictions, tables, words
from coursekit.rules.plain.passages import Printer
from coursekit.rules.plain.splitting import sentences

SLUG = "90_sample"
RESULTS = {
    "auc": {"value": 0.7132, "n": 59, "interval": [0.68, 0.74]},
    "share": {"value": 0.331, "n": 59},
    "other": {"value": 0.3312, "n": 59},
}


def read(text):
    return markdown.read(
        text, "page", Printer({SLUG: {"chapter": SLUG, "results": RESULTS}}, SLUG)
    )


def said_of(check, text):
    return "\n".join(check(read(text).passages))


@pytest.mark.parametrize(
    ("bad", "told", "good"),
    [
        ("A deal of the loans.", "random split", "A dealer sells cars."),
        ("We dealt the loans anew.", "again", "We split the loans again."),
        ("They deal with a great deal of data.", "random split", "They work with much data."),
        ("We choose them by lot.", "drawn at random", "We buy a whole lot."),
        ("The dearest model wins.", "most expensive", "The most expensive model wins."),
        ("Retraining mends the model.", "fix", "Retraining fixes the amendment."),
        ("Lower the cut to 0.3.", "threshold", "We cut the year into weeks."),
        ("Two cuts compute the same.", "threshold", "The reply was cut off at a cut-off."),
        ("The women's cut is lower.", "threshold", "The tokenizer cuts words into pieces."),
        ("Two raters part on 12 % of them.", "disagree", "Six part-timers took part in it."),
        ("Where they part, ask a third.", "disagree", "They are part of the team."),
        ("The table told on six people.", "revealed", "We told one person."),
        ("The model keeps its word.", "is calibrated", "The model keeps its weights."),
        ("Hand all of them over.", "pass to a person", "A form over there is filled by hand."),
        ("Whoever pays decides.", "anyone who", "The lender pays."),
        ("It is thrice the rate.", "three times", "It is three times the rate."),
        ("Nought of thirty failed.", "zero", "None of thirty failed."),
        ("Vendors boasted of it.", "claim", "Vendors spoke of it."),
        ("The two are at par.", "equal", "The two are equal at parity."),
        ("Five stand in company.", "everyday word", "Five work in companies."),
        ("It stands under the rate.", "lies below", "It stands under the roof."),
        ("The guide says so.", "its title", "The labelling guide says so."),
    ],
)
def test_a_word_to_avoid_is_named_with_what_to_write(bad, told, good):
    assert told in said_of(words.problems, bad)
    assert said_of(words.problems, good) == ""


@pytest.mark.parametrize(
    "text",
    ['She said "a fair deal" to us.', "He wrote “mend it”.", "> A deal is a deal.", "Run `deal`."],
)
def test_what_somebody_else_said_keeps_its_words(text):
    assert said_of(words.problems, text) == ""


def test_a_finding_names_the_page_the_line_and_the_sentence():
    (found,) = words.problems(read("One line.\n\nTwo things are fine.\nThe deal is not.").passages)
    assert found.startswith("page, line 4: for 'deal' write") and "“The deal is not.”" in found


LONG = "The model ranks " + "and ranks " * 16 + "it."


@pytest.mark.parametrize(
    ("bad", "told", "good"),
    [
        (LONG, "36 words, at most 35", LONG.replace("and ranks it", "and ranks")),
        ("One state and four quiet years.", "no verb", "Rows 2 and 3 apply."),
        ("It asks how far they moved.", "bare 'It'", "This index asks how far they moved."),
        ("It was Monday's forecast.", "bare 'It'", "It is late in the evening of 10 July."),
        ("This changes the decision.", "bare 'This'", "This change alters the decision."),
        ("That names no group.", "bare 'That'", "That group has no name."),
        ("They forecast the storms.", "bare 'They'", "The models forecast storms."),
        ("Both cost the same.", "bare 'Both'", "Both costs are the same."),
        ("One of them is late.", "bare 'One'", "One storm delays a whole day's flights."),
        ("These also fell.", "bare 'These'", "These two rates also fell."),
        ("This reduced the error.", "bare 'This'", "This trained model errs less."),
    ],
)
def test_the_form_of_a_sentence(bad, told, good):
    assert told in said_of(form.problems, bad)
    assert said_of(form.problems, good) == ""


def test_headings_cells_captions_and_labels_may_be_fragments():
    text = (
        "## Four changes\n\n**More of everything.** In May flights were late.\n\n"
        "- Vela: a study of old models.\n- first choice\n\n| a rate | a cost |\n|--|--|\n| No | "
        "None. |\n\n```{lab-figure} one\nTwo panels, one model.\n```\n"
    )
    assert said_of(form.problems, text) == ""


def test_one_sentence_in_ten_may_be_short():
    long = "The lender refuses every third of its new applicants. "
    check = lambda text: list(form.short_sentences(read(text).passages, "page"))  # noqa: E731
    assert check(long * 9 + "The rest wait.") == []
    assert "2 of 11 sentences" in check(long * 9 + "The rest wait. Nobody asks.")[0]


def test_new_numbers_of_a_paragraph_are_counted():
    bad = "Of 20 flights 7 were late, and the model said 5."
    assert "3 new numbers (20, 7, 5)" in said_of(figures.problems, bad)
    assert "3 new numbers" in said_of(
        figures.problems, "{result}`auc:.2f` and {result}`share:.0%` are above 0.25."
    )
    for good in (
        "Of 20 flights 7 were late.\n\nOf 20 flights 7 were late, and the model said 5.",
        "% by hand\n" + bad,
        "On 10 July 2013 at 9:00, rows 2 and 3 of chapter 14 apply to 12 of `7` flights.",
        "| a | b | c |\n|--|--|--|\n| 1 | 2 | 3 |",
        "## Take to work\n\n" + bad,
    ):
        assert said_of(figures.problems, good) == "", good


def test_numbers_of_a_page_are_counted():
    pairs = [f"The rate was {n} and then {n + 50}." for n in range(20, 35)]
    assert said_of(figures.problems, "\n\n".join(pairs)) == ""
    assert "31 numbers outside" in said_of(
        figures.problems, "\n\n".join([*pairs, "Add 0.5 to it."])
    )


def test_one_figure_for_two_records_is_named_and_two_in_a_table_are_not():
    bad = "Late were {result}`share:.0%`.\n\nForecast were {result}`other:.0%`."
    assert "'33 %' stands for 90_sample/share and for 90_sample/other" in said_of(
        figures.records, bad
    )
    for good in (
        "Late were {result}`share:.0%`, and again {result}`share:.0%`.",
        "| a | b |\n|--|--|\n| {result}`share:.0%` | {result}`other:.0%` |",
        "We saw {result}`share[n]` and {result}`other[n]` days.",
    ):
        assert said_of(figures.records, good) == ""


def test_one_record_in_two_units_is_named():
    bad = "It is {result}`share:.0%`.\n\n| a |\n|--|\n| {result}`share:.2f` |"
    assert "90_sample/share is written in 2 ways" in said_of(figures.records, bad)
    good = "It is {result}`auc:.2f` ({result}`auc[interval]:.2f`, {result}`auc[n]` days)."
    assert said_of(figures.records, good) == ""


def table(rows=2, columns=2, empty="0", head="head"):
    lines = ["|" + f" {head} |" * columns, "|" + "--|" * columns]
    lines += ["|" + f" {empty} |" + " 1 |" * (columns - 1)] + ["|" + " 1 |" * columns] * (rows - 1)
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("bad", "told", "good"),
    [
        (table(rows=6), "has 6 rows, at most 5", table(rows=5)),
        (table(columns=5), "has 5 columns, at most 4", table(columns=4)),
        (table(empty=""), "an empty cell in row 1, column 1", table(empty="none")),
        (table(head=""), "an empty cell in the head", table()),
    ],
)
def test_a_table_has_room(bad, told, good):
    def check(text):
        return "\n".join(tables.problems(read(text + "\n\nThe last row is equal.").tables))

    assert told in check(bad) and check(good) == ""


def test_a_sentence_follows_a_table_and_a_lab_may_have_a_large_one():
    (found,) = tables.problems(read(table() + "\n\n## Next\n").tables)
    assert "no sentence after it" in found
    large = read(table(rows=9) + "\n\nThe rows are equal.").tables
    assert list(tables.problems(large, page=False)) == []


def test_the_filled_form_is_free():
    assert list(tables.problems(read("## Take to work\n\n" + table(9, head="")).tables)) == []


def test_a_long_page_and_a_long_reason_are_named():
    body = "The lender refuses nobody here. " * 400  # 2,000 words
    free = "\n\n## Take to work\n\nThe form is long.\n\n" + table()
    assert list(lengths.page(read(body + free), "page")) == []
    assert "2,002 words" in next(lengths.page(read(body + "Add two." + free), "page"))
    quiz = [("reason", read("word " * 36)), ("reason", read("word " * 35)), ("text", read(body))]
    assert ["36 words" in found for found in lengths.reasons(quiz)] == [True]


@pytest.mark.parametrize(
    ("key", "found"), [("late_7", True), ("late_all", False), ("auc", False), ("cost_6", True)]
)
def test_a_predict_whose_answer_the_page_prints(key, found):
    cell, text = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell
    recorded = 'for month in (7, 9):\n    evidence.record(f"late_{month}", 0)'
    lab = nbformat.v4.new_notebook(
        cells=[
            text("**Predict:** how many were late?"),
            cell("late"),
            cell(recorded + '\nevidence.record("cost_" + str(6), 1)'),
            text("One in three was late."),
            cell('evidence.record("late_all", 1)\nevidence.record("auc", 1)'),
        ]
    )
    said = list(predictions.problems(lab, "lab", {key}))
    assert bool(said) == found
    if found:
        assert said[0].startswith("lab, cell 0:") and key in said[0]


def test_a_sentence_ends_where_a_reader_ends_it():
    text = "Art. 22 holds, e.g. In Spain. It was 45 °F. Does it? (It does.) So `a. B` is."
    (passage,) = read(text).passages
    assert [len(one.words) for one in sentences(passage)] == [6, 4, 2, 2, 3]


def test_the_glossary_waits_for_the_last_chapter():
    text = "# Glossary\n\n```{glossary}\nA/B test\n  Users are dealt at random.\n```\n"
    (found,) = plain.glossary(text, "book/glossary.md")
    assert found.startswith("book/glossary.md, line 4: for 'dealt' write random split")
    assert plain.glossary(text.replace("dealt", "split"), "book/glossary.md") == []


@pytest.fixture
def book(tmp_path):
    """A copy of one chapter, and a function that marks it for an edition."""
    slug = "14_monitoring_drift"
    for name in (
        *(f"book/{slug}.md", f"book/quizzes/{slug}.yml", f"aipm/course/answers/{slug}.yml"),
        *(f"notebooks/{kind}/{slug}.ipynb" for kind in ("labs", "solutions")),
        f"notebooks/evidence/{slug}.json",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "book" / "glossary.md").write_text("All fits anew.\n", encoding="utf-8")

    def mark(edition, extra=""):
        page = tmp_path / "book" / f"{slug}.md"
        lines = page.read_text(encoding="utf-8").splitlines()
        lines = [line for line in lines if not line.startswith("edition:")]
        lines.insert(1, f"edition: {edition}" if edition else "given_later: 0")
        page.write_text("\n".join(lines) + extra + "\n", encoding="utf-8")
        return tmp_path

    return mark


def test_only_a_chapter_of_the_third_edition_is_held_to_it(book):
    extra = "\n\nThe last deal stands here."
    assert plain.problems(book(None, extra)) == []
    found = plain.problems(book(3))
    assert any("for 'deal' write" in one for one in found), found
    assert "book/glossary.md, line 1: for 'anew' write again: “All fits anew.”" in found
    assert not any("glossary" in one for one in plain.problems(book(3), "14_monitoring_drift"))
    assert plain.problems(book(3), "05_overfitting") == []


def test_a_line_is_counted_from_the_top_of_the_file(book):
    root = book(None, "\n\nThe last deal stands here.")
    page = (root / "book" / "14_monitoring_drift.md").read_text(encoding="utf-8").splitlines()
    where = f"book/14_monitoring_drift.md, line {page.index('The last deal stands here.') + 1}:"
    assert any(one.startswith(where) for one in plain.findings(root, "14_monitoring_drift"))


@pytest.mark.parametrize(("value", "right"), [("3", True), ("2", False), ("third", False)])
def test_the_card_knows_the_edition(book, value, right):
    page = book(value) / "book" / "14_monitoring_drift.md"
    said = [one for one in frontmatter.problems(page) if "'edition'" in one]
    assert bool(said) != right and not Card.model_fields["edition"].is_required()


def test_make_check_asks_for_the_plain_style(monkeypatch):
    monkeypatch.setattr(plain, "problems", lambda root, slug: [f"plain was asked of {slug}"])
    assert "plain was asked of 05_overfitting" in rules.problems(ROOT, "05_overfitting")


def test_the_lists_of_the_course_can_be_read():
    found = plain.findings(ROOT, "06_metrics_and_thresholds", {})
    assert all(": " in one for one in found) and json.dumps(found)
