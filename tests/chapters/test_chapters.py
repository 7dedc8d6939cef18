"""Every chapter is whole; whatever is taken away is missed by name."""

import json
import re
import shutil

import pytest
import yaml

import facts
from coursekit import ROOT, anatomy, frontmatter

SLUGS = anatomy.slugs(ROOT)
SLUG = SLUGS[0]


def test_every_chapter_is_whole():
    assert not anatomy.problems(ROOT), "\n".join(anatomy.problems(ROOT))


@pytest.fixture
def copy(tmp_path):
    """The parts of the project that make chapters, to take pieces from."""
    for name in ("_toc.yml", "_config.yml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("book", "notebooks", "aipm"):
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns(
                "__pycache__", *(["data"] if name == "notebooks" else [])
            ),
        )
    (tmp_path / "notebooks" / "data").symlink_to(ROOT / "notebooks" / "data")
    assert not anatomy.problems(tmp_path)
    return tmp_path


def misses(root, *words):
    found = anatomy.problems(root)
    assert any(
        all(word in problem for word in words) for problem in found
    ), f"no message names {words}: {found}"


@pytest.mark.parametrize("piece", [piece.format(slug=SLUG) for piece in anatomy.PIECES])
def test_a_missing_piece_is_named(copy, piece):
    (copy / piece).unlink()
    misses(copy, piece, "is missing")


@pytest.mark.parametrize("part", anatomy.PAGE_PARTS)
def test_a_missing_part_of_the_page_is_named(copy, part):
    page = copy / "book" / f"{SLUG}.md"
    page.write_text(page.read_text().replace(part, ""))
    misses(copy, f"book/{SLUG}.md", anatomy.PAGE_PARTS[part])


@pytest.mark.parametrize(
    "field",
    [
        "chapter",
        "decision",
        "objectives",
        "minutes",
        "level",
        "prerequisites",
        "case",
        "guide",
        "verified",
    ],
)
def test_a_missing_front_matter_field_is_named(copy, field):
    page = copy / "book" / f"{SLUG}.md"
    head, body = page.read_text().removeprefix("---\n").split("\n---\n", 1)
    fields = {key: value for key, value in yaml.safe_load(head).items() if key != field}
    page.write_text(f"---\n{yaml.safe_dump(fields)}\n---\n{body}")
    misses(copy, f"{SLUG}.md", field)


def test_too_few_objectives_are_named(copy):
    page = copy / "book" / f"{SLUG}.md"
    head, body = page.read_text().removeprefix("---\n").split("\n---\n", 1)
    fields = yaml.safe_load(head)
    fields["objectives"] = fields["objectives"][:1]
    page.write_text(f"---\n{yaml.safe_dump(fields)}\n---\n{body}")
    misses(copy, f"{SLUG}.md", "objectives")


@pytest.mark.parametrize("kind", ["exercises", "quiz"])
def test_an_objective_that_nothing_practises_or_tests_is_named(copy, kind):
    page = copy / "book" / f"{SLUG}.md"
    head, body = page.read_text().removeprefix("---\n").split("\n---\n", 1)
    fields = yaml.safe_load(head)
    fields["objectives"][1][kind] = ["nothing"]
    page.write_text(f"---\n{yaml.safe_dump(fields)}\n---\n{body}")
    misses(copy, f"{SLUG}.md", fields["objectives"][1]["text"], kind, "'nothing'")


def test_a_missing_template_is_named(copy):
    template = next((copy / "book" / "templates").glob(f"{SLUG[:2]}_*"))
    template.unlink()
    misses(copy, f"templates/{template.name}", "is missing")


def test_a_missing_alt_text_is_named(copy):
    lab = copy / "notebooks" / "labs" / f"{SLUG}.ipynb"
    notebook = json.loads(lab.read_text())
    cell = next(c for c in notebook["cells"] if "mystnb" in c["metadata"])
    del cell["metadata"]["mystnb"]
    lab.write_text(json.dumps(notebook))
    misses(copy, f"notebooks/labs/{SLUG}.ipynb", "alt text")


