"""What can go wrong on the record, each with a sentence a person can act on."""

from typing import Any


class RecordError(Exception):
    """A rule of the record forbids this; the message is for the user."""


class WriteRefused(RecordError):
    """A write tried to go round the record's one write path."""


class Refused(RecordError):
    """The state of the record, or who is asking, does not allow this step."""


class Stale(RecordError):
    """Somebody else changed the record first. `values` is what was typed, so nothing is lost."""

    def __init__(self, message: str, values: dict[str, Any]) -> None:
        super().__init__(message)
        self.values = values


class Invalid(RecordError):
    """Values that the record does not accept: `errors` maps each field to its sentences."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors
        super().__init__("; ".join(f"{name}: {' '.join(said)}" for name, said in errors.items()))
