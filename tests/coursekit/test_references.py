"""A page that names what does not exist, and a number that was typed, are found before the
build.
"""

import shutil

import pytest

from coursekit import ROOT
from coursekit.rules import __main__ as rules
from coursekit.rules import anatomy, references, typed

TEN = anatomy.slugs(ROOT)[::2][:10]


@pytest.fixture
def book(tmp_path):
    """A copy of what the rules read, and a function that puts a text into a page of it."""
    for name in ("book", "notebooks/evidence"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("_*", "*.docx", "*.png")
        )

    def put(name, old, new):
        path = tmp_path / "book" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return put


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{result}`no_such_key:.0%`", "records no result 'no_such_key'"),
        ("{result}`99_trial/key:.0%`", "there is no notebooks/evidence/99_trial.json"),
        ("{result}`cv_auc`", "say how to write it"),
        ("{result}`cv_auc[middle]:.2f`", "is not known"),
        ("{term}`overfiting`", "{term} 'overfiting' is not in book/glossary.md"),
        ("{term}`so <no such term>`", "is not in book/glossary.md"),
        ("\n\n```{lab-figure} no_such\n```\n\n", "records no figure 'no_such'"),
    ],
)
def test_what_leads_nowhere_is_named_with_its_page(book, text, told):
    root = book("05_overfitting.md", "\n## ", f"\n{text}\n\n## ")
    (found,) = references.problems(root, "05_overfitting")
    assert found.startswith("book/05_overfitting.md: ") and told in found, found


def test_on_a_page_of_no_chapter_the_chapter_is_asked_for(book):
    root = book("preface.md", "\n## ", "\n{result}`cv_auc:.2f`\n\n## ")
    assert any("NN_slug/" in said for said in references.problems(root, "preface"))


@pytest.mark.parametrize("slug", TEN)
@pytest.mark.parametrize("place", ["takeaway", "caption", "table", "text", "quiz"])
def test_a_typed_number_is_found_in_every_place(book, slug, place):
    page = f"{slug}.md"
    old, new = {
        "takeaway": ("takeaways:\n", 'takeaways:\n  - "So 0.8317 of them were right."\n'),
        "caption": (
            "```{lab-figure} ",
            "```{lab-figure} here\nThe 0.8317 of it.\n```\n\n```{lab-figure} ",
        ),
        "table": ("\n## ", "\n| a | b |\n|---|--:|\n| one | 0.8317 |\n\n## "),
        "text": ("\n## ", "\nThe AUC is 0.8317 here.\n\n## "),
        "quiz": ("reason: ", 'note: "It was 0.8317."\n        reason: '),
    }[place]
    root = book(f"quizzes/{slug}.yml" if place == "quiz" else page, old, new)
    (found,) = typed.problems(root, slug)
    assert "0.8317" in found and ("quizzes" in found) == (place == "quiz"), found


def test_one_chapter_is_checked_alone(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["rules", "05_overfitting"])
    with pytest.raises(SystemExit) as ended:
        rules.main()
    assert not ended.value.code and "05_overfitting is whole" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["rules", "55_overfitting"])
    with pytest.raises(SystemExit, match="CHAPTER is '55_overfitting'"):
        rules.main()
