"""The dossier refuses what is missing or stale, and its gate counts as one counts by hand."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm import CourseError
from aipm.cases import dossier
from aipm.course import evidence, paths, recorded
from coursekit import ROOT

TODAY = "2026-11-25"
LINES = pd.DataFrame.from_dict(dossier.PLAN["lines"], orient="index")
POINTS = st.lists(st.sampled_from([0, 0.5, 1]), min_size=10, max_size=10)
RECORD = "11_explainability.json"


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(recorded.folder(), tmp_path / "evidence")
    return tmp_path / "evidence"


def test_pieces_are_what_the_labs_recorded(folder):
    for case, about in dossier.PLAN["cases"].items():
        pieces = dossier.collect(case, folder)
        for piece in about["pieces"]:
            row = pieces.loc[piece.get("line", piece.get("key"))]
            if "missing" in piece:
                assert dossier.shown(row) == "not measured"
                continue
            stored = recorded.read(None, piece["chapter"], folder)
            entry = stored["results"][piece["key"]]
            assert row["value"] == entry["value"]
            if "interval" in entry:
                assert [row["low"], row["high"]] == entry["interval"]


def test_a_missing_chapter_is_refused_by_name(folder):
    (folder / RECORD).unlink()
    with pytest.raises(CourseError, match="Credit cannot rest on chapter 11_explainability"):
        dossier.collect("Credit", folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lab": "0" * 64}, "older than the code"),
        ({"data": {"credit": "0" * 64}}, "another version of the data set credit"),
        ({"results": {}}, "needs the result 'auc_without_marital'"),
    ],
)
def test_stale_or_poorer_evidence_is_refused(folder, change, said):
    entry = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    (folder / RECORD).write_text(json.dumps(entry | change), encoding="utf-8")
    with pytest.raises(CourseError, match=said):
        dossier.collect("Credit", folder)


def test_a_copy_is_judged_as_the_original(folder):
    for path in sorted(folder.glob("*.json")):
        assert recorded.problems(ROOT, path.stem, folder) == recorded.problems(ROOT, path.stem)


@pytest.mark.parametrize(
    ("low", "value", "high", "note", "points"),
    [
        (0.81, 0.83, 0.85, "", 1),
        (0.80, 0.83, 0.85, "", 1),
        (0.79, 0.83, 0.85, "", 0.5),
        (0.70, 0.75, 0.80, "", 0.5),
        (0.70, 0.75, 0.79, "", 0),
        (0.81, 0.83, 0.85, "another model", 0.5),
        (0.70, 0.75, 0.79, "another model", 0),
        (0.83, 0.83, 0.83, "", 0.5),  # of no width, which is no interval
        (0.79, 0.79, 0.79, "", 0),
        (float("nan"), 0.83, float("nan"), "", 0.5),
        (float("nan"), 0.79, float("nan"), "", 0),
        (float("nan"), float("nan"), float("nan"), "not measured", 0),
    ],
)
def test_points_of_one_line_with_a_limit_of_at_least_080(low, value, high, note, points):
    pieces = dossier.collect("Credit")
    pieces.loc["works", ["low", "value", "high"]] = [low, value, high]
    pieces.loc["works", "note"] = note
    assert dossier.gate(pieces, "Credit", TODAY).loc["works", "points"] == points


@given(POINTS)
def test_the_verdict_is_the_rule_counted_by_hand(points):
    sums = [sum(points[:2]) / 2, sum(points[2:4]) / 2, sum(points[4:8]) / 4, sum(points[8:]) / 2]
    if min(points) > 0 and all(mean >= 0.75 for mean in sums):
        said = "launch"
    else:
        said = "stop" if any(mean < 0.25 for mean in sums) else "limit"
    assert dossier.verdict(LINES.assign(points=points)) == said


@given(POINTS, st.integers(0, 9))
def test_a_better_line_never_worsens_the_verdict(points, line):
    order = ["stop", "limit", "launch"]
    better = [1 if place == line else value for place, value in enumerate(points)]
    before, after = (dossier.verdict(LINES.assign(points=p)) for p in (points, better))
    assert order.index(after) >= order.index(before)


def test_a_fact_that_nobody_looked_up_earns_nothing():
    assert dossier.law("Credit", TODAY)["points"].tolist() == [1, 0.5]
    assert dossier.law("Credit", "2027-11-25")["points"].tolist() == [0, 0]


@pytest.mark.parametrize("today", ["25 November", "2026-02-30", ""])
def test_no_day_is_refused(today):
    with pytest.raises(CourseError, match="give a day such as '2026-11-25'"):
        dossier.law("Credit", today)


def test_an_unknown_case_lists_the_known():
    with pytest.raises(CourseError, match="'Credit', 'Flights', 'Copilot'"):
        dossier.collect("Spam")


@pytest.mark.parametrize("case", dossier.PLAN["cases"])
def test_the_document_holds_every_piece_and_leaves_no_field(case, tmp_path):
    pieces = dossier.collect(case)
    text = dossier.write(case, pieces, TODAY, path=tmp_path / "dossier.md").read_text("utf-8")
    assert "{" not in text and "| nan" not in text
    for _, piece in pieces.iterrows():
        assert dossier.shown(piece) in text


def test_it_is_written_beside_the_notebook_and_beside_evidence_only_while_recording(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AIPM_EVIDENCE", raising=False)
    pieces = dossier.collect("Credit")
    evidence.begin("22_launch_decision")
    assert dossier.write("Credit", pieces, TODAY) == Path("dossier_credit.md")
    assert (tmp_path / "dossier_credit.md").exists()
    monkeypatch.setenv("AIPM_EVIDENCE", str(tmp_path / "recorded"))
    evidence.begin("22_launch_decision")
    written = dossier.write("Credit", pieces, TODAY)
    assert written == tmp_path / "recorded" / "22_launch_decision" / "dossier_credit.md"
    assert written.read_bytes() == (tmp_path / "dossier_credit.md").read_bytes()


def test_a_place_that_cannot_be_written_to_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(CourseError, match="cannot be written"):
        dossier.write("Credit", dossier.collect("Credit"), TODAY, path=tmp_path / "file" / "a.md")


def test_an_installed_package_reads_the_copies_that_it_carries(tmp_path, monkeypatch):
    here = [dossier.collect(case) for case in dossier.PLAN["cases"]]
    shutil.copytree(recorded.folder(), tmp_path / "evidence")
    shutil.copy(ROOT / "book" / "facts.yml", tmp_path)
    monkeypatch.setattr(paths, "root", lambda: None)
    monkeypatch.setattr(paths, "SHIPPED", tmp_path)
    for case, pieces in zip(dossier.PLAN["cases"], here, strict=True):
        pd.testing.assert_frame_equal(dossier.collect(case), pieces)
    assert dossier.law("Credit", TODAY)["points"].tolist() == [1, 0.5]
    other = shutil.copytree(tmp_path / "evidence", tmp_path / "other")
    text = (other / RECORD).read_text(encoding="utf-8").replace('"lab": "', '"lab": "0')
    (other / RECORD).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="older than the code"):
        dossier.collect("Credit", other)
    assert (
        dossier.results("11_explainability") == recorded.read(ROOT, "11_explainability")["results"]
    )


def test_the_dossier_offered_for_download_is_not_stale():
    stored = recorded.folder() / "22_launch_decision" / "dossier_credit.md"
    entry = recorded.read(ROOT, "22_launch_decision")
    pieces, gap = dossier.collect("Credit"), entry["results"]["age_gap"]
    text = stored.read_text("utf-8")
    for _, piece in pieces.drop(["worth", "word", "groups", "misuse"]).iterrows():
        assert dossier.shown(piece) in text, f"{stored.name} is stale: run make notebooks."
    assert f"{gap['value']:.0%}".replace("%", "\N{NO-BREAK SPACE}%") in text
    for _, fact in dossier.law("Credit", TODAY).iterrows():
        assert fact["says"] in text, f"{stored.name} is stale: run make notebooks."
