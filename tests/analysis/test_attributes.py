"""Counts, shares and rates: the limits printed elsewhere, and what must hold of any."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.analysis import c_chart, p_chart, u_chart, xmr

VECTORS = Path(__file__).resolve().parents[2] / "../shared/data/spc"


def column(name: str, key: str) -> list[float]:
    path = VECTORS / name
    if not path.exists():
        pytest.skip("the published charts are not on this machine")
    with path.open() as lines:
        return [float(row[key]) if row[key] else float("nan") for row in csv.DictReader(lines)]


def agrees(drawn, name, *, factor=1.0):
    for ours, theirs in (("centre", "cl"), ("upper", "ucl"), ("lower", "lcl")):
        printed = np.array(column(name, theirs))
        found = getattr(drawn, ours)[0] * factor
        np.testing.assert_allclose(
            found[~np.isnan(printed)], printed[~np.isnan(printed)], rtol=1e-9
        )


def test_agrees_with_a_published_c_chart():
    name = "expected_C_chart.csv"
    drawn = c_chart([column(name, "y")])
    agrees(drawn, name)
    assert (drawn.outside[0] != 0).astype(int).tolist() == column(name, "rule1")


def test_agrees_with_a_published_p_chart():
    name = "expected_P_chart.csv"
    drawn = p_chart([column(name, "y_numerator")], [column(name, "n")])
    agrees(drawn, name, factor=100)
    assert (drawn.outside[0] != 0).astype(int).tolist() == column(name, "rule1")


def test_agrees_with_the_textbook_p_chart_of_two_phases_with_points_left_out():
    name = "montgomery_7.1_p_expected.csv"
    part, include = np.array(column(name, "part")), np.array(column(name, "include"))
    starts = np.diff(part, prepend=part[0]) > 0
    drawn = p_chart(
        [column(name, "y.sum")], [column(name, "n")], starts=starts, excluded=include == 0
    )
    agrees(drawn, name)
    flagged = drawn.outside[0] != 0
    assert flagged[include == 1].tolist() == [
        x == 1 for x, shown in zip(column(name, "sigma.signal"), include, strict=True) if shown
    ]


def test_infections_by_bed_days_have_a_rate_of_their_own_before_and_after():
    name = "cdi_monthly.csv"
    counts, days = np.array(column(name, "n")), np.array(column(name, "days"))
    starts = np.arange(len(counts)) == 24
    drawn = u_chart([counts], [days], starts=starts)
    for part in (slice(0, 24), slice(24, None)):
        rate = counts[part].sum() / days[part].sum()
        np.testing.assert_allclose(drawn.centre[0, part], rate, rtol=1e-12)
        upper = rate + 3 * np.sqrt(rate / days[part])
        np.testing.assert_allclose(drawn.upper[0, part], upper, rtol=1e-12)


def test_very_large_sizes_want_the_limits_of_laney():
    """Worked by hand from Laney (2002): the scores, their moving range, and what it widens."""
    counts, sizes = (np.array(column("nhs_accidents.csv", key)) for key in ("r", "n"))
    share = counts.sum() / sizes.sum()
    spread = np.sqrt(share * (1 - share) / sizes)
    scores = (counts / sizes - share) / spread
    widened = np.abs(np.diff(scores)).mean() / 1.128
    plain = p_chart([counts], [sizes])
    prime = p_chart([counts], [sizes], prime=True)
    np.testing.assert_allclose(prime.upper[0], share + 3 * widened * spread, rtol=1e-12)
    assert widened > 5
    assert np.count_nonzero(plain.outside) > 10 > np.count_nonzero(prime.outside)


def test_emergency_attendances_vary_more_than_samples_would_and_less_than_their_step():
    """Five years of falling waits: a p chart finds nearly every month exceptional, p′ does not."""
    name = "ed_attendances_monthly.csv"
    within, all_of_them = column(name, "within_4h"), column(name, "att_all")
    plain, prime = (p_chart([within], [all_of_them], prime=prime) for prime in (False, True))
    np.testing.assert_allclose(prime.centre, sum(within) / sum(all_of_them))
    widths = (prime.sigma / plain.sigma)[0]
    np.testing.assert_allclose(widths, widths[0])
    assert widths[0] > 3
    assert np.count_nonzero(plain.outside) > np.count_nonzero(prime.outside)


def test_a_share_left_out_of_the_chart_makes_its_neighbours_neighbours():
    """As if it had not been there, also for the moving range of Laney's scores."""
    counts = np.array([[12.0, 9, 14, 11, 40, 10, 13, 8, 12, 11]])
    sizes = np.array([[50.0, 40, 60, 55, 50, 45, 52, 48, 51, 50]])
    kept = counts[0] != 40
    drawn = p_chart(counts, sizes, prime=True, excluded=~kept)
    without = p_chart(counts[:, kept], sizes[:, kept], prime=True)
    np.testing.assert_allclose(drawn.upper[:, kept], without.upper, rtol=1e-12)


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(30, 60)), min_size=20, max_size=40),
    st.data(),
)
def test_each_phase_of_shares_is_charted_as_if_it_stood_alone(pairs, data):
    counts, sizes = np.array(pairs, dtype=float).T
    at = data.draw(st.integers(1, len(pairs) - 1))
    prime = data.draw(st.booleans())
    whole = p_chart([counts], [sizes], prime=prime, starts=np.arange(len(pairs)) == at)
    for part in (slice(0, at), slice(at, None)):
        alone = p_chart([counts[part]], [sizes[part]], prime=prime)
        for name in ("centre", "lower", "upper", "count", "enough", "provisional"):
            ours, theirs = getattr(whole, name)[0, part], getattr(alone, name)[0]
            np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


