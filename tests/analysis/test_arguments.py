"""Arguments that cannot be: each is refused in words that say what was found and expected."""

import numpy as np
import pytest

from peelian.analysis import (
    Rules,
    analyse,
    assurance,
    beside_peers,
    c_chart,
    compare_periods,
    discoveries,
    disproportion,
    expected_flags,
    funnel,
    g_chart,
    p_chart,
    poisson_chart,
    propose_steps,
    rate,
    run_chart,
    run_test,
    seasonality,
    t_chart,
    weighed,
    xmr,
)
from peelian.analysis.forecast import forecast, year_end
from peelian.analysis.quality import oddities
from peelian.analysis.scale import stabilise

NAN, INF = float("nan"), float("inf")
YEARS = [50.0, 52, 47, 55, 49, 51] * 5
TABLE = [YEARS]


@pytest.mark.parametrize(
    ("values", "horizon", "options", "words"),
    [
        ([*YEARS, INF], 3, {}, "found inf at 30"),
        (YEARS, 3, {"level": 2}, "between 0 and 1; found 2"),
        (YEARS, 3, {"level": 0}, "between 0 and 1; found 0"),
        (YEARS, 3, {"level": NAN}, "finite; found nan"),
        (YEARS, 1.5, {}, "whole number; found 1.5"),
        (YEARS, "3", {}, "whole number; found '3'"),
        (YEARS, 0, {}, "1 or more; found 0"),
        (YEARS, 3, {"per_year": 0}, "1 to 53; found 0"),
        (YEARS, 3, {"per_year": 1.5}, "whole number; found 1.5"),
        (YEARS, 3, {"least": NAN}, "one number, or -inf; found nan"),
        (YEARS, 3, {"least": [0, 1]}, "one number, or -inf"),
        ([*YEARS, -5], 3, {"least": 0}, "below least, 0; found -5"),
        (["many"], 3, {}, "must be numbers"),
    ],
)
def test_what_cannot_be_forecast_is_refused(values, horizon, options, words):
    with pytest.raises((ValueError, TypeError), match=words):
        forecast(values, horizon, **options)


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([INF, *YEARS], {}, "found inf at 0"),
        ([YEARS], {}, r"one row; found shape \(1, 30\)"),
        (YEARS, {"level": 3}, "between 0 and 1; found 3"),
        (YEARS, {"first_month": 13}, "1 to 12; found 13"),
        (YEARS, {"first_month": 1.5}, "whole number; found 1.5"),
        ([-5.0, *YEARS], {"least": 0}, "below least, 0; found -5"),
        ([], {}, "no value"),
    ],
)
def test_a_year_that_cannot_be_told_is_refused(values, options, words):
    with pytest.raises((ValueError, TypeError), match=words):
        year_end(values, **options)


def test_a_year_of_values_below_nothing_has_its_own_least():
    values = np.random.default_rng(8).normal(-20, 3, 42)
    told, same = (year_end(values, first_month=4, **least) for least in ({}, {"least": -INF}))
    assert told.lower < told.expected < told.upper < -150
    assert (told.lower, told.upper) == (same.lower, same.upper)
    assert told.beside == 0
    held = year_end(np.maximum(values, -20.0), first_month=4, least=-20)
    assert held.lower >= held.so_far - 6 * 20


NO_PERIODS = np.zeros((2, 0))


@pytest.mark.parametrize("work", [analyse, seasonality, propose_steps, xmr, run_chart, c_chart])
def test_of_no_periods_nothing_is_found(work):
    found = work(NO_PERIODS)
    for name in ("adjusted", "starts", "centre"):
        assert getattr(found, name, NO_PERIODS).shape == (2, 0)


def test_the_analysis_of_no_periods_says_nothing_of_any_series():
    found = analyse(NO_PERIODS, sizes=NO_PERIODS)
    assert np.isnan(found.chance).all()
    assert found.expected.tolist() == [0, 0]
    assert not found.seasonal.any()
    assert not len(found.steps.series)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"chart": "pie"}, "one of auto.*found 'pie'"),
        ({"seasonal": "yes"}, "auto or never; found 'yes'"),
        ({"first_month": 13}, "1 to 12; found 13"),
        ({"first_month": 1.5}, "whole number; found 1.5"),
        ({"sizes": [[1.0], [2.0]]}, r"shape of values, \(1, 30\); found \(2, 1\)"),
        ({"rules": "mdc"}, "found 'mdc'"),
        ({"starts": [12, 24]}, "True or False"),
        ({"starts": [True]}, "yes or no to 30 periods"),
        ({"baseline": [0.5] * 30}, "True or False"),
    ],
)
def test_what_cannot_be_analysed_is_refused(options, words):
    with pytest.raises((ValueError, TypeError), match=words):
        analyse(TABLE, **options)


