"""Changes of level: found where they are, seldom where they are not, and settled before told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelian.analysis import propose_steps

RNG = np.random.default_rng(11)
MONTHS = 60


def noise(series: int = 300) -> np.ndarray:
    return RNG.normal(100, 10, (series, MONTHS))


def proposed(values) -> np.ndarray:
    return propose_steps(np.atleast_2d(np.asarray(values, float))).starts


def test_a_stable_series_is_seldom_given_another_level():
    for values in (noise(), RNG.poisson(8, (300, MONTHS)).astype(float)):
        assert proposed(values).any(axis=1).mean() < 0.03


def test_a_season_is_no_change_of_level():
    season = 100 * (1 + 0.3 * np.sin(2 * np.pi * np.arange(MONTHS) / 12))
    values = RNG.poisson(season, (200, MONTHS)).astype(float)
    assert proposed(values).any(axis=1).mean() < 0.06


def test_a_step_of_three_sigma_is_found_within_three_months_of_its_place():
    values = noise(200)
    values[:, 30:] += 30
    found = propose_steps(values)
    near = found.starts[:, 27:34].any(axis=1)
    assert near.mean() > 0.95
    assert (found.direction[found.refused == ""] == 1).mean() > 0.97
    assert np.median(found.after - found.before) == pytest.approx(30, abs=4)


def test_one_month_that_leaps_is_no_level():
    values = noise(200)
    values[:, 30] += 120
    assert proposed(values).any(axis=1).mean() < 0.04


def test_a_level_must_last_nine_months_before_it_is_proposed_and_is_told_of_before():
    values = noise(200)
    values[:, -6:] += 40
    found = propose_steps(values)
    assert not found.starts[:, -8:].any()
    assert (found.refused == "too_recent").sum() > 150


def test_what_an_analyst_accepts_leads_to_no_further_proposal():
    values = noise(100)
    values[:, 20:] += 25
    values[:, 40:] -= 40
    first = propose_steps(values)
    again = propose_steps(values, starts=first.starts)
    assert first.starts.any()
    assert not again.starts.any()


def test_the_same_series_always_gives_the_same_answer_alone_or_among_others():
    values = noise(40)
    values[::2, 25:] += 25
    together = proposed(values)
    np.testing.assert_array_equal(together, proposed(values))
    for row in (0, 1, 39):
        np.testing.assert_array_equal(together[row : row + 1], proposed(values[row]))


@given(st.sampled_from([0.5, 3.0, 100.0]), st.sampled_from([-50.0, 0.0, 1000.0]))
def test_another_unit_moves_no_step(scale, offset):
    values = np.random.default_rng(4).normal(100, 10, (20, MONTHS))
    values[:, 30:] += 25
    np.testing.assert_array_equal(proposed(values), proposed(values * scale + offset))


def test_missing_months_before_and_after_move_no_step():
    values = noise(20)
    values[:, 30:] += 30
    gaps = np.full((20, 5), np.nan)
    padded = proposed(np.hstack([gaps, values, gaps]))
    np.testing.assert_array_equal(padded[:, 5:-5], proposed(values))


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (1, 0), (0, 60)])
def test_too_little_gives_nothing(shape):
    assert not propose_steps(np.full(shape, 5.0)).starts.any()


def test_a_constant_and_an_empty_series_have_no_step():
    assert not proposed(np.full((2, MONTHS), 7.0)).any()
    assert not proposed(np.full((2, MONTHS), np.nan)).any()


def test_each_step_of_a_series_can_be_read_by_name():
    values = noise(1)
    values[:, 30:] += 40
    [step] = [s for s in propose_steps(values).of(0) if not s["refused"]]
    assert set(step) >= {"month", "before", "after", "sigmas", "direction", "confidence"}
    assert 0 <= step["confidence"] <= 1
