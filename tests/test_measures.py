"""Figures agree with published examples and with each other, and say why when there is nothing to say."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.measures import (
    change,
    cohen_kappa,
    correlation,
    cronbach_alpha,
    difficulty,
    discrimination,
    f1_by_label,
    gain,
    item_rest_correlation,
    krippendorff_alpha,
    macro_f1,
    mean_share,
    wilson,
)


def expand(table):
    """Two readers' labels from a table of counts."""
    one = [i for i, row in enumerate(table) for count in row for _ in range(count)]
    other = [j for row in table for j, count in enumerate(row) for _ in range(count)]
    return one, other


@pytest.mark.parametrize(("table", "kappa"), [
    ([[20, 5], [10, 15]], 0.4),
    ([[45, 15], [25, 15]], 0.1304),
    ([[25, 35], [5, 35]], 0.2593),
    ([[0, 5], [5, 0]], -1.0),
])
def test_kappa_of_textbook_tables(table, kappa):
    assert cohen_kappa(*expand(table)).value == pytest.approx(kappa, abs=1e-4)


def test_alpha_of_two_readers_without_gaps_is_near_kappa():
    one, other = expand([[20, 5], [10, 15]])

    assert krippendorff_alpha(zip(one, other, strict=True)).value == pytest.approx(1 - (0.3 * 2 * 99) / (2 * 100 * 0.495), abs=1e-3)


def test_krippendorffs_binary_example():
    a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]

    assert krippendorff_alpha(zip(a, b, strict=True)).value == pytest.approx(0.095, abs=5e-4)


def test_one_label_for_everything_has_a_low_macro_f1():
    keyed = ["quoted"] * 20 + ["paraphrased"] * 4 + ["editorial"] * 4

    assert macro_f1(["quoted"] * 28, keyed).value == pytest.approx((2 * 20 / 48) / 3)
    assert macro_f1(keyed, keyed).value == 1


def test_a_unit_left_out_is_missed_not_skipped():
    assert f1_by_label([None, "a"], ["a", "a"]) == {"a": pytest.approx(2 / 3)}


def test_d_prime_with_the_log_linear_correction():
    z = NormalDist().inv_cdf
    found = discrimination(hits=10, targets=10, false_alarms=0, others=20)

    assert found.d_prime.value == pytest.approx(z(10.5 / 11) - z(0.5 / 21))
    assert found.criterion.value == pytest.approx(-(z(10.5 / 11) + z(0.5 / 21)) / 2)


@given(st.integers(1, 30))
def test_calling_everything_biased_discriminates_nothing(n):
    assert discrimination(n, n, n, n).d_prime.value == pytest.approx(0)
    assert discrimination(n, n, n, n).criterion.value < 0


def test_an_item_is_compared_with_the_rest_not_with_itself():
    table = {"a": [1, 0, 1, 0], "b": [1, 1, 0, 0]}

    assert item_rest_correlation(table, "a").value == pytest.approx(0)
    assert correlation([1, 0, 1, 0], [2, 1, 1, 0]).value > 0.5


def test_kr_20_of_a_small_table():
    rows = [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0]]
    columns = {str(i): list(column) for i, column in enumerate(zip(*rows, strict=True))}

    assert cronbach_alpha(columns).value == pytest.approx(4 / 3 * (1 - (0.16 + 0.24 + 0.24 + 0.16) / 2))


def test_a_gain_has_an_interval_that_is_the_same_each_time():
    before, after = [0.2, 0.4, 0.5, 0.3, 0.6], [0.5, 0.4, 0.7, 0.6, 0.5]
    first = gain(before, after)

    assert first == gain(before, after)
    assert first.low < first.value < first.high


@pytest.mark.parametrize("figure", [
    gain([0.1, 0.2, 0.3], [0.4, 0.5, 0.6]),
    gain([0.5] * 30, [0.5] * 30),
    mean_share([0.75] * 12),
    mean_share([0.75]),
    correlation([1, 2, 3], [2, 4, 7]),
    correlation([1, 2, 3, 4], [2, 4, 6, 8]),
    cronbach_alpha({"a": [1, 0, 1, 0], "b": [1, 0, 1, 0]}),
])
def test_what_does_not_vary_has_no_interval_and_says_why(figure):
    assert figure.value is not None and (figure.low, figure.high) == (None, None)
    assert figure.why.endswith("no interval can be drawn")


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=20), st.floats(0.001, 1))
def test_an_interval_of_a_gain_is_never_without_width(gains, apart):
    figure = gain([0.0] * (len(gains) + 1), [*gains, gains[0] + apart], draws=400)
    assert figure.low is None or figure.low < figure.high or len(gains) > 10, "one learner in many who moved may be missing from nearly every draw"


def test_all_right_and_none_right_lie_within_their_interval_to_the_last_digit():
    assert all(wilson(n, n).high == 1 and wilson(0, n).low == 0 for n in range(1, 400))


@given(st.integers(0, 20), st.integers(1, 20), st.integers(0, 20), st.integers(1, 20))
def test_a_change_and_a_share_always_have_an_interval_with_width(before, n_before, after, n_after):
    for figure in (change(min(before, n_before), n_before, min(after, n_after), n_after), wilson(min(after, n_after), n_after)):
        assert figure.low < figure.high and figure.low - 1e-12 <= figure.value <= figure.high + 1e-12


@pytest.mark.parametrize("figure", [
    macro_f1([], []),
    cohen_kappa([], []),
    cohen_kappa(["a"], ["a", "b"]),
    cohen_kappa(["a", "a"], ["a", "a"]),
    krippendorff_alpha([]),
    krippendorff_alpha([["a", None], [None, "b"]]),
    krippendorff_alpha([["a", "a"], ["a", "a"]]),
    discrimination(0, 0, 1, 4).d_prime,
    discrimination(1, 4, 0, 0).criterion,
    difficulty([]),
    correlation([1, 2], [1, 2]),
    correlation([1, 1, 1], [1, 2, 3]),
    item_rest_correlation({"a": [1, 0, 1]}, "a"),
    cronbach_alpha({}),
    cronbach_alpha({"a": [1, 0]}),
    cronbach_alpha({"a": [1, 1], "b": [1, 1]}),
    gain([], []),
    gain([1], [2]),
])
def test_a_figure_that_is_not_defined_says_why(figure):
    assert figure.value is None
    assert figure.why
