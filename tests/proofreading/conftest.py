"""A proof made of a text, as a check is given it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from peelian.intake.document import Document
from peelian.intake.text import read_text
from peelian.proofreading.proof import Proof

MakeProof = Callable[..., Proof]


def _read(given: str | Document, name: str) -> Document:
    return given if isinstance(given, Document) else read_text(name, given.encode())


@pytest.fixture
def proof() -> MakeProof:
    """Return what makes a proof of texts or documents: `proof(text, earlier=…, as_at=…)`.

    A day is written `2020-02-05`. What else is given by name stands for what would be recognised:
    `plans=[…]`.
    """

    def make(
        *given: str | Document,
        earlier: str | Document | None = None,
        as_at: str | None = None,
        **recognised: Any,
    ) -> Proof:
        documents = [_read(one, f"pack-{n}.txt") for n, one in enumerate(given, 1)]
        before = [] if earlier is None else [_read(earlier, "earlier.txt")]
        made = Proof(documents, before, dt.date.fromisoformat(as_at) if as_at else None)
        vars(made).update(recognised)
        return made

    return make
