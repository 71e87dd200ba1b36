"""Disproportionality: how many times as often, how sure, and what a reader must know."""

import numpy as np
import pytest

from peelian.analysis.disproportion import Caveat, disproportion


def test_a_ratio_of_rates_with_its_interval_and_what_it_leaves_out():
    found = disproportion([90, 40], [10_000, 20_000], 300, 150_000)
    np.testing.assert_allclose(found.ratio.value, [4.5, 1.0])
    assert found.more.tolist() == [True, False]
    assert found.less.tolist() == [False, False]
    assert found.rates.value[0] == pytest.approx(9)
    assert found.reference.value == pytest.approx(2)
    assert found.caveats == ((Caveat.CLUSTERED,), (Caveat.CLUSTERED,))


def test_those_without_a_group_bound_what_the_ratio_could_be():
    found = disproportion([90], [10_000], 300, 150_000, unstated=100)
    assert found.lowest[0] == pytest.approx(90 / 10_000 / (400 / 150_000))
    assert found.highest[0] == pytest.approx(190 / 10_000 / (300 / 150_000))
    assert found.lowest[0] < found.ratio.value[0] < found.highest[0]
    assert Caveat.UNSTATED in found.caveats[0]


def test_few_events_and_old_populations_are_told():
    found = disproportion([3], [1000], 300, 150_000, population_age=5)
    assert set(found.caveats[0]) == {Caveat.FEW, Caveat.CLUSTERED, Caveat.OLD_POPULATION}


def test_nobody_met_with_in_the_reference_group_gives_no_ratio():
    found = disproportion([3], [1000], 0, 150_000)
    assert np.isnan(found.ratio.value[0])
    assert np.isnan(found.highest[0])
    assert not found.more[0]


def test_a_reference_group_without_people_is_refused():
    with pytest.raises(ValueError, match="reference group"):
        disproportion([3], [1000], 5, 0)
