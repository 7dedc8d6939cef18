"""aipm.estimates: judged, judges, label_budget, sizes: against judgy, scikit-learn, statsmodels,
published examples, and their own promise, coverage.
"""

import doctest

import judgy
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm
from sklearn.metrics import accuracy_score, cohen_kappa_score, confusion_matrix, recall_score
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_confint, proportion_effectsize

from aipm import CourseError
from aipm.estimates import judged as judged_rates
from aipm.estimates import judges, label_budget, sizes
from aipm.estimates.judged import corrected_rate, weighed_rate

COUNTS = dict(
    judged_pass=340, judged=400, agreed_pass=78, human_pass=80, agreed_fail=26, human_fail=40
)
# True rate, TPR, TNR; the second judge is the weak one of chapter 18.
JUDGES = {"good": (0.9, 0.8), "weak": (0.98, 0.43), "strict": (0.7, 0.95)}


def lang_reiczigel(x, n, a, n_pass, b, n_fail, level=0.95):
    """Limits by the normal approximation of Lang and Reiczigel (2014), written from the paper's
    equations.
    """
    z = norm.ppf(0.5 + level / 2)
    p, tpr, tnr = (x + z * z / 2) / (n + z * z), (a + 1) / (n_pass + 2), (b + 1) / (n_fail + 2)
    rate = (p + tnr - 1) / (tpr + tnr - 1)
    of_tpr, of_tnr = tpr * (1 - tpr) / (n_pass + 2), tnr * (1 - tnr) / (n_fail + 2)
    shift = 2 * z * z * (rate * of_tpr - (1 - rate) * of_tnr)
    error = np.sqrt(p * (1 - p) / (n + z * z) + rate**2 * of_tpr + (1 - rate) ** 2 * of_tnr) / (
        tpr + tnr - 1
    )
    return rate + shift - z * error, rate + shift + z * error


def test_examples():
    assert doctest.testmod(judged_rates).failed == 0


def test_published_example():
    """23 of 150 cows react to a test of sensitivity .96 and specificity .89: 5.1 %, 0 to 13 % (R
    package epiR, epi.prev).
    """
    found = corrected_rate(23, 150, 96_000, 100_000, 89_000, 100_000)
    assert found.value == pytest.approx(0.051, abs=5e-4)
    assert (found.low, found.high) == pytest.approx((0, 0.13), abs=0.01)


@pytest.mark.parametrize("tpr, tnr", JUDGES.values(), ids=JUDGES)
@pytest.mark.parametrize("truth", [0.4, 0.8])
def test_with_many_labels_it_is_lang_and_reiczigel(truth, tpr, tnr):
    n = 4000
    counts = [
        round(c) for c in (n * (truth * tpr + (1 - truth) * (1 - tnr)), n, n * tpr, n, n * tnr, n)
    ]
    assert corrected_rate(*counts).interval == pytest.approx(lang_reiczigel(*counts), abs=0.004)


def test_agrees_with_judgy_where_unlabelled_cases_abound():
    """Judgy draws labels only, so it agrees where the judged sample is large, and is too sure
    where it is not.
    """
    labels, verdicts = (
        np.repeat([1, 1, 0, 0], [390, 10, 130, 70]),
        np.repeat([1, 0, 0, 1], [390, 10, 130, 70]),
    )
    for judged, agree in ((20_000, True), (100, False)):
        unlabelled = np.repeat([1, 0], [round(0.85 * judged), round(0.15 * judged)])
        np.random.seed(0)
        theirs = judgy.estimate_success_rate(
            labels, verdicts, unlabelled, bootstrap_iterations=2000
        )
        ours = corrected_rate(unlabelled.sum(), judged, 390, 400, 130, 200)
        assert ours.value == pytest.approx(theirs[0])
        if agree:
            assert ours.interval == pytest.approx(theirs[1:], abs=0.012)
        else:
            assert ours.high - ours.low > 1.3 * (theirs[2] - theirs[1])