@pytest.mark.parametrize("work", [xmr, c_chart, t_chart, poisson_chart, run_chart, seasonality])
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([["many"]], "must be numbers"),
        ([[1, 2], [3]], "rows of one length"),
        ([1.0, 2.0], "two dimensions"),
        ([[1.0, INF]], r"found inf at \(0, 1\)"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(work, values, words):
    with pytest.raises((ValueError, TypeError), match=words):
        work(values)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"floor": NAN}, "floor must be finite; found nan"),
        ({"floor": "none"}, "floor must be numbers"),
        ({"frozen": 1.5}, "whole number; found 1.5"),
        ({"frozen": -1}, "0 or more; found -1"),
    ],
)
def test_limits_that_cannot_be_drawn_are_refused(options, words):
    with pytest.raises((ValueError, TypeError), match=words):
        xmr(TABLE, **options)


@pytest.mark.parametrize("draw", [xmr, c_chart, t_chart, g_chart, poisson_chart])
def test_the_name_of_rules_is_not_the_rules(draw):
    with pytest.raises(TypeError, match=r"must be Rules.*found 'mdc'"):
        draw(TABLE, rules="mdc")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"shift": -1}, "shift must be 0 or more; found -1"),
        ({"shift": 1.5}, "shift must be a whole number; found 1.5"),
        ({"trend": 2}, "trend takes 3 points or more, or 0; found 2"),
        ({"alternating": 2}, "alternating takes 3"),
        ({"two_of_three": "nhs"}, "one of '', 'mdc'.*found 'nhs'"),
        ({"reach": -1}, "not below 0; found -1"),
        ({"reach": 0}, "above 0; found 0"),
        ({"shown_from": 0}, "1 or more; found 0"),
    ],
)
def test_what_cannot_be_a_rule_is_refused(options, words):
    with pytest.raises((ValueError, TypeError), match=words):
        Rules(**options)


@pytest.mark.parametrize("mean", [1e3, 1e8, 1e12, 1e15])
def test_counts_of_any_size_vary_alike_on_the_stable_scale(mean):
    """A Poisson count of a million million still varies by its root, a million."""
    counts = np.random.default_rng(4).poisson(mean, (1, 48)).astype(float)
    scaled = stabilise(counts, np.array([True]))
    assert scaled.std() == pytest.approx(1)
    expected = (counts - counts.mean()) / counts.std()
    np.testing.assert_allclose(scaled, expected, atol=0.1)


@pytest.mark.parametrize("value", [0.0, 3.0, 1e12])
def test_a_constant_count_of_any_size_is_constant_on_the_stable_scale(value):
    assert not stabilise(np.full((1, 24), value), np.array([True])).any()


PEERS = rate([1.0, 2.0, NAN], [10.0, 10.0, 10.0])


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([-1, 2, 1], "not below 0"),
        ([0, 0, 5], "weight above 0"),
        ([NAN, 1, 1], "not below 0"),
        ([INF, 1, 1], "finite"),
        ([1, 1], r"one row of 3; found shape \(2,\)"),
        (1.0, r"one row of 3; found shape \(\)"),
        (["a", "b", "c"], "must be numbers"),
    ],
)
def test_weights_that_peers_cannot_have_are_refused(weights, words):
    with pytest.raises((ValueError, TypeError), match=words):
        beside_peers(rate([4.0], [10.0]), PEERS, weights=weights)


def test_the_weight_of_a_peer_without_a_value_does_not_matter():
    found = beside_peers(rate([4.0], [10.0]), PEERS, weights=[1, 3, NAN])
    assert found.level == pytest.approx(175)


