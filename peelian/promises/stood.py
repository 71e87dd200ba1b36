"""How each promise of a plan stood on a day, and where in the plan, from what was official then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from peelian.promises.kinds import ACTIVITY, COMMITMENT, OBJECTIVE
from peelian.promises.models import CLOSED
from peelian.promises.past import Life, Past
from peelian.record.models import sort_key
from peelian.record.values import Values


@dataclass(frozen=True)
class Said:
    """An update as it counts on a day."""

    reference: str
    as_at: dt.date
    progress: str
    text: str


@dataclass(frozen=True)
class State:
    """A promise as it stood on a day; `progress` is empty where nothing was said of it yet."""

    title: str
    text: str
    number: str
    parent: str
    owner: str
    due: dt.date | None
    oversight: str
    progress: str
    closed_on: dt.date | None
    evidence: str
    said: Said | None
    since: dt.date | None

    @property
    def is_open(self) -> bool:
        """Return whether it was still to be kept."""
        return self.progress not in CLOSED

    @property
    def words(self) -> str:
        """Return what was last said of it, spaces and line ends apart."""
        return " ".join(self.said.text.split()) if self.said else ""


@dataclass(frozen=True)
class Section:
    """An objective with its commitments; the order is that of the plan."""

    key: str
    title: str
    number: str
    description: str


# ---- how a promise stood on a day ----


def states(past: Past, day: dt.date) -> dict[str, State]:
    """Return how every promise that stood on a day stood, by its `kind/reference`."""
    lives = (*past.of(COMMITMENT.name), *past.of(ACTIVITY.name))
    return {life.key: _state(past, life, day) for life in lives if stands(past, life, day)}


def stands(past: Past, life: Life, day: dt.date) -> bool:
    """Return whether a promise was public by a day, spoken of by then, or from before."""
    if life.out and life.out[0] <= past.moment(day):
        return True
    if past.is_from_before(life):
        begins = _day(past.lives[past.plan].latest.get("starts_on"))
        if begins is None or begins <= day:
            return True
    return any(_said_by(past, one, day) for one in (life, *past.children.get(life.key, ())))


def _said_by(past: Past, life: Life, day: dt.date) -> list[Life]:
    return [u for u in past.updates.get(life.key, ()) if str(u.latest["as_at"]) <= str(day)]


def _state(past: Past, life: Life, day: dt.date) -> State:
    moment = past.moment(day)
    own = life.then(moment)
    said = [_said(update) for update in _said_by(past, life, day)]
    newest = said[-1] if said else None
    closing = _closing(life, own, newest, day)
    return State(
        title=own["title"],
        text=own["text"],
        number=own["printed_reference"],
        parent=own.get("parent") or "",
        owner=own.get("owner") or "",
        due=_day(own.get("due")),
        oversight=own["oversight_as_printed"],
        progress=closing.get("progress") or _progress(past, life, own, newest, day),
        closed_on=_day(closing.get("closed_on")),
        evidence=closing.get("evidence") or "",
        said=newest,
        since=_words_since(said),
    )


def _said(update: Life) -> Said:
    """Return an update in its newest words: a correction of it is no news of the promise."""
    values = update.latest
    return Said(
        values["reference"],
        dt.date.fromisoformat(values["as_at"]),
        values["progress"],
        values["text"],
    )


def _closing(life: Life, own: Values, newest: Said | None, day: dt.date) -> Values:
    """Return the values that close it by a day, unless a later update opened it again."""
    for values in (life.latest, own):
        closed_on = _day(values.get("closed_on"))
        if closed_on is None or closed_on > day:
            continue
        if newest is None or newest.as_at <= closed_on or newest.progress in CLOSED:
            return values
    return {}


def _progress(past: Past, life: Life, own: Values, newest: Said | None, day: dt.date) -> str:
    """Return the newest word on how it stands: its update's, or its own where that is later."""
    moment = past.moment(day)
    if newest is None:
        reaches = bool(life.out and life.out[0] <= moment) or not past.updates.get(life.key)
        return str(own["progress"]) if reaches else ""
    by_hand = life.set_by_hand("progress", moment)
    return str(own["progress"]) if by_hand and by_hand.date() > newest.as_at else newest.progress


def _words_since(said: list[Said]) -> dt.date | None:
    """Return the day from which the newest words have been the same, word for word."""
    since: dt.date | None = None
    for one in reversed(said):
        if one.text.split() != said[-1].text.split():
            break
        since = one.as_at
    return since


def _day(raw: object) -> dt.date | None:
    return dt.date.fromisoformat(str(raw)) if raw else None


# ---- where it stands in the plan ----


def objectives(past: Past, day: dt.date) -> Iterator[Section]:
    """Yield the plan's objectives as they stood on a day, in the plan's order."""
    moment = past.moment(day)
    told = [(life, life.then(moment)) for life in past.of(OBJECTIVE.name)]
    for life, values in sorted(told, key=lambda pair: sort_key(pair[0].key)):
        yield Section(life.key, values["title"], str(values["number"]), values["description"])


def objective_of(past: Past, key: str, state: State) -> str:
    """Return the objective that a promise serves, by its `kind/reference`."""
    if key.startswith(f"{COMMITMENT.name}/"):
        return state.parent
    above = past.lives.get(state.parent)
    return str(above.latest.get("parent") or "") if above else ""


def half_of(past: Past, key: str) -> str:
    """Return which half of the plan a promise stands in: its commitment's."""
    life = past.lives[key]
    if key.startswith(f"{ACTIVITY.name}/"):
        life = past.lives.get(str(life.latest.get("parent")), life)
    return str(life.latest.get("element") or "")


def place(past: Past, key: str, state: State) -> tuple[str, ...]:
    """Return what puts promises in the plan's order: objective, commitment, then itself."""
    objective = sort_key(objective_of(past, key, state))
    if key.startswith(f"{COMMITMENT.name}/"):
        return objective, sort_key(key.partition("/")[2]), ""
    commitment, own = (part.partition("/")[2] for part in (state.parent, key))
    return objective, sort_key(commitment), sort_key(own)