@pytest.mark.slow
@pytest.mark.parametrize("tpr, tnr", JUDGES.values(), ids=JUDGES)
@pytest.mark.parametrize("human_pass, human_fail", [(40, 10), (25, 25), (80, 20), (320, 80)])
@pytest.mark.parametrize("truth", [0.5, 0.8, 0.9])
def test_the_interval_covers_as_often_as_it_says(
    monkeypatch, truth, human_pass, human_fail, tpr, tnr
):
    monkeypatch.setattr(judged_rates, "DRAWS", 2000)
    rng, runs, judged, held = np.random.default_rng(0), 2000, 400, []
    judged_pass = rng.binomial(judged, truth * tpr + (1 - truth) * (1 - tnr), runs)
    agreed_pass, agreed_fail = (
        rng.binomial(human_pass, tpr, runs),
        rng.binomial(human_fail, tnr, runs),
    )
    for x, a, b in zip(judged_pass, agreed_pass, agreed_fail, strict=True):
        if a / human_pass + b / human_fail > 1:
            found = corrected_rate(x, judged, a, human_pass, b, human_fail)
            held.append(found.low <= truth <= found.high)
    assert len(held) > 0.95 * runs, "the judge of this case is refused too often to be a fair one"
    share = np.mean(held)
    print(f"{truth} {human_pass}+{human_fail} {tpr}/{tnr}: {share:.3f}")
    assert 0.93 <= share <= 0.97, f"95 % intervals hold the truth {share:.1%} of the time"


labelled = st.integers(1, 200).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(labelled, labelled, labelled)
def test_it_stays_between_its_limits_and_0_and_1(judged, human_pass, human_fail):
    assume(human_pass[0] / human_pass[1] + human_fail[0] / human_fail[1] > 1)
    found = corrected_rate(*judged, *human_pass, *human_fail)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found == corrected_rate(*judged, *human_pass, *human_fail), (
        "the same counts gave two answers"
    )


@given(labelled)
def test_a_perfect_judge_needs_no_correction(judged):
    assert corrected_rate(*judged, 50, 50, 50, 50).value == pytest.approx(judged[0] / judged[1])


def test_a_wider_level_holds_a_narrower_one():
    narrow, wide = corrected_rate(**COUNTS, level=0.8), corrected_rate(**COUNTS)
    assert wide.low < narrow.low < narrow.value < narrow.high < wide.high


@pytest.mark.parametrize(
    "change, words",
    [
        ({"agreed_pass": 30, "agreed_fail": 20}, ("no better than chance", "0.38", "0.50")),
        ({"judged_pass": 401}, ("401", "400", "judged_pass")),
        ({"agreed_fail": 0.5}, ("0.5", "agreed_fail", "whole number")),
        ({"human_pass": 0, "agreed_pass": 0}, ("human_pass", "1 or more")),
        ({"level": 95}, ("95", "not per cent")),
    ],
)
def test_bad_input_is_told_in_one_sentence(change, words):
    with pytest.raises(CourseError) as error:
        corrected_rate(**COUNTS | change)
    text = str(error.value)
    assert "\n" not in text and all(word in text for word in words), (
        f"the message {text!r} lacks one of {words}"
    )


def test_weighed_labels_are_a_stratified_sample():
    """Cochran (1977), sections 5.3 and 12.2: mean and standard error of a sample stratified by a
    first, larger one.
    """
    n, passed, good_passed, of_passed, good_failed, of_failed = 4000, 3000, 540, 600, 120, 400
    share, first, second = passed / n, good_passed / of_passed, good_failed / of_failed
    rate = share * first + (1 - share) * second
    variance = (
        share**2 * first * (1 - first) / of_passed
        + (1 - share) ** 2 * second * (1 - second) / of_failed
        + share * (1 - share) * (first - second) ** 2 / n
    )
    found = weighed_rate(passed, n, good_passed, of_passed, good_failed, of_failed)
    assert found.value == pytest.approx(rate)
    limits = rate + np.array([-1, 1]) * norm.ppf(0.975) * np.sqrt(variance)
    assert found.interval == pytest.approx(limits, abs=0.002)


@pytest.mark.slow
@pytest.mark.parametrize("tpr, tnr", [*JUDGES.values(), (0.5, 0.5)], ids=[*JUDGES, "coin"])
@pytest.mark.parametrize("from_failed", ["in proportion", 25])
def test_weighed_labels_cover_whatever_the_judge(monkeypatch, tpr, tnr, from_failed, truth=0.8):
    """Also where what the judge fails is labelled more densely, which would bias a plain share."""
    monkeypatch.setattr(judged_rates, "DRAWS", 2000)
    rng, held = np.random.default_rng(0), []
    for _ in range(2000):
        good = rng.random(400) < truth
        says = np.where(good, rng.random(400) < tpr, rng.random(400) >= tnr)
        failed = 100 * (~says).mean() if from_failed == "in proportion" else from_failed
        failed = min(max(1, round(failed)), (~says).sum())
        of_passed = good[says][: 100 - failed]  # cases are in random order
        found = weighed_rate(
            int(says.sum()),
            400,
            int(of_passed.sum()),
            len(of_passed),
            int(good[~says][:failed].sum()),
            int(failed),
        )
        held.append(found.low <= truth <= found.high)
    assert 0.93 <= np.mean(held) <= 0.975


