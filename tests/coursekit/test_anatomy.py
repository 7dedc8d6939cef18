"""Whatever is taken away from a chapter is missed by name."""

import json
import shutil

import pytest
import yaml

from coursekit import ROOT
from coursekit.content import frontmatter
from coursekit.rules import anatomy, facts

SLUG = next(
    slug
    for slug in anatomy.slugs(ROOT)
    if not frontmatter.load(ROOT / "book" / f"{slug}.md")["prerequisites"]
)
PLACES = [
    *(piece.format(slug=SLUG) for piece in anatomy.PIECES),
    f"notebooks/evidence/{SLUG}/*",
    f"book/work_documents/{SLUG[:2]}_*",
    "book/guide.yml",
]


@pytest.fixture
def copy(tmp_path):
    """A project of one chapter, to take pieces from."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    toc["parts"] = [{"chapters": [{"file": f"book/{SLUG}"}]}]
    (tmp_path / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    pieces = [path for place in PLACES for path in ROOT.glob(place)]
    for path in pieces:
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (tmp_path / "aipm" / "datasets").mkdir(parents=True, exist_ok=True)
    (tmp_path / "aipm" / "datasets" / "data").symlink_to(ROOT / "aipm" / "datasets" / "data")
    assert not anatomy.problems(tmp_path)
    return tmp_path


def misses(root, *words):
    found = anatomy.problems(root)
    assert any(all(word in problem for word in words) for problem in found), (
        f"no message names {words}: {found}"
    )


@pytest.mark.parametrize("piece", [piece.format(slug=SLUG) for piece in anatomy.PIECES])
def test_a_missing_piece_is_named(copy, piece):
    (copy / piece).unlink()
    misses(copy, piece, "is missing")


@pytest.mark.parametrize("part", anatomy.PAGE_PARTS)
def test_a_missing_part_of_the_page_is_named(copy, part):
    page = copy / "book" / f"{SLUG}.md"
    page.write_text(page.read_text(encoding="utf-8").replace(part, ""), encoding="utf-8")
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
        "paths",
        "placement",
        "verified",
    ],
)
def test_a_missing_front_matter_field_is_named(copy, field):
    page = copy / "book" / f"{SLUG}.md"
    head, body = page.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    fields = {key: value for key, value in yaml.safe_load(head).items() if key != field}
    page.write_text(f"---\n{yaml.safe_dump(fields)}\n---\n{body}", encoding="utf-8")
    misses(copy, f"{SLUG}.md", field)


def test_too_few_objectives_are_named(copy):
    page = copy / "book" / f"{SLUG}.md"
    head, body = page.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    fields = yaml.safe_load(head)
    fields["objectives"] = fields["objectives"][:1]
    page.write_text(f"---\n{yaml.safe_dump(fields)}\n---\n{body}", encoding="utf-8")
    misses(copy, f"{SLUG}.md", "objectives")


@pytest.mark.parametrize("kind", ["exercises", "quiz"])
def test_an_objective_that_nothing_practises_or_tests_is_named(copy, kind):
    page = copy / "book" / f"{SLUG}.md"
    head, body = page.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    fields = yaml.safe_load(head)
    fields["objectives"][1][kind] = ["nothing"]
    page.write_text(f"---\n{yaml.safe_dump(fields)}\n---\n{body}", encoding="utf-8")
    misses(copy, f"{SLUG}.md", fields["objectives"][1]["text"], kind, "'nothing'")


def test_a_missing_work_document_is_named(copy):
    document = next((copy / "book" / "work_documents").glob(f"{SLUG[:2]}_*"))
    document.unlink()
    misses(copy, f"work_documents/{document.name}", "is missing")


def test_a_missing_alt_text_is_named(copy):
    lab = copy / "notebooks" / "labs" / f"{SLUG}.ipynb"
    notebook = json.loads(lab.read_text(encoding="utf-8"))
    cell = next(c for c in notebook["cells"] if "mystnb" in c["metadata"])
    del cell["metadata"]["mystnb"]
    lab.write_text(json.dumps(notebook), encoding="utf-8")
    misses(copy, f"notebooks/labs/{SLUG}.ipynb", "alt text")


def test_a_missing_figure_is_named(copy):
    figure = next((copy / "notebooks" / "evidence" / SLUG).glob("*.png"))
    figure.unlink()
    misses(copy, figure.name, "make notebooks")


def test_changed_code_makes_its_evidence_stale(copy):
    lab = copy / "notebooks" / "labs" / f"{SLUG}.ipynb"
    notebook = json.loads(lab.read_text(encoding="utf-8"))
    next(c for c in notebook["cells"] if c["cell_type"] == "code")["source"] += "\n1 + 1"
    lab.write_text(json.dumps(notebook), encoding="utf-8")
    misses(copy, f"notebooks/evidence/{SLUG}.json", "older than the code")


def test_a_changed_data_set_makes_evidence_stale(copy):
    evidence = copy / "notebooks" / "evidence" / f"{SLUG}.json"
    entry = json.loads(evidence.read_text(encoding="utf-8"))
    entry["data"] = {name: "0" * 64 for name in entry["data"]}
    evidence.write_text(json.dumps(entry), encoding="utf-8")
    misses(copy, evidence.name, "another version of the data set")


def test_a_piece_without_a_chapter_is_named(copy):
    (copy / "book" / "quizzes" / "77_stray.yml").write_text("questions: []", encoding="utf-8")
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
    bank = copy / "aipm" / "course" / "answers" / f"{SLUG}.yml"
    content = yaml.safe_load(bank.read_text(encoding="utf-8"))
    question = next(q for q in content["questions"] if q["type"] == "number")
    change(question)
    bank.write_text(yaml.safe_dump(content), encoding="utf-8")
    misses(copy, bank.name, question["id"], said)


def test_a_fact_without_date_or_source_is_named(tmp_path):
    (tmp_path / "facts.yml").write_text(
        "- {id: a, says: So., date: 2026-01-01, checked: 2026-01-01, sure: maybe}",
        encoding="utf-8",
    )
    found = " ".join(facts.problems(tmp_path / "facts.yml"))
    assert "source is missing" in found and "'maybe'" in found