def test_one_area_alone_stands_beside_its_peers():
    with pytest.raises(ValueError, match=r"one area.*found 3"):
        beside_peers(PEERS, PEERS)


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (([1], [10], NAN, 100), {}, "count of the reference group.*found nan"),
        (([1], [10], 5, NAN), {}, "population of the reference group.*found nan"),
        (([1], [10], 5, INF), {}, "population of the reference group.*found inf"),
        (([1], [10], [5, 6], 100), {}, "one number"),
        (([1], [10], 5, 100), {"unstated": NAN}, "unstated.*found nan"),
        (([1], [10], 5, 100), {"unstated": -1}, "unstated.*found -1"),
        (([1], [10], 5, 100), {"population_age": NAN}, "age.*found nan"),
        ((1, 10, 5, 100), {}, r"one row; found shape \(\)"),
        (([1, 2], [10], 5, 100), {}, r"one row of 2; found shape \(1,\)"),
        (([-1], [10], 5, 100), {}, "below 0"),
        (([1], [10], 5, 100), {"level": 2}, "between 0 and 1; found 2"),
    ],
)
def test_what_has_no_disproportion_is_refused(arguments, options, words):
    with pytest.raises((ValueError, TypeError), match=words):
        disproportion(*arguments, **options)


def test_the_bounds_of_a_ratio_are_numbers_or_missing():
    found = disproportion([1, 1, NAN], [10, 0, 10], 0, 100)
    assert np.isnan([*found.lowest, *found.highest]).all()
    assert np.isnan(disproportion([1], [0], 5, 100, unstated=3).highest).all()


WEIGHTS = {"homicide": 5475.0, "shoplifting": 1.0}


@pytest.mark.parametrize(
    ("counts", "population", "words"),
    [
        (np.ones((2, 3, 2)), np.ones(3), r"shape \(2, 3\); found \(3,\)"),
        (np.ones((2, 2)), 5, r"shape \(2,\); found \(\)"),
        (np.ones((2, 2)), [-5, 1], "population.*not below 0"),
        (np.ones((2, 2)), [INF, 1], "population.*finite"),
        (-np.ones((2, 2)), None, "counts.*not below 0"),
        (np.full((2, 2), INF), None, "counts.*finite"),
        (1, None, "2 offences"),
    ],
)
def test_what_cannot_be_weighed_is_refused(counts, population, words):
    with pytest.raises(ValueError, match=words):
        weighed(counts, list(WEIGHTS), WEIGHTS, population=population)


@pytest.mark.parametrize("weight", [-1.0, INF, NAN])
def test_an_offence_has_a_finite_weight(weight):
    with pytest.raises(ValueError, match="no weight for homicide"):
        weighed([1], ["homicide"], {"homicide": weight})


@pytest.mark.parametrize(
    ("chance", "at", "words"),
    [
        ([1.5, 0.2], 0.05, "0 to 1.*found 1.5"),
        ([NAN, -0.1], 0.05, "0 to 1.*found -0.1"),
        ([INF], 0.05, "found inf"),
        ([0.1], 5, "between 0 and 1; found 5"),
        ([0.1], 0, "between 0 and 1; found 0"),
        ([0.1], NAN, "found nan"),
    ],
)
def test_what_is_no_chance_is_refused(chance, at, words):
    with pytest.raises(ValueError, match=words):
        discoveries(chance, at)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda: expected_flags([-3]), "found -3"),
        (lambda: expected_flags([5.5]), "found 5.5"),
        (lambda: expected_flags([NAN]), "found nan"),
        (lambda: assurance(xmr(TABLE), [1, 2]), r"or 1; found shape \(2,\)"),
        (lambda: assurance(xmr(TABLE), "high"), "must be numbers"),
        (lambda: funnel([INF, 1], [1, 1]), "found inf at 0"),
        (lambda: funnel([1, 1], [1, 1], of="ratio"), "found 'ratio'"),
        (lambda: rate([1], [1], per=-1), "found -1"),
        (lambda: rate([1], [1], per=NAN), "found nan"),
        (lambda: rate([1, 2], [1, 2, 3]), r"\(2,\), \(3,\)"),
        (lambda: rate([1], [1], level=1), "between 0 and 1; found 1"),
        (lambda: compare_periods(TABLE, first_month=1.5), "whole number; found 1.5"),
        (lambda: compare_periods(TABLE, per_year=5), "found 5"),
        (lambda: oddities(TABLE, counts=[True, False]), r"or 1; found shape \(2,\)"),
        (lambda: p_chart([[1.0]], "ten"), "sizes must be numbers"),
        (lambda: expected_flags([12], "mdc"), "must be Rules.*found 'mdc'"),
        (lambda: run_test([1, -1]), r"found shape \(2,\)"),
        (lambda: run_test([[5, -3]]), r"\+1, -1 or 0"),
    ],
)
def test_what_cannot_be_asked_is_refused(work, words):
    with pytest.raises((ValueError, TypeError), match=words):
        work()
