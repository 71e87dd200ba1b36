"""The analysis alone: no database, no Django. Run it with `.venv/bin/python`.

Three years of a made-up count: nothing happens for two of them, then the level rises, and the last
month leaps.
"""

import numpy as np

from peelian.analysis import PROFILES, analyse, latest, propose_steps, xmr

MONTHS = 36


def made_up() -> np.ndarray:
    """Return one series of 36 months, seeded."""
    rng = np.random.default_rng(7)
    values = rng.poisson(100, MONTHS).astype(float)
    values[24:] += 35
    values[-1] = 220
    return values


def main() -> None:
    """Say what is found, plainly and then with the step taken as a new phase."""
    values = made_up()
    chart = xmr([values], rules=PROFILES["mdc"])
    last = latest(chart)
    print(f"average {last.centre[0]:.0f}, limits {last.lower[0]:.0f} to {last.upper[0]:.0f}")
    print(f"the last month is outside: {bool(last.outside[0])}; in a shift: {bool(last.shift[0])}")

    steps = propose_steps([values])
    for step in steps.of(0):
        if not step["refused"]:
            print(
                f"from month {step['month'] + 1} the level is {step['after']:.0f}, "
                f"not {step['before']:.0f} (sure to {step['confidence']:.0%})"
            )

    found = analyse([values], starts=steps.starts)
    last = latest(found.chart)
    print(
        f"since then: average {last.centre[0]:.0f}, limits {last.lower[0]:.0f} to "
        f"{last.upper[0]:.0f}; a stable series ends like this once in "
        f"{1 / found.chance[0]:,.0f} times"
    )


if __name__ == "__main__":
    main()
