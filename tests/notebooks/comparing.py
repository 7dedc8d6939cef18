"""What must be equal on every processor: what a reader sees.

Another processor adds in another order, so the last of four recorded digits may differ. Printed
outputs are held against the stored ones by nbval, strictly. Here: every number that the book
quotes, as it is printed there; recorded values within a margin; the pixels of figures.
"""

import math
import numbers

import matplotlib.image
import numpy as np

from aipm.course.plain import DIGITS
from aipm.errors import EvidenceError
from coursekit import ROOT
from coursekit.content import quoting
from tests.notebooks.running import EVIDENCE, evidence_of

WIDTH = 0.01  # share of an interval's width that its value and ends may differ by
CHANGED = 0.0005  # share of a figure's pixels that may differ visibly: text rendering, not a curve


def differences(slug, folder, quotes=None):
    """How the evidence that a run of a lab wrote into ``folder`` differs from the stored one:
    sentences that say where and what to do, empty if nothing a reader sees differs.
    """
    old, new = evidence_of(slug), evidence_of(slug, folder)
    quotes = quoting.quotes(ROOT) if quotes is None else quotes
    found = [
        said for quote in quotes if quote.chapter == slug for said in _quoted(quote, old, new)
    ]
    for kind in ("results", "figures"):
        if lacking := sorted(old[kind].keys() ^ new[kind].keys()):
            found.append(
                f"notebooks/evidence/{slug}.json holds other {kind}, such as {lacking[0]}: run"
                " make notebooks."
            )
    for key in old["results"].keys() & new["results"].keys():
        if not alike(old["results"][key], new["results"][key]):
            found.append(
                f"notebooks/evidence/{slug}.json is stale in {key}: it holds"
                f" {old['results'][key]}, and the lab now finds {new['results'][key]}; run make"
                " notebooks."
            )
    for key in old["figures"].keys() & new["figures"].keys():
        file = old["figures"][key]["file"]
        share = changed_pixels(EVIDENCE / file, folder / file)
        if share > CHANGED:
            found.append(
                f"notebooks/evidence/{file}: {share:.2%} of its pixels changed; if the change is"
                " meant, run make notebooks."
            )
    return found


def _quoted(quote, old, new):
    """A sentence if a reader of the page would see another text."""
    try:
        was, now = quote.shown(old), quote.shown(new)
    except EvidenceError as error:
        yield f"{quote.page} quotes {{result}}`{quote.text}`, and {error}"
        return
    if was != now:
        yield (
            f"{quote.page} quotes {{result}}`{quote.text}` as {was}, and this run gives {now}: if"
            " the lab has not changed, the value lies where rounding turns, so quote fewer digits;"
            " else run make notebooks."
        )


def alike(old, new):
    """Whether two records of one result are the same up to the arithmetic of a processor.

    Numbers agree within 1 % of the width of their interval; to three significant digits if there
    is none; and no closer than the last digit that is kept. The rest is equal.
    """
    numeric = [isinstance(entry["value"], numbers.Real) for entry in (old, new)]
    parts = [{k: v for k, v in e.items() if k not in ("value", "interval")} for e in (old, new)]
    if not all(numeric) or isinstance(old["value"], bool):
        return old == new
    ends = [[entry["value"], *entry.get("interval", ())] for entry in (old, new)]
    return (
        parts[0] == parts[1]
        and len(ends[0]) == len(ends[1])
        and all(
            abs(a - b) <= margin(a, b, old.get("interval")) for a, b in zip(*ends, strict=True)
        )
    )


def margin(old, new, interval=None):
    """By how much two recorded numbers may differ."""
    largest = max(abs(old), abs(new))
    last = 10 ** (math.floor(math.log10(largest)) - DIGITS + 1) if largest else 0
    return max(WIDTH * (interval[1] - interval[0]), last) * 1.001 if interval else 5 * last


def changed_pixels(old, new):
    """Share of pixels of two pictures that differ visibly; 1 if their sizes differ."""
    old, new = matplotlib.image.imread(old), matplotlib.image.imread(new)
    if old.shape != new.shape:
        return 1.0
    return float(np.mean(np.abs(old - new).max(axis=2) > 0.2))
