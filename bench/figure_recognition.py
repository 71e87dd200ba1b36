"""Figures in prose measured: how many of a real pack's known figures are recognised, and how fast.

``python -m bench.figure_recognition`` prints the table; with `--missing` what was not recognised,
with `--beyond N` a sample of what was recognised and is not among the known figures, to be judged
by eye. A known figure is found where its own words stand in the text (spaces collapsed, words
parted at a line's end rejoined) and counts as recognised when a figure with its value is seen on
those lines or the next. The unit is right when it is the same mark or duration, or a word of the
known unit, its measure or the words after its number.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

from peelian.intake.text import read_text
from peelian.recognition.figures import Figure, figures

SEED = Path(__file__).resolve().parents[1] / "../shared/seed"
SAMPLE_SEED = 2024


@dataclass(frozen=True)
class Known:
    """A figure that the text is known to hold, and the lines on which it stands."""

    value: float
    unit: str
    words: str
    first: int
    last: int


def main() -> None:
    """Print what is recognised of the known figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--seed", type=Path, default=SEED)
    options.add_argument("--missing", action="store_true")
    options.add_argument("--beyond", type=int, default=0)
    chosen = options.parse_args()
    if not (chosen.seed / "figures.json").exists():
        print("| the pack with known figures is not on this machine | – |")
        return
    content = next(chosen.seed.glob("pack-*.txt")).read_bytes()
    document = read_text("pack.txt", content)
    started = time.process_time()
    found = figures(document, None)
    taken = time.process_time() - started
    known, lost = _known(chosen.seed, content.decode())
    pairs, beyond = matched(known, found)
    right = [k for k, f in pairs if f is not None and unit_is_right(k, f)]
    print("| Figures in prose | Measured |\n|---|---:|")
    print(f"| known figures | {len(known) + lost} |")
    values = sum(f is not None for _k, f in pairs)
    print(f"| value recognised | {values} ({values / (len(known) + lost):.1%}) |")
    print(f"| value and unit | {len(right)} ({len(right) / (len(known) + lost):.1%}) |")
    print(f"| recognised, not among the known | {len(beyond)} |")
    print(f"| processor time for the whole text | {taken:.2f} s |")
    if chosen.missing:
        for k, f in pairs:
            if f is None or k not in right:
                print(k.first, k.value, k.unit, "|", f and (f.value, f.unit), "|", k.words[:110])
    for f in random.Random(SAMPLE_SEED).sample(beyond, min(chosen.beyond, len(beyond))):
        print(f"{f.origin.line} | {f.printed} {f.unit} | {f.measure} | {f.quotation[:140]}")


def _known(seed: Path, text: str) -> tuple[list[Known], int]:
    """Return the known figures with their lines, and how many have no number or no place."""
    flat, lines = _flat(text)
    known, lost, last = [], 0, 0
    for row in json.loads((seed / "figures.json").read_text())["figures"]:
        words, _lines = _flat(row["verbatim"])
        at = flat.find(words, max(last - 20_000, 0))
        at = at if at >= 0 else flat.find(words)
        if at < 0 or row["value"] is None:
            lost += 1
            continue
        last = at
        known.append(
            Known(
                float(row["value"]),
                row["unit"],
                f"{row['measure']} {row['verbatim']}",
                lines[at],
                lines[at + len(words) - 1],
            )
        )
    return known, lost


def _flat(text: str) -> tuple[str, list[int]]:
    """Return the text without any space, and the line of each character that is left."""
    kept, lines, line = [], [], 1
    for character in text:
        line += character == "\n"
        if not character.isspace() and character != "-":
            kept.append(character)
            lines.append(line)
    return "".join(kept), lines


def matched(
    known: list[Known], found: list[Figure]
) -> tuple[list[tuple[Known, Figure | None]], list[Figure]]:
    """Return each known figure with the one recognised for it, and those left over."""
    free = list(found)
    pairs: list[tuple[Known, Figure | None]] = []
    for one in known:
        near = [f for f in free if one.first <= (f.origin.line or 0) <= one.last + 1]
        alike = [f for f in near if _same(one, f)]
        alike.sort(key=lambda f: not unit_is_right(one, f))
        pairs.append((one, alike[0] if alike else None))
        if alike:
            free.remove(alike[0])
    return pairs, free


def _same(known: Known, figure: Figure) -> bool:
    value = abs(known.value) * (100 if known.unit.startswith("share") else 1)
    return abs(value - abs(figure.value)) <= 0.01 * max(abs(value), 0.001)


def unit_is_right(known: Known, figure: Figure) -> bool:
    """Return whether the unit recognised is the known one, or a word of what is known of it."""
    if known.unit.startswith("share"):
        return figure.unit == "%"
    if known.unit.startswith("GBP"):
        return figure.unit == "£"
    if "%" in (known.unit, figure.unit):
        return known.unit == figure.unit
    words = {_stem(w) for w in re.findall(r"[a-z]+", f"{known.unit} {known.words}".casefold())}
    return (
        bool(figure.unit)
        and {_stem(w) for w in re.findall(r"[a-z]+", figure.unit.casefold())} <= words
    )


def _stem(word: str) -> str:
    return word.rstrip("s")


if __name__ == "__main__":
    main()
