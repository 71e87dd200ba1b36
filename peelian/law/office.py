"""The body whose calendar is made: its nation, and the model it is run on at each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import get_args

from peelian.law.dates import Nation
from peelian.law.rule import BodyModel, Rule

Models = tuple[tuple[date | None, BodyModel], ...]


@dataclass(frozen=True)
class Office:
    """The nation a body is in and the models it is run on, each from its day.

    The first model has no day: it holds from ever. Raises ``ValueError`` where that is not so,
    or where the days do not follow one another.
    """

    jurisdiction: Nation
    models: Models

    def __post_init__(self) -> None:
        days = [day for day, _model in self.models]
        if not days or days[0] is not None:
            raise ValueError("the first body model holds from ever and has no day")
        later = [day for day in days[1:] if day is not None]
        if len(later) < len(days) - 1:
            raise ValueError("each body model after the first has the day it holds from")
        if any(second <= first for first, second in pairwise(later)):
            raise ValueError("the days of the body models follow one another")

    @classmethod
    def always(cls, jurisdiction: Nation, model: BodyModel) -> "Office":
        """The office that is run on one model and on no other."""
        return cls(jurisdiction, ((None, model),))

    def model_on(self, day: date) -> BodyModel:
        """The model it is run on that day."""
        held = [model for start, model in self.models if start is None or start <= day]
        return held[-1]

    def is_bound(self, rule: Rule, day: date) -> bool:
        """Whether a rule is in force that day for this office as it is then."""
        return rule.in_force(day) and rule.applies_to(self.jurisdiction, self.model_on(day))

    def is_ever_bound(self, rule: Rule) -> bool:
        """Whether a rule is for this office under any of its models."""
        return any(rule.applies_to(self.jurisdiction, model) for _day, model in self.models)


def models_from(text: str) -> Models:
    """The body models of ``pcc, 2028-05-08 mayor``: the first, then each with its first day.

    Raises ``ValueError`` with what was found and expected, in words.
    """
    return tuple(_models(text))


def _models(text: str) -> Iterator[tuple[date | None, BodyModel]]:
    for place, part in enumerate(text.lower().split(",")):
        match part.split():
            case [model] if place == 0:
                yield None, _model(model)
            case [day, model] if place > 0:
                yield _day(day), _model(model)
            case _:
                expected = "a date and a body model" if place else "a body model"
                raise ValueError(f"found “{part.strip()}”, expected {expected}")


def _model(text: str) -> BodyModel:
    known: tuple[BodyModel, ...] = get_args(BodyModel)
    for model in known:
        if model == text:
            return model
    raise ValueError(f"found “{text}”, expected one of {', '.join(known)}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise ValueError(f"found “{text}”, expected a date as YYYY-MM-DD") from fault
