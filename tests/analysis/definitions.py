"""Run rules read from their definitions: slow, in plain Python, knowing nothing of the library.

Sources are those that `peelian.analysis.rules` names.
"""

import itertools
import math
from fractions import Fraction

# ---- rules: each takes points that follow one another in one phase, as distances in sigmas, and
# ---- gives +1, -1 or 0 for each; the values themselves are for those that ask which way it goes.


def beyond_limit(far, values):
    return [1 if x > 3 else -1 if x < -3 else 0 for x in far]


def one_side(length):
    def rule(far, values):
        return marked(far, length, lambda some: all(x > 0 for x in some))

    return rule


def some_beyond(most, length, sigmas, *, side, within=None):
    """So many of a window beyond so many sigmas; only those are marked."""

    def rule(far, values):
        found = [0] * len(far)
        for sign, start in itertools.product((1, -1), range(len(far) - length + 1)):
            window = [sign * x for x in far[start : start + length]]
            hits = [n for n, x in enumerate(window) if x > sigmas and (not within or x <= within)]
            if len(hits) >= most and (not side or min(window) > 0):
                for n in hits:
                    found[start + n] = sign
        return found

    return rule


def in_one_direction(length):
    def rule(far, values):
        found = [0] * len(values)
        for start in range(len(values) - length + 1):
            steps = [b - a for a, b in itertools.pairwise(values[start : start + length])]
            for sign in (1, -1):
                if all(sign * step > 0 for step in steps):
                    for n in range(start, start + length):
                        found[n] = found[n] or sign  # a turning point keeps the first
        return found

    return rule


def near_centre(length):
    return lambda far, values: undirected(far, length, lambda some: all(abs(x) <= 1 for x in some))


def far_from_centre(length):
    return lambda far, values: undirected(far, length, lambda some: all(abs(x) > 1 for x in some))


def up_and_down(length):
    def turns(some):
        steps = [b - a for a, b in itertools.pairwise(some)]
        return all(a * b < 0 for a, b in itertools.pairwise(steps))

    return lambda far, values: undirected(values, length, turns)


def too_few_crossings(far, values):
    sides = [x > 0 for x in far if x]
    if len(sides) < 2:
        return [0] * len(far)
    runs = [len(list(own)) for _side, own in itertools.groupby(sides)]
    tosses = len(sides) - 1
    tails = itertools.accumulate(
        Fraction(math.comb(tosses, k), 2**tosses) for k in range(tosses + 1)
    )
    needed = next(k for k, tail in enumerate(tails) if tail >= Fraction(1, 20))
    odd = max(runs) > round(math.log2(len(sides))) + 3 or len(runs) - 1 < needed
    return [int(odd)] * len(far)


def marked(far, length, holds):
    found = [0] * len(far)
    for sign, start in itertools.product((1, -1), range(len(far) - length + 1)):
        if holds([sign * x for x in far[start : start + length]]):
            found[start : start + length] = [sign] * length
    return found


def undirected(points, length, holds):
    found = [0] * len(points)
    for start in range(len(points) - length + 1):
        if holds(points[start : start + length]):
            found[start : start + length] = [1] * length
    return found


MDC = {
    "outside": beyond_limit,
    "shift": one_side(7),
    "trend": in_one_direction(7),
    "two_of_three": some_beyond(2, 3, 2, side=True),
}
OLDER = some_beyond(2, 3, 2, side=True, within=3)
SCHOOLS = {
    "mdc": MDC,
    "mdc-2022": {**MDC, "two_of_three": OLDER},
    "plotthedots": {**MDC, "two_of_three": OLDER},
    "eight-point": {**MDC, "shift": one_side(8)},
    "western-electric": {
        "outside": beyond_limit,
        "two_of_three": some_beyond(2, 3, 2, side=False),
        "four_of_five": some_beyond(4, 5, 1, side=False),
        "shift": one_side(8),
    },
    "nelson": {  # his tests 1 to 8, in order
        "outside": beyond_limit,
        "shift": one_side(9),
        "trend": in_one_direction(6),
        "alternating": up_and_down(14),
        "two_of_three": some_beyond(2, 3, 2, side=False),
        "four_of_five": some_beyond(4, 5, 1, side=False),
        "hugging": near_centre(15),
        "mixture": far_from_centre(8),
    },
    "anhoej": {"outside": beyond_limit, "runs": too_few_crossings},
    # Every rule at once, of lengths that come up often.
    "short": {
        "outside": beyond_limit,
        "shift": one_side(4),
        "trend": in_one_direction(4),
        "two_of_three": some_beyond(2, 3, 2, side=True),
        "four_of_five": some_beyond(4, 5, 1, side=False),
        "hugging": near_centre(5),
        "mixture": far_from_centre(4),
        "alternating": up_and_down(5),
        "runs": too_few_crossings,
    },
}
