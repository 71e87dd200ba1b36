"""Actions by the number that notes and their log give them, `(Action 22/3)`: twice, or astray."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from peelian.expressions import expression
from peelian.intake.document import Document, Origin, Passage
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.lines import lines_of_plans
from peelian.proofreading.quoting import shortened
from peelian.proofreading.references import BROKEN, DUPLICATE, MISDIRECTED, fits
from peelian.proofreading.registers import doubled
from peelian.recognition.action_cards import action_cards
from peelian.recognition.future import sentence_at
from peelian.recognition.references import circles, significant

if TYPE_CHECKING:
    from peelian.proofreading.proof import Proof

_CODED = r"[A-Z]{1,4}[/-]\d{1,4}/\d{1,4}"
_NUMBER = rf"(?P<number>{_CODED}|[A-Z]{{0,4}}\d{{1,4}}/\d{{1,4}}(?:/\d{{1,4}})?)"
# At the end of what is to be done, it gives the action its number.
_GIVEN = expression(rf"[(\[](?:Action|ACTION|Recommendation)\s+{_NUMBER}[)\]]\W*$", needs="/")
_MEANT = expression(
    r"\b(?:(?:Action|ACTION|action|Minute|minute|Recommendation|recommendation)\s+|[Ss]ee\s+(?=[A-Z]))"
    rf"{_NUMBER}"
    r"(?:\s*\((?P<label>[^()]{3,60})\)|,\s+(?P<said>[A-Z][^().;]{3,60})(?=\)))?",
    needs="/",
)
_FIRST_CELL = expression(rf"\W*{_NUMBER}\W*", needs="/")
_SENDS = expression(r"\b(?:as|see|under|with)\s+$", re.IGNORECASE)
_SENT = expression(rf"\W*(?:as|see|with)\s+(?:action\s+)?{_NUMBER}\W*", re.IGNORECASE)
_ENOUGH = 4  # actions that a log has, before one that it lacks is amiss


@dataclass(frozen=True)
class _Action:
    """An action where it has its number: what is to be done, and whether a log says so."""

    text: str
    origin: Origin
    in_log: bool


def _actions(document: Document) -> dict[str, list[_Action]]:
    """Return the numbered actions of a document, by their numbers."""
    found: dict[str, list[_Action]] = defaultdict(list)
    for block in document.blocks:
        if block.cells and (match := _FIRST_CELL.fullmatch(block.cells[0].text)):
            told = " ".join(cell.text for cell in block.cells[1:])
            found[match["number"]].append(_Action(told, block.origin, in_log=True))
            continue
        for passage in block.passages():
            if match := _GIVEN.search(passage.text):
                told = passage.text[: match.start()]
                found[match["number"]].append(
                    _Action(told, passage.at(match.start()), in_log=False)
                )
    return found


def _of_cards(document: Document) -> dict[str, list[_Action]]:
    """Return the actions of a log of cards, by their numbers."""
    found: dict[str, list[_Action]] = defaultdict(list)
    for card in document.once(action_cards):
        found[card.code].append(_Action(card.title, card.origin, in_log=False))
    return found


@check(*DUPLICATE)
def action_numbers_given_twice(proof: Proof) -> Iterator[Finding]:
    """Find numbers that a text gives to two actions, or a log of cards; in other logs they are
    judged as a register's."""
    planned = {line.origin.order for lines in lines_of_plans(proof) for line in lines.lines}
    for document in proof.documents:
        known = doubled(proof, document) | planned
        for number, actions in {**document.once(_actions), **document.once(_of_cards)}.items():
            given = [one for one in actions if not one.in_log]
            for first, one in zip(given[:1] * len(given), given[1:], strict=False):
                is_told = one.origin.order in known
                if significant(one.text) != significant(first.text) and not is_told:
                    yield Finding(
                        Place(one.origin, shortened(f"{number} {one.text}")),
                        _("The number %(number)s is given twice.") % {"number": number},
                        _("Give one of them a number of its own: a reference can mean either."),
                        Confidence.LIKELY,
                        (Place(first.origin, shortened(first.text)),),
                    )


