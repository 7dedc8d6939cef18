"""Estimates agree with other implementations, and their intervals hold the truth as often as they
say.
"""

import math
import re

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import cohen_kappa_score, roc_auc_score
from statsmodels.stats.weightstats import DescrStatsW

from aipm import CourseError
from aipm.estimates import auc, bootstrap, difference, mean, paired, share
from aipm.estimates.printing import show, show_p

RUNS = 2_000
HELD = (0.93, 0.97)  # of intervals that say 95 %; 2,000 runs alone move it by a point


def wilson(hits, n, z=None):
    """Wilson's limits from his formula."""
    z = z or stats.norm.ppf(0.975)
    p = hits / n
    middle, half = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return (middle - half) / (1 + z**2 / n), (middle + half) / (1 + z**2 / n)


@pytest.mark.parametrize(("hits", "n"), [(23, 32), (0, 10), (10, 10), (1, 3), (940, 1000)])
def test_share_is_wilsons(hits, n):
    assert share(hits, n).interval == pytest.approx(wilson(hits, n), abs=1e-12)
    assert share([True] * hits + [False] * (n - hits)) == share(hits, n)
    assert share(hits, n).interval == pytest.approx(
        tuple(stats.binomtest(hits, n).proportion_ci(method="wilson")), abs=1e-9
    )


def test_difference_is_newcombes():
    """His table: 56 of 70 against 48 of 80 gives 0.0524 to 0.3339 (method 10)."""
    found = difference(share(56, 70), share(48, 80))
    assert found.value == pytest.approx(0.2)
    assert found.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_paired_is_mcnemars_and_counts():
    first = pd.Series([True] * 20 + [False] * 14 + [True] * 150 + [False] * 16)
    second = pd.Series([False] * 20 + [True] * 14 + [True] * 150 + [False] * 16)
    found = paired(first, second)
    assert (found.only_first, found.only_second, found.both, found.neither) == (20, 14, 150, 16)
    assert found.p_value == pytest.approx(stats.binomtest(14, 34).pvalue)
    assert found.difference.value == pytest.approx(0.03)
    wald = stats.norm.interval(0.95, 0.03, np.sqrt((34 - 36 / 200) / 200**2))
    assert found.difference.interval == pytest.approx(wald, abs=0.003), (
        "with many cases the adjustment is small"
    )


def test_mean_is_students_and_the_clustered_one_a_regressions():
    rng = np.random.default_rng(0)
    values, day = rng.normal(3, 2, 400), rng.integers(0, 25, 400)
    assert mean(values).interval == pytest.approx(DescrStatsW(values).tconfint_mean())
    fit = sm.OLS(values, np.ones(400)).fit(
        cov_type="cluster", cov_kwds={"groups": day}, use_t=True
    )
    assert mean(values, groups=day).interval == pytest.approx(tuple(fit.conf_int()[0]))
    assert mean(values, groups=day).n == 25


@pytest.mark.slow
def test_auc_is_scikit_learns_and_its_error_delongs():
    rng = np.random.default_rng(1)
    y_true, y_score = rng.random(600) < 0.3, None
    y_score = np.round(y_true + rng.normal(size=600), 1)  # with ties
    found = auc(y_true, y_score)
    assert found.value == pytest.approx(roc_auc_score(y_true, y_score))
    drawn = bootstrap(roc_auc_score, y_true, y_score)
    assert found.interval == pytest.approx(drawn.interval, abs=0.006)


@pytest.mark.parametrize("level", [0.9, 0.95])
@pytest.mark.parametrize("n", [12, 250])
def test_the_interval_of_pairs_is_that_of_walds_with_a_pair_more_on_either_side(n, level):
    """Bonett and Price add one pair to each side; then each pair differs by -1, 0 or 1."""
    rng = np.random.default_rng(n)
    first, second = rng.random(n) < 0.8, rng.random(n) < 0.5
    differs = np.append(first.astype(int) - second.astype(int), [1, -1])
    half = stats.norm.isf((1 - level) / 2) * differs.std() / math.sqrt(n + 2)
    found = paired(first, second, level=level).difference
    assert found.value == pytest.approx(first.mean() - second.mean())
    assert found.interval == pytest.approx([differs.mean() - half, differs.mean() + half])