counted = st.lists(
    st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=8,
    max_size=30,
)


@given(counted)
def test_a_share_and_its_limits_are_from_nothing_to_all(pairs):
    counts, sizes = np.array(pairs, dtype=float).T
    for prime in (False, True):
        drawn = p_chart([counts], [sizes], prime=prime)
        shown = drawn.enough[0]
        assert (drawn.lower[0][shown] >= 0).all()
        assert (drawn.upper[0][shown] <= 1).all()
        assert (drawn.lower <= drawn.centre + 1e-12)[0][shown].all()
        assert (drawn.centre <= drawn.upper + 1e-12)[0][shown].all()


@given(counted, st.integers(2, 50))
def test_a_rate_in_another_unit_is_the_same_chart(pairs, factor):
    counts, sizes = np.array(pairs, dtype=float).T
    one, other = u_chart([counts], [sizes]), u_chart([counts], [sizes * factor])
    np.testing.assert_allclose(one.upper, other.upper * factor, rtol=1e-9)
    np.testing.assert_array_equal(one.outside, other.outside)


@given(st.lists(st.integers(0, 60), min_size=8, max_size=30), st.integers(1, 9))
def test_with_one_size_throughout_a_u_prime_chart_is_an_xmr_chart(counts, size):
    values = np.array(counts, dtype=float) / size
    prime = u_chart([counts], [np.full(len(counts), size)], prime=True)
    plain = xmr([values])
    np.testing.assert_allclose(prime.centre, plain.centre, atol=1e-12)
    np.testing.assert_allclose(prime.upper, plain.upper, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nothing_and_all_are_constant_and_no_signal(share):
    sizes = np.array([[50.0, 60, 40, 55, 48, 52, 61, 47, 50, 50]])
    for prime in (False, True):
        drawn = p_chart(sizes * share, sizes, prime=prime)
        assert (drawn.lower == share).all()
        assert (drawn.upper == share).all()
        assert not drawn.any_signal.any()


def test_a_month_of_no_cases_has_no_share():
    drawn = p_chart([[1, 0, 3] * 4], [[10, 0, 12] * 4])
    assert np.isnan(drawn.values[0, 1])
    assert drawn.count[0, 0] == 8


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda: p_chart([[5.0]], [[4.0]]), "larger"),
        (lambda: u_chart([[-1.0]], [[4.0]]), "below 0"),
        (lambda: c_chart([1.0]), "two dimensions"),
        (lambda: c_chart([[1.0, -1.0]]), "below 0"),
        (lambda: p_chart([[1.0, 2.0]], [[4.0], [5.0]]), "shape of counts"),
    ],
)
def test_what_cannot_be_a_count_is_refused(work, words):
    with pytest.raises(ValueError, match=words):
        work()