def test_weighed_labels_refuse_a_side_without_labels():
    with pytest.raises(CourseError, match="weighed_rate: labelled_failed is 0; give a whole"):
        weighed_rate(90, 100, 8, 10, 0, 0)


columns = st.integers(2, 40).flatmap(
    lambda n: st.tuples(*[st.lists(st.booleans(), min_size=n, max_size=n)] * 2)
)


@given(columns)
def test_a_judge_is_known_by_what_scikit_learn_counts(pair):
    truth, verdict = map(np.array, pair)
    fails, passed_fails, missed, passes = confusion_matrix(
        truth, verdict, labels=[False, True]
    ).ravel()
    assert judges.counts(truth, verdict) == {
        "agreed_pass": passes,
        "human_pass": passes + missed,
        "agreed_fail": fails,
        "human_fail": fails + passed_fails,
    }
    if truth.all() and verdict.all() or not (truth.any() or verdict.any()):
        assert judges.kappa(truth, verdict) == 0
    else:
        assert judges.kappa(truth, verdict) == pytest.approx(cohen_kappa_score(truth, verdict))


def test_a_stamp_is_known_by_its_two_rates():
    known = judges.known_by([True] * 13 + [False] * 7, [True] * 20)
    assert {name: float(estimate) for name, estimate in known.items()} == {
        "accuracy": 0.65,
        "TPR": 1,
        "TNR": 0,
        "kappa": 0,
    }
    assert known["TNR"].n == 7 and known["TPR"].method == "Wilson"


@pytest.mark.parametrize("lead, differing", [(0.05, 0.2), (0.1, 0.2), (0.1, 0.4)])
def test_so_many_questions_show_a_lead_four_times_in_five(lead, differing):
    n, rng = sizes.questions_to_see(lead, differing), np.random.default_rng(0)
    first, second = (differing + lead) / 2, (differing - lead) / 2
    won, lost, _ = rng.multinomial(n, [first, second, 1 - differing], 20_000).T
    seen = np.abs(won - lost) > norm.ppf(0.975) * np.sqrt(won + lost)
    assert np.mean(seen) == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize("after", [0.7, 0.75, 0.9])
def test_labels_a_week_are_those_of_statsmodels(after):
    effect = proportion_effectsize(0.8, after)
    n = NormalIndPower().solve_power(abs(effect), alpha=0.05, power=0.8)
    assert sizes.labels_a_week(0.8, after) == np.ceil(n)


def test_mixtures_are_as_true_as_asked():
    """A judge that never errs reports the rate that was asked for; one that errs is corrected."""
    rng = np.random.default_rng(1)
    truth = rng.random(2000) < 0.6
    sure = label_budget.mixtures(truth, truth, [0.25, 0.9])
    assert sure["judge passes"].tolist() == [0.25, 0.9]
    says = np.where(truth, rng.random(2000) < 0.95, rng.random(2000) >= 0.6)
    found = label_budget.mixtures(truth, says, [0.3, 0.8], cases=4000)
    assert found["judge passes"].tolist() == pytest.approx([0.565, 0.84], abs=0.03)
    assert [estimate.value for estimate in found["corrected"]] == pytest.approx(
        [0.3, 0.8], abs=0.07
    )


@pytest.mark.slow
def test_hunted_failures_flatter_and_random_ones_do_not():
    drawn = label_budget.simulate_corrected(0.95, 0.5, 0.8, 1000, 50, 50, repeats=300)
    hunted = label_budget.simulate_corrected(0.95, 0.5, 0.8, 1000, 50, 50, 0.7, repeats=300)
    assert label_budget.holds(drawn, 0.8).high > 0.95 > 0.7 > label_budget.holds(hunted, 0.8).high
    assert abs(drawn["value"].mean() - 0.8) < 0.01 < 0.03 < hunted["value"].mean() - 0.8


