"""A learner's notebooks are the learner's: ``make lab`` neither changes nor removes one."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from coursekit import ROOT
from coursekit.build import lab

NAME = "labs/05_overfitting.ipynb"
NEW = "labs/05_overfitting.new.ipynb"
WORK = "work of a whole day, not even JSON\n"


@pytest.fixture
def course(tmp_path):
    """A real copy of the course's notebooks, that a test may change."""
    for folder in lab.FOLDERS:
        shutil.copytree(ROOT / "notebooks" / folder, tmp_path / "course" / folder)
    return tmp_path / "course"


@pytest.fixture
def mine(course, tmp_path):
    """What a learner got from it."""
    lab.copy(course, tmp_path / "mine")
    return tmp_path / "mine"


def snapshot(folder):
    return {path: path.read_bytes() for path in folder.rglob("*.ipynb")}


def test_first_every_notebook_is_copied_and_then_nothing(course, mine):
    names = {path.relative_to(course) for path in course.rglob("*.ipynb")}
    assert {path.relative_to(mine) for path in snapshot(mine)} == names
    for name in names:
        assert (mine / name).read_bytes() == (course / name).read_bytes()
    assert lab.copy(course, mine) == [] and lab.told([]) == ""


def test_what_a_learner_changed_stays_byte_for_byte(course, mine):
    (mine / NAME).write_text(WORK, encoding="utf-8")
    (mine / "labs" / "my_idea.ipynb").write_text(WORK, encoding="utf-8")
    before = snapshot(mine)
    assert lab.copy(course, mine) == []
    assert snapshot(mine) == before


def test_a_change_in_the_course_comes_beside_once_per_change(course, mine):
    (mine / NAME).write_text(WORK, encoding="utf-8")
    first, second = (course / NAME).read_bytes() + b"\n", (course / NAME).read_bytes() + b"\n\n"
    (course / NAME).write_bytes(first)
    assert lab.copy(course, mine) == [NEW]
    assert lab.copy(course, mine) == []
    (mine / NEW).unlink()  # looked at, and not wanted
    assert lab.copy(course, mine) == []
    (mine / NEW).write_text(WORK, encoding="utf-8")  # or worked on
    (course / NAME).write_bytes(second)
    assert lab.copy(course, mine) == [NEW.replace(".new.", ".new2.")]
    assert lab.copy(course, mine) == []
    assert (mine / NEW.replace(".new.", ".new2.")).read_bytes() == second
    assert (mine / NAME).read_text(encoding="utf-8") == WORK
    assert (mine / NEW).read_text(encoding="utf-8") == WORK


def test_a_new_notebook_is_added_and_one_that_went_stays(course, mine):
    shutil.move(course / NAME, course / "labs" / "23_more.ipynb")
    assert lab.copy(course, mine) == ["labs/23_more.ipynb"]
    assert (mine / NAME).exists()


def test_a_notebook_that_the_learner_removed_can_be_started_again(course, mine):
    (mine / NAME).unlink()
    assert lab.copy(course, mine) == [NAME]


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "\x00", '{"labs/05_overfitting.ipynb": 1}', None]
)
def test_a_damaged_manifest_loses_nothing(course, mine, damage):
    (mine / NAME).write_text(WORK, encoding="utf-8")
    before = snapshot(mine)
    if damage is None:
        (mine / lab.MANIFEST).unlink()
    else:
        (mine / lab.MANIFEST).write_text(damage, encoding="utf-8")
    assert lab.copy(course, mine) in ([NEW], [])
    assert before.items() <= snapshot(mine).items()
    assert lab.copy(course, mine) == []
    assert set(json.loads((mine / lab.MANIFEST).read_text(encoding="utf-8"))) == {
        path.relative_to(course).as_posix() for path in course.rglob("*.ipynb")
    }


def test_one_line_says_what_was_added(course, mine):
    (course / NAME).write_bytes(b"{}")
    shutil.copy(course / NAME, course / "labs" / "23_more.ipynb")
    said = lab.told(lab.copy(course, mine))
    assert NEW in said and "labs/23_more.ipynb" in said and "\n" not in said
    assert lab.told(["labs/a.ipynb"] * 66) == (
        "Added to my-notebooks, your own copy of the notebooks: 66 notebooks."
    )


@pytest.mark.parametrize("place", ["a read-only folder", "a file"])
def test_where_nothing_can_be_copied_one_sentence_says_so(monkeypatch, place):
    with tempfile.TemporaryDirectory() as folder:  # not tmp_path, whose parents are its owner's
        root = Path(folder)
        shutil.copytree(ROOT / "notebooks" / "labs", root / "notebooks" / "labs")
        root.chmod(0o555 if place == "a read-only folder" else 0o755)
        if place == "a file":
            (root / lab.MINE).write_text(WORK, encoding="utf-8")
        monkeypatch.setattr(lab, "ROOT", root)
        user = os.geteuid()
        try:
            if user == 0:
                os.seteuid(65534)  # nothing is read-only to the superuser
            with pytest.raises(SystemExit) as caught:
                lab.main()
        finally:
            os.seteuid(user)
            root.chmod(0o755)
    said = str(caught.value)
    assert lab.MINE in said and "\n" not in said and said.endswith("."), said


def test_git_neither_sees_nor_touches_them():
    for name in (NAME, NEW, lab.MANIFEST, "dossier_credit.md"):
        done = subprocess.run(["git", "check-ignore", "-q", f"{lab.MINE}/{name}"], cwd=ROOT)
        assert done.returncode == 0, f"{lab.MINE}/{name} would show in git status"
