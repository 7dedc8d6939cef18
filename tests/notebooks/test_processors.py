"""What a reader sees is the same on every processor: labs under simulated ones.

One lab of each part here, with two threads, where its run in test_notebooks had one; ``make
processors`` runs all labs under all of them.
"""

import os

import pytest

from coursekit import ROOT, parse_yaml
from tests.notebooks.comparing import differences
from tests.notebooks.processors import ENVIRONMENTS, TURN, refused, simulated
from tests.notebooks.running import LABS, named

# One quick lab of each part with linear algebra in it: regressions, products of vectors.
OF_EACH_PART = (
    "01_is_ai_the_answer",
    "03_data_assessment",
    "08_human_in_the_loop",
    "09_bias_audit",
    "13_experiments",
    "20_cost_and_latency",
    "22_launch_decision",
)
ALL = os.environ.get("AIPM_LABS") == "all"
RUNS = [
    (path, processor)
    for path in LABS
    for processor in ENVIRONMENTS
    if ALL or path.stem in OF_EACH_PART and TURN[path] != processor
]


def test_the_labs_are_one_of_each_part():
    parts = parse_yaml((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    slugs = [{c["file"].removeprefix("book/") for c in part["chapters"]} for part in parts]
    labs = {path.stem for path in LABS}
    counts = [len(part & set(OF_EACH_PART)) for part in slugs if part & labs]
    assert counts == [1] * len(counts), "name one lab of each part of _toc.yml in OF_EACH_PART"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "processor"), RUNS, ids=[f"{named(path)}-{processor}" for path, processor in RUNS]
)
def test_a_reader_sees_the_same_on_another_processor(path, processor, tmp_path):
    if why := refused(processor):
        pytest.skip(f"this processor cannot simulate {processor}: {why}")
    done, _ = simulated(processor, path, tmp_path, threads=2)
    said = differences(path.stem, tmp_path / "evidence")
    if done.returncode:
        said.append(f"its cells print something else: print fewer digits.\n{done.stdout[-6000:]}")
    assert not said, f"{named(path)} on {processor}:\n" + "\n".join(said)