@pytest.mark.parametrize("ties", [1, 8])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_auc_and_its_interval_are_those_of_delongs_kernel(ties, level):
    """Every pair of a positive and a negative counted: 1 in order, 1/2 tied, 0 else."""
    rng = np.random.default_rng(ties)
    y_true = rng.random(90) < 0.4
    y_score = np.round(y_true + rng.normal(size=90), ties)
    kernel = np.array(
        [
            [1.0 if a > b else 0.5 if a == b else 0.0 for b in y_score[~y_true]]
            for a in y_score[y_true]
        ]
    )
    area, (m, n) = kernel.mean(), kernel.shape
    by_positive = ((kernel.mean(axis=1) - area) ** 2).sum() / (m - 1)
    by_negative = ((kernel.mean(axis=0) - area) ** 2).sum() / (n - 1)
    error = math.sqrt(by_positive / m + by_negative / n)
    middle, half = math.log(area / (1 - area)), error / (area * (1 - area))
    half *= stats.norm.isf((1 - level) / 2)
    found = auc(y_true, y_score, level=level)
    assert found.value == pytest.approx(area, abs=1e-12)
    assert found.interval == pytest.approx(
        [1 / (1 + math.exp(-end)) for end in (middle - half, middle + half)], abs=1e-12
    )


@pytest.mark.slow
def test_bootstrap_takes_any_statistic_and_repeats_itself():
    rng = np.random.default_rng(2)
    one, other = rng.random(200) < 0.5, rng.random(200) < 0.5
    found = bootstrap(cohen_kappa_score, one, other)
    assert found.value == pytest.approx(cohen_kappa_score(one, other)) and found == bootstrap(
        cohen_kappa_score, one, other
    )
    skewed = rng.normal(size=200)
    assert bootstrap(np.mean, skewed).interval == pytest.approx(mean(skewed).interval, abs=0.02)


def held(draw, truth):
    """Share of the runs in which the interval holds the truth."""
    rng = np.random.default_rng(3)
    found = [draw(rng) for _ in range(RUNS)]
    return np.mean([one.low <= truth <= one.high for one in found])


@pytest.mark.slow
@pytest.mark.parametrize(("n", "p"), [(20, 0.3), (50, 0.9), (200, 0.05)])
def test_share_holds_the_truth(n, p):
    assert (
        HELD[0] - 0.01 <= held(lambda rng: share(rng.random(n) < p), p) <= 0.985
    )  # counts are few: it cannot hit 95 % exactly


@pytest.mark.slow
@pytest.mark.parametrize(("n", "p", "q"), [(30, 0.3, 0.5), (100, 0.9, 0.8)])
def test_difference_holds_the_truth(n, p, q):
    assert (
        HELD[0]
        <= held(lambda rng: difference(share(rng.random(n) < p), share(rng.random(n) < q)), p - q)
        <= HELD[1]
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("n", "only_first", "only_second"), [(48, 0.2, 0.2), (200, 0.1, 0.07), (64, 0.3, 0.05)]
)
def test_paired_holds_the_truth(n, only_first, only_second):
    def draw(rng):
        kind = rng.choice(3, n, p=[only_first, only_second, 1 - only_first - only_second])
        return paired(kind != 1, kind != 0).difference

    assert HELD[0] <= held(draw, only_first - only_second) <= 0.975


@pytest.mark.slow
def test_auc_holds_the_truth():
    def draw(rng):
        y_true = np.arange(120) < 30
        return auc(y_true, y_true * 1.2 + rng.normal(size=120))

    assert HELD[0] <= held(draw, stats.norm.cdf(1.2 / np.sqrt(2))) <= HELD[1]


