"""Offences weighed by harm."""

import numpy as np
import pytest

from peelian.analysis.harm import weighed

WEIGHTS = {"homicide": 5475.0, "shoplifting": 1.0}


def test_counts_are_weighed_and_added_by_place_and_month():
    counts = np.array([[[1, 100], [0, 50]], [[2, 0], [np.nan, 3]]])
    found = weighed(counts, ["homicide", "shoplifting"], WEIGHTS)
    np.testing.assert_allclose(found, [[5575, 50], [10950, np.nan]])


def test_for_each_head_of_population():
    counts = [[1, 100], [1, 100]]
    found = weighed(counts, ["homicide", "shoplifting"], WEIGHTS, population=[5575, 0])
    assert found[0] == 1
    assert np.isnan(found[1])


def test_an_offence_without_a_weight_is_named():
    with pytest.raises(ValueError, match="no weight for arson"):
        weighed([1, 2], ["homicide", "arson"], WEIGHTS)
    with pytest.raises(ValueError, match="no weight for arson"):
        weighed([1], ["arson"], {"arson": float("nan")})
    with pytest.raises(ValueError, match="2 offences"):
        weighed([1, 2, 3], ["homicide", "shoplifting"], WEIGHTS)
