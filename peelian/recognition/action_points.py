"""Actions as minutes label them: `Action – AB to …`, `ACTION: Clerk`, a list headed `Actions`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from peelian.expressions import expression
from peelian.intake.document import Origin, Passage
from peelian.recognition.dates import DateMention, dates
from peelian.recognition.future import sentences
from peelian.recognition.parties import Meeting, expanded, is_party, opening_owner, owed_to

LONGEST = 20_000
_ACTION = expression(
    r"\s*[\[(]?\s*(?:agreed\s+|new\s+)?(?:ACTIONS?|Actions?|GWEITHREDU|Gweithredu)"
    r"(?:\s+(?:points?|required|by))?(?:\s+(?P<number>\d+(?:[./]\d+){0,2}))?"
    r"(?:\s*\((?P<who>[^()]{1,60})\))?\s*(?P<mark>[:–—-]+|(?=\n)|$)\s*(?P<rest>.*?)[\])]?\s*$",
    re.DOTALL,
)
_LEADING = expression(r"^(?P<who>.{2,60}?)\s*[–—:-]\s+(?P<rest>.+)$", re.DOTALL)
_BEHIND = expression(r"^(?P<rest>.+?)[\[(]\s*(?P<who>[^\[\]()]{2,60})\s*[\])]?\W*$", re.DOTALL)
_ACTION_WORD = expression(r"\s*[\[(]?\s*(?:ACTION|Action|Gweithredu|GWEITHREDU)s?\b")
LETTERED = expression(
    r"^\s*(?:\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})[.)]|\d{1,2}(?=\s+[Tt](?:o|hat)\s)|[•·-])\s+"
)
_OVER = expression(
    r"(?:now\s+)?(?:closed?|complete[d]?|discharged|on-?going|done|carried\s+forward|on\s+(?:the\s+)?agenda|"
    r"update|see)\b|[^.]{0,80}\b(?:ha[sd]|have)\s+(?:now\s+|already\s+|since\s+)?been\b",
    re.IGNORECASE,
)
_ENDS_OVER = expression(
    r"[.–—-]\s*(?:action\s+)?(?:closed?|completed?|discharged|on-?going|carried\s+forward|open)\W*$",
    re.IGNORECASE,
)
_BY_WHEN = expression(
    r"\b(?:by|before|in|at|on|for|until|no\s+later\s+than|end\s+of|during|the|of|to)\s+(?:the\s+|its\s+)?"
    r"(?:(?:end|meeting|panel|start|beginning|middle|\w+day)\s*,?\s*(?:of|on|in)?\s*)?(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Undertaking:
    """What someone said at a meeting they would do. `owed_to` and `due` where it is said.

    `agreed` tells what the meeting resolved from what someone only offered; `settled` what a log of
    actions says is done with.
    """

    text: str
    owner: str
    owed_to: str
    minute: str  # the number of the minute, or of the item
    origin: Origin
    quotation: str
    due: DateMention | None = None
    agreed: bool = False
    settled: bool = False  # by the log that it stands in


def is_action_line(text: str) -> bool:
    """Return whether a line opens an action: `Action – …`, `ACTION: …`, `Actions`."""
    match = _ACTION.match(text[:2000]) if _ACTION_WORD.match(text) else None
    return bool(match and (match["mark"] or not match["rest"]))


def due_in(text: str, meeting: Meeting, *, alone: bool = False) -> DateMention | None:
    """Return the day or period by which something is due; `alone` where the text is but a date.

    None for one that was over before the meeting: a report *for* July is not due in July.
    """
    near = meeting.held_on or dt.date(2020, 1, 1)
    coming = {m.start: m for m in dates(text[:3000], near + dt.timedelta(days=180))}
    for mention in dates(text[:3000], near):
        if meeting.held_on and not mention.has_year and mention.last < meeting.held_on:
            mention = coming.get(mention.start, mention)
        known = mention.has_year or meeting.held_on is not None
        relative = mention.printed.casefold().startswith("next")
        if not known or (relative and meeting.held_on is None):
            continue
        if meeting.held_on and mention.last < meeting.held_on:
            continue
        if alone or _BY_WHEN.search(text, 0, mention.start):
            return mention
    return None


def labelled(passage: Passage, who: str, number: str, meeting: Meeting) -> list[Undertaking]:
    """Return the action that a name beside or behind a passage gives: its last sentence that says
    what is to be done, else its last."""
    spans = list(sentences(passage.text[:LONGEST]))
    if not spans:
        return []
    promising = [
        s for s in spans if re.search(r"\b(?:to|would|will|agreed)\b", passage.text[slice(*s)])
    ]
    start, end = (promising or spans)[-1]
    sentence = passage.text[start:end]
    owner = expanded(who, meeting)
    return [promise(sentence, sentence, passage.at(start), owner, "", number, meeting, agreed=True)]


def action(
    passage: Passage, before: Passage | None, number: str, meeting: Meeting
) -> list[Undertaking]:
    """Return the action that a passage labelled so gives; none where the label heads a list."""
    match = _ACTION.match(passage.text[:LONGEST])
    if match is None:
        return []
    rest, who = match["rest"].strip(), match["who"] or ""
    if match["number"] and (
        _OVER.match(rest) or _ENDS_OVER.search(rest)
    ):  # an earlier action, and what became of it
        return []
    if not rest or re.fullmatch(r"(?:none|n/?a|no\s+actions?\b.*|not?ed)\W*", rest, re.I):
        return labelled(before, who, number, meeting) if who and before else []
    if is_party(rest, meeting) and before and not re.search(r"\bto\b", rest):
        return labelled(before, rest, number, meeting)
    owner, said = opening_owner(rest, meeting)
    for pattern in (_LEADING, _BEHIND):
        found = None if owner else pattern.search(rest)
        if found and is_party(found["who"], meeting):
            owner, said = expanded(found["who"], meeting), found["rest"].strip()
    owner = owner or expanded(who, meeting)
    start = match.start("rest")
    quotation = passage.text[: start + len(match["rest"])].strip()
    return [promise(said, quotation, passage.at(start), owner, "", number, meeting, agreed=True)]


def listed(passage: Passage, number: str, meeting: Meeting) -> list[Undertaking]:
    """Return the action in a line of a list headed `Actions`: it opens with who is to do it."""
    owner, said = opening_owner(LETTERED.sub("", passage.text[:LONGEST], count=1), meeting)
    if not owner:
        return []
    return [promise(said, passage.text, passage.origin, owner, "", number, meeting, agreed=True)]


def promise(
    said: str,
    quotation: str,
    origin: Origin,
    owner: str,
    earlier: str,
    number: str,
    meeting: Meeting,
    *,
    agreed: bool,
) -> Undertaking:
    """Return an undertaking of these words; `earlier` are those before them in the paragraph."""
    said = LETTERED.sub("", said, count=1)
    text = re.sub(r"(?<=\w-) (?=[A-Z][a-z])", "", " ".join(said.split())).strip(" ;,")
    return Undertaking(
        text=text[:1].upper() + text[1:],
        owner=re.sub(r"(?<=\w-) (?=[A-Z][a-z])", "", " ".join(owner.split())),
        owed_to=owed_to(said, earlier, owner, meeting),
        minute=number,
        origin=origin,
        quotation=" ".join(quotation.split()),
        due=due_in(text, meeting),
        agreed=agreed,
    )