@pytest.mark.slow
def test_mean_over_groups_holds_the_truth_where_rows_hang_together():
    day = np.repeat(np.arange(30), 40)

    def draw(rng, groups=day):
        return mean(np.repeat(rng.normal(size=30), 40) + rng.normal(size=1200), groups=groups)

    assert HELD[0] <= held(draw, 0) <= HELD[1]
    assert held(lambda rng: draw(rng, None), 0) < 0.6, (
        "taking rows for independent would say too much"
    )


@pytest.mark.parametrize(
    ("estimate", "reads"),
    [
        (share(23, 32), "23 of 32, 72 % (55 to 84 %)"),
        (share(1506, 1604), "1,506 of 1,604, 93.9 % (92.6 to 95.0 %)"),
        (difference(share(23, 32), share(10, 30)), "+39 points (+14 to +57)"),
        (mean([1.0, 2.0, 3.0, 4.0]), "2.50 (0.45 to 4.55)"),
    ],
)
def test_an_estimate_reads_as_on_a_page(estimate, reads):
    assert str(estimate) == reads


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: share(5, 3), "hits is 5, above its total of 3"),
        (lambda: share(1), "hits is 1, a count; say of how many"),
        (lambda: share(0.72, 32), "hits is 0.72; give a whole number"),
        (lambda: share(2.7, 10), "hits is 2.7; give a whole number"),
        (lambda: share([True], 3), "leave out of"),
        (lambda: difference(share(1, 2), mean([1.0, 2.0])), "second is a mean"),
        (lambda: mean([1.0, 2.0], groups=[1, 1]), "1 group"),
        (lambda: mean([1.0, 2.0, 3.0], groups=["a", None, "b"]), "groups is missing in 1 of 3"),
        (lambda: mean([1.0, 2.0], groups=["a"]), "values has 2, groups has 1"),
        (lambda: auc([True, True, False], [1, 2, 3]), "two of each"),
        (lambda: bootstrap(np.mean, [1.0]), "columns has 1 rows; give 2 at least"),
        (lambda: bootstrap(cohen_kappa_score, [1, 0, 1], [1, 0]), "column 2 has 2"),
        (lambda: bootstrap(np.sort, [1.0, 2.0]), "give.* several values"),
        (lambda: bootstrap(roc_auc_score, [1, 0, 0, 0], [1, 2, 3, 4]), "no number in .* draws"),
        (lambda: share(1, 2).against(0.5, 0.4), "give the lower first"),
    ],
)
def test_bad_input_gets_one_sentence(call, said):
    with pytest.raises(CourseError, match=said) as caught:
        call()
    assert "\n" not in str(caught.value)


WITHOUT = [
    (lambda: mean([1, 1]), "all values are the same", "1.00 (no interval"),
    (lambda: mean([[1.0, 2.0] * 3][0], groups=list("aabbcc")), "same mean", "1.50 (no interval"),
    (lambda: auc([0, 0, 1, 1], [1, 2, 3, 4]), "the order is perfect", "1.00 (no interval"),
    (lambda: auc([0, 0, 1, 1], [4, 3, 2, 1]), "the order is perfect", "0.00 (no interval"),
    (lambda: auc([0, 0, 1, 1], [1, 1, 1, 1]), "no case beats another", "0.50 (no interval"),
    (lambda: bootstrap(np.max, [2, 2, 2]), "every draw gives the same", "2.00 (no interval"),
]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("call", "why", "reads"), WITHOUT)
def test_an_estimate_that_cannot_have_an_interval_says_so(call, why, reads):
    found = call()
    assert not found.has_interval and why in found.method and str(found).startswith(reads)
    for limits in ((0,), (-9, 9), (5, 9)):
        assert found.against(*limits) == "cannot tell"


def test_a_verdict_follows_the_interval():
    found = difference(share(56, 70), share(48, 80))  # 0.0524 to 0.3339
    assert found.against(low=0.05) == "within" and found.against(-0.05, 0.05) == "beyond"
    assert found.against(low=0.1) == found.against(high=0.1) == "cannot tell"
    assert found.against(low=0.4) == "beyond" == found.against(high=0.05)
    assert found.against() == "within"


