"""What a page costs the person at it, at human speed.

Clicks, keys and thought by the keystroke-level model (Card, Moran and Newell 1980, table 1): a key
of an average typist 0.28 s, pointing 1.1 s, a press of the button 0.2 s, a hand from keyboard to
mouse 0.4 s, a moment of thought 1.35 s before each act. Reading at 240 words a minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator

_KEY, _POINT, _BUTTON, _HOME, _THINK = 0.28, 1.1, 0.2, 0.4, 1.35
_WORDS_A_SECOND = 240 / 60


@dataclass
class Effort:
    """What somebody has done so far, and how long a person takes for it."""

    clicks: int = 0
    keys: int = 0
    words: int = 0
    seconds: float = 0.0

    def click(self, what: Locator) -> None:
        """Press something."""
        self.clicks += 1
        self.seconds += _THINK + _POINT + _BUTTON
        what.click()

    def type(self, what: Locator, text: str) -> None:
        """Go to a field and write in it."""
        self.clicks += 1
        self.keys += len(text)
        self.seconds += _THINK + _POINT + _BUTTON + _HOME + _KEY * len(text)
        what.fill(text)

    def choose(self, what: Locator, **option: Any) -> None:
        """Choose from a list: open it, and press the choice."""
        self.clicks += 2
        self.seconds += 2 * (_THINK + _POINT + _BUTTON)
        what.select_option(**option)

    def read(self, text: str) -> None:
        """Read something to the end."""
        self.words += len(text.split())
        self.seconds += len(text.split()) / _WORDS_A_SECOND

    def __str__(self) -> str:
        return (
            f"{self.clicks} clicks, {self.keys} keys, {self.words} words read:"
            f" {self.seconds / 60:.1f} minutes"
        )
