"""One area beside its most similar group: its place, and whether the difference is chance."""

import numpy as np
import pytest

from peelian.analysis.peers import beside_peers
from peelian.analysis.rates import rate, rate_ratio


def test_an_area_is_ranked_among_its_peers_and_set_beside_their_mean():
    peers = rate([80, 120, np.nan, 100], [10_000] * 4)
    found = beside_peers(rate(200, 10_000), peers)
    assert found.level == pytest.approx(10)
    assert found.median == pytest.approx(10)
    assert (found.rank, found.among) == (1, 4)
    assert found.difference == pytest.approx(10)
    assert found.sign == 1


def test_a_difference_that_sampling_explains_is_none():
    found = beside_peers(rate(105, 10_000), rate([95, 100, 98], [10_000] * 3))
    assert found.sign == 0
    assert found.difference_lower < 0 < found.difference_upper


def test_peers_may_count_by_their_size():
    peers = rate([10, 400], [1000, 10_000])
    assert beside_peers(rate(1, 1000), peers, weights=[1, 10]).level == pytest.approx(410 / 11)


def test_an_area_without_a_value_has_no_place():
    with pytest.raises(ValueError, match="itself has no value"):
        beside_peers(rate(np.nan, 1000), rate([10], [1000]))


def test_a_peer_without_an_interval_leaves_the_difference_without_one():
    ratios = rate_ratio([5, 0], 1000, [5, 5], 1000)
    found = beside_peers(rate_ratio(50, 1000, 5, 1000), ratios)
    assert (found.rank, found.among, found.sign) == (1, 3, 0)
    assert np.isnan([found.difference_lower, found.difference_upper]).all()


def test_without_any_peer_there_is_nothing_to_say():
    with pytest.raises(ValueError, match="none of the areas"):
        beside_peers(rate(1, 1000), rate([np.nan], [1000]))
