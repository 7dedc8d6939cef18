"""A chapter is put between two others and taken out again, and nothing else has changed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from aipm.course import recorded
from coursekit import ROOT, parse_yaml
from coursekit.build import chapter, renumber
from coursekit.rules import anatomy, references, stored

START = 9  # its neighbours have one digit and two


def git(root, *words):
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words]
    done = subprocess.run(command, cwd=root, capture_output=True, check=True, encoding="utf-8")
    return done.stdout


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of all that git knows here, under git."""
    root = tmp_path_factory.mktemp("renumber") / "course"
    for name in git(ROOT, "ls-files", "-z", "-co", "--exclude-standard").split("\0"):
        if name and (ROOT / name).exists():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "as it is")
    return root


@pytest.mark.slow
def test_there_and_back_changes_no_byte_and_between_all_holds(course):
    before = anatomy.slugs(course)
    renumber.shift(course, START, 1)
    after = anatomy.slugs(course)
    assert after == [s if int(s[:2]) < START else f"{int(s[:2]) + 1:02}{s[2:]}" for s in before]
    assert not stored.problems(course), "hashes of outputs and answers move with the numbers"
    assert not anatomy.problems(course) and not references.problems(course)
    assert not [problem for slug in after for problem in recorded.problems(course, slug)]
    left = [slug for slug in before if int(slug[:2]) >= START]
    names = [word for slug in left for word in ("-e", slug)]
    said = subprocess.run(
        [
            "git",
            "grep",
            "--untracked",
            "-l",
            *names,
            "--",
            f":!tests/coursekit/{Path(__file__).name}",
        ],
        cwd=course,
        capture_output=True,
        encoding="utf-8",
    )
    assert not said.stdout, f"old names are left in {said.stdout.split()}"
    bank = course / "aipm/course/answers" / f"{after[START - 1]}.yml"
    ids = [question["id"] for question in parse_yaml(bank.read_text("utf-8"))["questions"]]
    assert ids and all(each.startswith("10.") for each in ids)
    renumber.shift(course, START + 1, -1)
    assert git(course, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("chapters 3, 8 and 9 to 12", "chapters 3, 8 and 10 to 13"),
        ("Chapter 9's page, and lab 12", "Chapter 10's page, and lab 13"),
        ('check("09.3a", x); "grade_id": "09-3a-check"', None),
        ('exercises: ["08.1", "09.1", "10.2b"]', 'exercises: ["08.1", "10.1", "11.2b"]'),
        ("## 9.3 is no heading of ours, 9.3 % neither", None),
        ('"## 9.3 What"', '"## 10.3 What"'),
        ("Wiley, chap. 9; 12 chapters; random_state=12", None),
        ("see 09_toys.html and 09_toyss", "see 10_toys.html and 09_toyss"),
    ],
)
def test_what_is_a_number_of_a_chapter(text, becomes):
    if becomes is None and "check" in text:
        becomes = 'check("10.3a", x); "grade_id": "10-3a-check"'
    rewrite = renumber.rewriter({"09_toys": "10_toys"}, START, 1)
    assert rewrite(text) == (becomes or text)


def test_a_new_chapter_is_listed_before_the_one_that_follows():
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    slugs = anatomy.slugs(ROOT)
    number = START - 1
    new = f"{number + 1:02}_a"  # sorts before the one that has its number until that moves on
    assert slugs[number].startswith(f"{number + 1:02}_") and slugs[number] > new
    assert _pages(chapter.listed(toc, new)) == [*slugs[:number], new, *slugs[number:]]
    last = f"{len(slugs) + 1}_agents"
    assert _pages(chapter.listed(toc, last)) == [*slugs, last]


def _pages(toc):
    """Chapters in a table of contents, all of them in parts and none behind the reference."""
    parts = parse_yaml(toc)["parts"]
    files = [entry["file"] for part in parts[1:-1] for entry in part["chapters"]]
    return [file.removeprefix("book/") for file in files if "/parts/" not in file]
