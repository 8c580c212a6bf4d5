"""The figures equal those of published libraries, and of arithmetic done by hand, on random answers."""

from __future__ import annotations

from statistics import fmean

import krippendorff
import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics

from course.measures import (
    cohen_kappa,
    correlation,
    cronbach_alpha,
    entropy,
    f1_by_label,
    gain,
    item_rest_correlation,
    krippendorff_alpha,
    macro_f1,
    mean_share,
    weighted_kappa,
    wilson,
)
from course.measures.distributions import beta_share, f_quantile, t_quantile

# The libraries compared with take their time at their first call.
UNHURRIED = settings(deadline=None, max_examples=60)
LABELS = st.sampled_from("abcd")
PAIRS = st.lists(st.tuples(LABELS, LABELS), min_size=2, max_size=40)
RIGHT_OR_WRONG = st.integers(3, 25).flatmap(lambda n: st.lists(st.lists(st.integers(0, 1), min_size=n, max_size=n), min_size=2, max_size=8))
CLOSE = {"rel": 1e-9, "abs": 1e-9}


@UNHURRIED
@given(st.lists(st.integers(0, 50), min_size=1, max_size=7))
def test_entropy_is_scipys_in_bits(counts):
    figure = entropy(counts)
    assume(sum(counts))
    assert figure.value == pytest.approx(stats.entropy(counts, base=2), **CLOSE)
    assert figure.n == sum(counts)


@UNHURRIED
@given(st.integers(2, 6).flatmap(lambda readers: st.lists(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=readers, max_size=readers), min_size=2, max_size=15)))
def test_alpha_is_that_of_the_published_library(units):
    figure = krippendorff_alpha(units)
    assume(figure.value is not None)
    by_reader = [[numpy.nan if label is None else label for label in labels] for labels in zip(*units, strict=True)]
    assert figure.value == pytest.approx(krippendorff.alpha(reliability_data=by_reader, level_of_measurement="nominal"), **CLOSE)


@UNHURRIED
@given(PAIRS)
def test_kappa_and_f1_are_scikit_learns(pairs):
    mine, keyed = ["".join(one) for one in zip(*pairs, strict=True)]
    figure = cohen_kappa(mine, keyed)
    if figure.value is not None:
        assert figure.value == pytest.approx(metrics.cohen_kappa_score(list(mine), list(keyed)), **CLOSE)
    labels = sorted({*mine, *keyed})
    expected = metrics.f1_score(list(keyed), list(mine), labels=labels, average=None, zero_division=0)
    found = f1_by_label(mine, keyed)
    assert [found[label] for label in labels] == pytest.approx(list(expected), **CLOSE)
    assert macro_f1(mine, keyed).value == pytest.approx(fmean(expected), **CLOSE)


@UNHURRIED
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=40))
def test_weighted_kappa_is_scikit_learns(pairs):
    one, other = map(list, zip(*pairs, strict=True))
    figure = weighted_kappa(one, other, range(6))
    assume(figure.value is not None)
    assert figure.value == pytest.approx(metrics.cohen_kappa_score(one, other, weights="quadratic", labels=range(6)), **CLOSE)


@UNHURRIED
@given(RIGHT_OR_WRONG)
def test_an_item_against_the_rest_is_scipys_point_biserial(columns):
    table = {str(number): column for number, column in enumerate(columns)}
    figure = item_rest_correlation(table, "0")
    rest = [sum(row) for row in zip(*columns[1:], strict=True)]
    if len(set(columns[0])) < 2 or len(set(rest)) < 2:
        assert figure.value is None and figure.why == "everyone has the same score"
    else:
        assert figure.value == pytest.approx(stats.pointbiserialr(columns[0], rest).statistic, **CLOSE)


@UNHURRIED
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=4, max_size=30))
def test_the_interval_of_a_correlation_is_scipys(pairs):
    one, other = map(list, zip(*pairs, strict=True))
    figure = correlation(one, other)
    assume(figure.value is not None and abs(figure.value) < 0.999)
    expected = stats.pearsonr(one, other)
    assert figure.value == pytest.approx(expected.statistic, **CLOSE)
    assert (figure.low, figure.high) == pytest.approx(tuple(expected.confidence_interval()), **CLOSE)