@pytest.mark.slow
def test_plans_for_labels():
    """With a judge that never errs the weighed labels leave only the verdicts' own sampling."""
    widths = label_budget.plans(0.98, 0.43, 0.8, [100, 400])
    assert (widths.loc[400] < widths.loc[100]).all()
    assert (widths["weighed"] < widths["alone"]).all()
    assert (widths["alone"] < widths["even"]).all() and (widths["even"] < widths["random"]).all()
    sure = label_budget.simulate_weighed(0.999, 0.999, 0.8, 1000, 400, repeats=20)
    assert label_budget.width(sure) == pytest.approx(2 * 1.96 * (0.16 / 1000) ** 0.5, abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_the_four_figures_of_a_judge_are_those_of_scikit_learn_and_statsmodels(level):
    rng = np.random.default_rng(2)
    truth = rng.random(120) < 0.7
    verdict = np.where(truth, rng.random(120) < 0.9, rng.random(120) < 0.4)
    known = judges.known_by(truth, verdict, level=level)
    assert known["accuracy"].value == pytest.approx(accuracy_score(truth, verdict))
    assert known["kappa"].value == pytest.approx(cohen_kappa_score(truth, verdict))
    for name, kind in {"TPR": True, "TNR": False}.items():
        hits, of = (verdict[truth == kind] == kind).sum(), (truth == kind).sum()
        assert known[name].value == recall_score(truth, verdict, pos_label=kind)
        limits = proportion_confint(hits, of, alpha=1 - level, method="wilson")
        assert known[name].interval == pytest.approx(limits)
    drawn = [cohen_kappa_score(truth[i], verdict[i]) for i in rng.integers(0, 120, (2000, 120))]
    limits = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    assert known["kappa"].interval == pytest.approx(limits, abs=0.1 * np.ptp(limits))


def test_widths_and_shares_held_are_counted_as_a_loop_counts():
    rng = np.random.default_rng(3)
    low, high = np.sort(rng.integers(0, 11, (2, 60)) / 10, axis=0)  # with limits at the truth
    table = pd.DataFrame({"low": low, "high": high})
    wide = sum(b - a for a, b in zip(low, high, strict=True)) / 60
    hold = sum(a <= 0.4 <= b for a, b in zip(low, high, strict=True))
    assert label_budget.width(table) == pytest.approx(wide)
    assert (label_budget.holds(table, 0.4).hits, label_budget.holds(table, 0.4).n) == (hold, 60)
    assert 0.4 in low and 0.4 in high


def delta_width(rate, slopes, variances):
    """Width of a 95 % interval by the delta method."""
    return 2 * norm.ppf(0.975) * np.sqrt((np.square(slopes) * variances).sum())


def test_plans_have_the_widths_of_the_delta_method():
    """Rogan and Gladen (1978) for a corrected rate, Cochran (1977), section 12.2, for a weighed
    one, statsmodels for labels alone.
    """
    tpr, tnr, rate, labels, judged = 0.9, 0.8, 0.7, 600, 4000
    found = label_budget.plans(tpr, tnr, rate, [labels], judged).loc[labels]
    low, high = proportion_confint(round(rate * labels), labels, method="wilson")
    assert found["alone"] == pytest.approx(high - low)
    passed = rate * tpr + (1 - rate) * (1 - tnr)
    slopes = np.array([1, rate, 1 - rate]) / (tpr + tnr - 1)
    for plan, good in {"random": round(rate * labels), "even": labels // 2}.items():
        of = np.array([judged, good, labels - good])
        variances = np.array([passed * (1 - passed), tpr * (1 - tpr), tnr * (1 - tnr)]) / of
        expected = delta_width(rate, slopes, variances)
        assert found[plan] == pytest.approx(expected, rel=0.05)
    first, second = rate * tpr / passed, rate * (1 - tpr) / (1 - passed)
    variances = np.array(
        [
            (first - second) ** 2 * passed * (1 - passed) / judged,
            passed * first * (1 - first) / labels,
            (1 - passed) * second * (1 - second) / labels,
        ]
    )
    assert found["weighed"] == pytest.approx(delta_width(rate, 1, variances), rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize("truth", [0.3, 0.8])
def test_simulated_rates_scatter_as_rogan_and_gladen_say(truth):
    """Mean and standard deviation over weeks, by their formula; the weighed rate has the truth as
    its mean for any judge.
    """
    found = label_budget.simulate_corrected(0.9, 0.8, truth, 1000, 300, 200, repeats=400)
    passed = truth * 0.9 + (1 - truth) * 0.2
    parts = [passed * (1 - passed) / 1000, truth**2 * 0.09 / 300, (1 - truth) ** 2 * 0.16 / 200]
    error = np.sqrt(sum(parts)) / 0.7
    assert found["value"].mean() == pytest.approx(truth, abs=4 * error / 20)
    assert found["value"].std() == pytest.approx(error, rel=0.12)
    weighed = label_budget.simulate_weighed(0.9, 0.8, truth, 1000, 200, repeats=400)
    spread = weighed["value"].std()
    assert weighed["value"].mean() == pytest.approx(truth, abs=4 * spread / 20)
    assert spread == pytest.approx((weighed["high"] - weighed["low"]).mean() / 3.92, rel=0.12)
