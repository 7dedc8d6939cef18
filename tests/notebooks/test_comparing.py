"""The comparison lets a processor's arithmetic pass, and nothing that a reader sees."""

import json
import shutil

import pytest

from coursekit.content.quoting import Quote
from tests.notebooks.comparing import alike, differences
from tests.notebooks.running import EVIDENCE, evidence_of

SLUG = "05_overfitting"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ({"value": 0.0004356}, {"value": 0.0004354}, True),  # three significant digits
        ({"value": 0.4356}, {"value": 0.4366}, False),
        ({"value": 3.793, "interval": [2.9, 4.6]}, {"value": 3.782, "interval": [2.9, 4.6]}, True),
        ({"value": 3.8, "interval": [2.9, 4.6]}, {"value": 3.82, "interval": [2.9, 4.6]}, False),
        ({"value": 3.8, "interval": [2.9, 4.6]}, {"value": 3.8, "interval": [2.88, 4.6]}, False),
        (
            {"value": 0.9871, "interval": [0.9870, 0.9872]},
            {"value": 0.9872, "interval": [0.9871, 0.9873]},
            True,
        ),
        ({"value": 203}, {"value": 204}, False),
        ({"value": 0.0}, {"value": 0.0}, True),
        ({"value": 0.0}, {"value": 0.1}, False),
        ({"value": 0.5, "n": 10}, {"value": 0.5, "n": 11}, False),
        ({"value": 0.5, "interval": [0, 1]}, {"value": 0.5}, False),
        ({"value": "limit"}, {"value": "stop"}, False),
        ({"value": True}, {"value": 1}, True),
        ({"value": "5"}, {"value": 5}, False),
    ],
)
def test_recorded_values_agree_within_a_margin(old, new, same):
    assert alike(old, new) == same
    assert alike(new, old) == same


@pytest.fixture
def run(tmp_path):
    """Evidence as a run would write it, and a way to change one value."""
    shutil.copytree(EVIDENCE / SLUG, tmp_path / SLUG)
    entry = evidence_of(SLUG)
    key = next(k for k, v in entry["results"].items() if isinstance(v["value"], float))

    def change(value):
        entry["results"][key]["value"] = value
        (tmp_path / f"{SLUG}.json").write_text(json.dumps(entry), encoding="utf-8")
        return entry["results"][key]

    return tmp_path, key, evidence_of(SLUG)["results"][key]["value"], change


def test_the_same_values_differ_in_nothing(run):
    folder, _, value, change = run
    change(value)
    assert differences(SLUG, folder) == []


def test_a_quote_on_the_border_of_two_roundings_is_named(run):
    folder, key, value, change = run
    change(value * 1.0002)
    quote = Quote(f"book/{SLUG}.md", f"{key}:.12f", SLUG)
    (said,) = differences(SLUG, folder, [quote])
    for part in (quote.page, key, f"{value:.12f}", f"{value * 1.0002:.12f}", "fewer digits"):
        assert part in said, said
    assert differences(SLUG, folder, [Quote(quote.page, f"{key}:.0f", SLUG)]) == []


def test_a_lost_key_and_a_lost_figure_are_named(run):
    folder, key, _, change = run
    change(0.5)
    entry = evidence_of(SLUG, folder)
    del entry["results"][key]
    figure = entry["figures"].popitem()[0]
    (folder / f"{SLUG}.json").write_text(json.dumps(entry), encoding="utf-8")
    said = " ".join(differences(SLUG, folder, [Quote("page", f"{key}:.2f", SLUG)]))
    assert f"quotes {{result}}`{key}:.2f`" in said and figure in said
