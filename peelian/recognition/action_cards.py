"""Actions that a log prints as cards: number and title, who and by when, how it stands, news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Document, Line, Origin
from peelian.recognition.dates import DateMention, dates

_CODE = r"(?P<code>(?:[A-Z]{1,4}[/.-]?)?\d{1,4}(?:[/.-]\d{1,4}){0,2})"
_OPENS = expression(rf"\s*(?:Action\s+)?{_CODE}[.):]?\s{{1,}}(?P<title>[A-Z‘“].{{2,120}}?)\s*$")
# `IF   due 19 Oct 23   DONE`: who, by when, and how it stands
_STANDS = expression(
    r"\s+(?:(?P<who>[A-Z][\w&/’' ]{0,30}?)\s+)?(?:due|by|for)\s+(?P<due>\S.{3,24}?)\s{2,}"
    r"(?P<state>[A-Z][A-Za-z]+(?:\s[A-Za-z]+){0,2})\s*$"
)
_SHORT_YEAR = expression(r"([A-Z][a-z]{2,8}\.?) (\d\d)$")  # `29 Sept 23`
_FEWEST = 3  # cards that make a log
_MOST_LINES = 8  # of one card
_NEAR = dt.date(2020, 1, 1)


@dataclass(frozen=True)
class ActionCard:
    """An action: its number as printed, what is to be done, who owes it, day, state and news."""

    code: str
    title: str
    who: str
    due: DateMention | None
    state: str
    news: str
    origin: Origin
    state_at: Origin
    news_at: Origin


def action_cards(document: Document) -> list[ActionCard]:
    """Return the actions of a log of cards, in order; none where there are but a few."""
    found = [card for n in range(len(document.lines)) for card in _card(document.lines, n)]
    return found if len(found) >= _FEWEST else []


def _card(lines: Sequence[Line], n: int) -> Iterator[ActionCard]:
    """Yield the card whose number and title stand in a line, with who and by when below them."""
    opens = _OPENS.match(lines[n].text)
    stands = _STANDS.match(lines[n + 1].text) if opens and n + 1 < len(lines) else None
    if opens is None or stands is None:
        return
    below: list[Line] = []
    for line in lines[n + 2 : n + 2 + _MOST_LINES]:
        if not line.text.strip() or not line.text[:1].isspace():
            break
        below.append(line)
    due = _SHORT_YEAR.sub(r"\1 20\2", stands["due"])
    days = [one for one in dates(due, _NEAR) if one.has_year]
    yield ActionCard(
        opens["code"],
        opens["title"],
        (stands["who"] or "").strip(),
        days[0] if days else None,
        stands["state"],
        " ".join(" ".join(line.text.split()) for line in below),
        lines[n].origin,
        lines[n + 1].origin,
        below[0].origin if below else lines[n + 1].origin,
    )