def test_a_missing_figure_is_named(copy):
    figure = next((copy / "notebooks" / "evidence" / SLUG).glob("*.png"))
    figure.unlink()
    misses(copy, figure.name, "make notebooks")


def test_changed_code_makes_its_evidence_stale(copy):
    lab = copy / "notebooks" / "labs" / f"{SLUG}.ipynb"
    notebook = json.loads(lab.read_text())
    next(c for c in notebook["cells"] if c["cell_type"] == "code")["source"] += "\n1 + 1"
    lab.write_text(json.dumps(notebook))
    misses(copy, f"notebooks/evidence/{SLUG}.json", "older than the code")


def test_a_changed_data_set_makes_evidence_stale(copy):
    evidence = copy / "notebooks" / "evidence" / f"{SLUG}.json"
    entry = json.loads(evidence.read_text())
    entry["data"] = {name: "0" * 64 for name in entry["data"]}
    evidence.write_text(json.dumps(entry))
    misses(copy, evidence.name, "another version of the data set")


def test_a_piece_without_a_chapter_is_named(copy):
    (copy / "book" / "quizzes" / "77_stray.yml").write_text("questions: []")
    misses(copy, "77_stray.yml", "belongs to no chapter")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda q: q.pop("reason"), "'reason' is missing"),
        (lambda q: q.update(type="essay"), "choose one of number, choice, choices"),
        (lambda q: q.update(wrong=[{"answer": 1e9, "reason": ""}]), "'reason' is empty"),
        (
            lambda q: q.update(wrong=[{"answer": q["answer"], "reason": "So."}]),
            "within each other's tolerance",
        ),
    ],
)
def test_a_faulty_answer_bank_is_named(copy, change, said):
    bank = copy / "aipm" / "answers" / f"{SLUG}.yml"
    content = yaml.safe_load(bank.read_text())
    question = next(q for q in content["questions"] if q["type"] == "number")
    change(question)
    bank.write_text(yaml.safe_dump(content))
    misses(copy, bank.name, question["id"], said)


def test_facts_are_dated_and_sourced(tmp_path):
    assert not facts.problems(ROOT / "book" / "facts.yml")
    (tmp_path / "facts.yml").write_text(
        "- {id: a, says: So., date: 2026-01-01, checked: 2026-01-01, sure: maybe}"
    )
    found = " ".join(facts.problems(tmp_path / "facts.yml"))
    assert "source is missing" in found and "'maybe'" in found


TYPED = re.compile(r"(?<![\w{`/.:,–-])(?:\d+(?:\.\d+)?\s?%|0?\.\d{2,}(?![\w}.]))")
CONVENTIONS = {
    "100 %",
    "95 %",
    "90 %",
    "80 %",
    "50 %",
    "0.05",
}  # levels and definitions, which no lab measures


@pytest.mark.parametrize("slug", SLUGS)
def test_no_measured_number_is_typed(slug):
    page = (ROOT / "book" / f"{slug}.md").read_text()
    quiz = (ROOT / "book" / "quizzes" / f"{slug}.yml").read_text()
    allowed = CONVENTIONS | set(frontmatter.load(ROOT / "book" / f"{slug}.md").get("given", []))
    for name, text in (
        (f"book/{slug}.md", page.split("\n---\n", 1)[1]),
        (f"book/quizzes/{slug}.yml", quiz),
    ):
        plain = re.sub(
            r"\{[\w:]+\}`[^`]*`|`[^`]*`|^\s*-? ?(answer|tolerance):.*$|answer: [\d./]+|tolerance:"
            r" [\d.]+",
            " ",
            text,
            flags=re.M,
        )
        typed = {re.sub(r"\s?%", " %", number) for number in TYPED.findall(plain)} - allowed
        assert not typed, (
            f"{name} has figures that were typed: {', '.join(sorted(typed))}. Record them in the"
            " lab and quote them with {result}; a convention or an input you chose goes into"
            " the page's front matter under 'given'."
        )