@pytest.mark.parametrize("level", [0.5, 0.8, 0.99])
def test_every_estimate_takes_a_level(level):
    rng = np.random.default_rng(4)
    values, y_true = rng.normal(size=60), rng.random(60) < 0.4
    tail = stats.norm.ppf((1 + level) / 2)
    assert share(23, 32, level=level).interval == pytest.approx(wilson(23, 32, tail))
    assert mean(values, level=level).interval == pytest.approx(
        DescrStatsW(values).tconfint_mean(1 - level)
    )
    for make in (
        lambda level: difference(share(23, 32), share(10, 30), level=level),
        lambda level: paired(y_true, rng.random(60) < 0.5, level=level).difference,
        lambda level: auc(y_true, values, level=level),
        lambda level: bootstrap(np.mean, values, level=level),
    ):
        narrow, wide = make(level), make(0.999)
        assert wide.low < narrow.low and narrow.high < wide.high and narrow.level == level
        assert f"at {100 * level:g} %" in str(narrow)


def test_the_level_of_paired_and_auc_is_their_normal_quantile():
    rng = np.random.default_rng(5)
    one, other = rng.random(80) < 0.6, rng.random(80) < 0.4
    wide, narrow = paired(one, other).difference, paired(one, other, level=0.8).difference
    width = (narrow.high - narrow.low) / (wide.high - wide.low)
    assert width == pytest.approx(stats.norm.ppf(0.9) / stats.norm.ppf(0.975))
    score = rng.normal(size=80) + one
    logits = [
        np.log(np.divide(*(lambda e: (e, 1 - e))(np.array(auc(one, score, level).interval))))
        for level in (0.8, 0.95)
    ]
    assert np.ptp(logits[0]) / np.ptp(logits[1]) == pytest.approx(width)


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_bootstrap_is_a_plain_loop_of_draws_with_replacement(level):
    rng = np.random.default_rng(6)
    first, second = rng.exponential(size=80), rng.exponential(size=80)

    def ratio(above, below):
        return np.median(above) / below.mean()

    draws = [ratio(first[rows], second[rows]) for rows in rng.integers(0, 80, (4000, 80))]
    limits = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    found = bootstrap(ratio, first, second, level=level)
    assert found.value == ratio(first, second)
    assert found.interval == pytest.approx(limits, abs=0.1 * np.ptp(limits))


@given(st.floats(-1e9, 1e9) | st.integers(-12, 12).map(float), st.integers(0, 6), st.booleans())
def test_a_shown_number_reads_back_as_the_number(value, places, percent):
    """Python reads what is shown, rounded to its last place, with no sign before a zero."""
    shown = show(value, f",.{places}{'%' if percent else 'f'}")
    assert bool(re.search("-| |^\N{MINUS SIGN}[0.]+(\N{NO-BREAK SPACE}%)?$", shown)) is False
    plain = shown.replace("\N{MINUS SIGN}", "-").replace(",", "")
    read = float(plain.removesuffix("\N{NO-BREAK SPACE}%")) / (100 if percent else 1)
    last = 10.0**-places / (100 if percent else 1)
    assert read == pytest.approx(value, abs=0.5001 * last, rel=1e-12)
    assert show(value, f"+.{places}pp") == show(100 * value, f"+.{places}f")


@given(st.floats(1e-290, 1e290), st.booleans())
def test_powers_of_ten_read_back_as_the_number(size, below):
    value = -size if below else size
    shown = show(value, ".3e").replace("\N{MINUS SIGN}", "-")
    digits, power = shown.split("\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10")
    power = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    assert float(f"{digits}e{power}") == pytest.approx(value, rel=5.001e-4)


@given(st.floats(0, 1))
def test_a_shown_p_value_is_true_to_its_last_place(value):
    sign, shown = show_p(value).split()
    if sign == "<":
        assert value < float(shown) == 0.001
    else:
        places = 3 if value < 0.1 else 2
        assert (sign, len(shown)) == ("=", 2 + places)
        assert float(shown) == pytest.approx(value, abs=0.5001 * 10**-places)