@UNHURRIED
@given(RIGHT_OR_WRONG)
def test_alpha_of_right_and_wrong_is_kr_20_by_hand(columns):
    figure = cronbach_alpha({str(number): column for number, column in enumerate(columns)})
    totals = [sum(row) for row in zip(*columns, strict=True)]
    spread = fmean([(total - fmean(totals)) ** 2 for total in totals])
    if spread < 1e-12:
        assert figure.value is None and figure.why == "everyone has the same total"
        return
    within = sum(fmean(column) * (1 - fmean(column)) for column in columns)
    assert figure.value == pytest.approx(len(columns) / (len(columns) - 1) * (1 - within / spread), **CLOSE)


@UNHURRIED
@given(st.integers(2, 40), st.integers(2, 200), st.floats(-0.5, 0.99))
def test_feldts_interval_is_made_of_scipys_f(parts, learners, alpha):
    from course.measures.reliability import with_feldt_interval

    figure = with_feldt_interval(alpha, learners, parts)
    between, within = learners - 1, (learners - 1) * (parts - 1)
    expected = [1 - (1 - alpha) * stats.f.ppf(share, between, within) for share in (0.975, 0.025)]
    assert [figure.low, figure.high] == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert figure.low < alpha < figure.high or learners < 4


@UNHURRIED
@given(st.floats(0.001, 0.999), st.floats(0.5, 300), st.floats(0.5, 300))
def test_the_distributions_are_scipys(x, a, b):
    assert beta_share(x, a, b) == pytest.approx(stats.beta.cdf(x, a, b), rel=1e-7, abs=1e-10)


@pytest.mark.parametrize(("share", "between", "within"), [(0.5, 1, 1), (0.95, 3, 20), (0.975, 119, 1309), (0.025, 9, 9), (0.999, 2, 4)])
def test_the_quantiles_are_scipys(share, between, within):
    assert f_quantile(share, between, within) == pytest.approx(stats.f.ppf(share, between, within), rel=1e-8)
    assert t_quantile(0.975, between) == pytest.approx(stats.t.ppf(0.975, between), rel=1e-8)


@UNHURRIED
@given(st.integers(0, 60), st.integers(1, 60))
def test_wilsons_interval_is_scipys(right, n):
    assume(right <= n)
    figure = wilson(right, n)
    expected = stats.binomtest(right, n).proportion_ci(method="wilson")
    assert (figure.value, figure.low, figure.high) == pytest.approx((right / n, expected.low, expected.high), rel=1e-6, abs=1e-6)


@UNHURRIED
@given(st.lists(st.sampled_from([0, 0.25, 0.5, 1]), min_size=2, max_size=30))
def test_a_mean_share_has_the_interval_of_students_t(shares):
    assume(not {*shares} <= {0, 1} and len({*shares}) > 1)
    figure = mean_share(shares)
    low, high = stats.t.interval(0.95, len(shares) - 1, fmean(shares), stats.sem(shares))
    assert (figure.low, figure.high) == pytest.approx((max(0, low), min(1, high)), rel=1e-7, abs=1e-9)


def test_the_bootstrap_of_a_gain_is_near_scipys():
    chance = numpy.random.default_rng(7)
    before = chance.uniform(0.3, 0.7, 60)
    after = before + chance.normal(0.1, 0.15, 60)
    figure = gain(before.tolist(), after.tolist(), draws=4000)
    expected = stats.bootstrap((after - before,), numpy.mean, method="percentile", n_resamples=4000, rng=chance).confidence_interval
    assert (figure.low, figure.high) == pytest.approx((expected.low, expected.high), abs=0.006)


@pytest.mark.parametrize("figure", [entropy([]), entropy([0, 0]), mean_share([]), wilson(0, 0)])
def test_what_is_not_defined_says_why(figure):
    assert figure.value is None and figure.why