@check("circular-reference")
def action_numbers_in_a_circle(proof: Proof) -> Iterator[Finding]:
    """Find actions of a log of cards that only send the reader to one another."""
    for document in proof.documents:
        cards = {card.code: card for card in document.once(action_cards)}
        leads: dict[str, set[str]] = {}
        for code, card in cards.items():
            sent = _SENT.fullmatch(card.news)
            leads[code] = {sent["number"]} & cards.keys() if sent else set()
        for circle in circles(leads):
            places = [Place(cards[c].news_at, f"{c}: {cards[c].news}") for c in circle]
            yield Finding(
                places[0],
                " → ".join([*circle, circle[0]]),
                _("Say in one of them what has been done, and let the others refer to it."),
                Confidence.LIKELY,
                tuple(places[1:]),
            )


@check(*BROKEN)
def action_numbers_that_are_nowhere(proof: Proof) -> Iterator[Finding]:
    """Find actions to which a text sends the reader, where a log of many does not have them."""
    for document in proof.documents:
        actions = document.once(_actions)
        if sum(one.in_log for same in actions.values() for one in same) < _ENOUGH:
            continue
        for passage, match in _mentioned(document):
            sends = _SENDS.search(passage.text[: match.start()])
            if sends and match["number"] not in actions:
                start, end = sentence_at(passage.text, match.start())
                yield Finding(
                    Place(passage.at(match.start()), passage.text[start:end]),
                    _("There is no “%(printed)s” here.") % {"printed": match["number"]},
                    _("Correct the number, or say in which document it stands."),
                    Confidence.POSSIBLE,
                )


@check(*MISDIRECTED)
def action_numbers_called_otherwise(proof: Proof) -> Iterator[Finding]:
    """Find references to an action, or a minute, whose words in brackets are those of another."""
    minuted = _minuted(proof)
    for document in proof.documents:
        known = {**minuted, **document.once(_actions), **document.once(_of_cards)}
        listed = {entry.code for made in proof.registers(document) for entry in made.entries}
        actions = {number: same for number, same in known.items() if number not in listed}
        for passage, match in _mentioned(document) if actions else ():
            number, label = match["number"], match["label"] or match["said"] or ""
            targets, wanted = actions.get(number, ()), significant(label)
            if not wanted or any(wanted & significant(one.text) for one in targets):
                continue
            others = (one for other, same in actions.items() if other != number for one in same)
            meant = next((one for one in others if fits(wanted, significant(one.text))), None)
            if targets and meant:
                yield _otherwise(number, label, targets[0], meant, passage.at(match.start()))


def _mentioned(document: Document) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield each mention of a numbered action or minute, with the passage in which it stands."""
    for passage in document.passages():
        for match in _MEANT.finditer(passage.text):
            yield passage, match


def _minuted(proof: Proof) -> dict[str, list[_Action]]:
    """Return the minutes that are numbered as actions are, `24/31`, with their titles."""
    found: dict[str, list[_Action]] = defaultdict(list)
    for minutes in (*proof.earlier_minutes, *proof.minutes):
        for item in minutes.items:
            if item.title and "/" in item.number:
                found[item.number].append(_Action(item.title, item.origin, in_log=True))
    return found


def _otherwise(number: str, label: str, target: _Action, meant: _Action, at: Origin) -> Finding:
    says = {"printed": number, "label": label, "target": shortened(target.text)[:80]}
    return Finding(
        Place(at, f"{number} ({label})"),
        _("“%(printed)s” is called “%(label)s”, but it is “%(target)s”.") % says,
        _("See which is meant, and correct the reference or the words after it."),
        Confidence.LIKELY,
        (Place(target.origin, shortened(target.text)), Place(meant.origin, shortened(meant.text))),
    )
