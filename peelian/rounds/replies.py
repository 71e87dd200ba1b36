"""What a reply says of each line: found by its number, its status by the words for it.

    A4.6 On track. Two boards met in March.
    A4.7: no change

Words below a quoted line belong to that line. What cannot be told apart is given back as it
stands: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from peelian.expressions import expression
from peelian.promises.models import Progress, Release
from peelian.proofreading.statuses import label_of
from peelian.recognition.future import sentences
from peelian.recognition.references import normal
from peelian.recognition.status import status_of

# What a mail program puts above the history that it does not mark with `>`.
_HISTORY = expression(
    r"\s*(?:-{2,}\s*(?:original|forwarded)\s+message\s*-{2,}|_{10,}|"
    r"begin\s+forwarded\s+message:?|from:\s.{1,200}|sent\s+from\s+my\s.{1,60}|"
    r"get\s+outlook\s+for\s.{1,40})\s*",
    re.IGNORECASE,
)
_WROTE = expression(r"\s*(?:on|am|le)\b.{4,300}\b(?:wrote|schrieb|écrit)\s*:\s*", re.IGNORECASE)
_QUOTED = expression(r"\s*>[>\s]*")
_SIGNATURE = expression(r"--\s*")
_FAREWELL = (
    r"(?:many\s+thanks|thanks|thank\s+you|(?:kind|best|warm)\s+(?:regards|wishes)|regards|best|"
    r"yours\s+(?:sincerely|faithfully|truly))"
)
_CLOSES = expression(rf"\s*{_FAREWELL}(?:\s*[,!.])?\s*", re.IGNORECASE)
_COURTESY = expression(
    r"\s*(?:(?:hi|hello|dear|good\s+(?:morning|afternoon|evening))(?:\s+[\w’'-]+){0,3}\s*[,!.]?|"
    r"(?:many\s+)?thank(?:s|\s+you)\s+for\s+(?:your|the)\s+(?:e-?mail|message|reminder)\s*[,!.]?)\s*",
    re.IGNORECASE,
)
# A line's number where an answer begins: `A4.6`, `2016-A4.6:`, `Line 4.6 -`.
_BEGINS = expression(
    r"[\s*•·–-]*(?:(?:line|activity|action|commitment|item|ref(?:erence)?)\.?\s*:?\s*)?"
    r"(?P<number>(?:[A-Za-z0-9]+-)*[A-Za-z]?\.?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)"
    r"(?:\s*[:)–—-]+\s*|\.\s+|\s+|$)",
    re.IGNORECASE,
)
# A status parted from what follows by a stroke: `At risk – one is left`.
_DASH = expression(r"(?P<label>[^\n.;:]{3,30}?)\s*[:,–—-]\s")
_NO_CHANGE = expression(
    r"\W*(?:no\s+(?:further\s+)?changes?(?:\s+since.{0,40})?|unchanged|as\s+before|"
    r"nothing\s+(?:new|to\s+(?:add|report))|same\s+as\s+(?:before|last\s+time))\W*",
    re.IGNORECASE,
)
_NOT_PUBLIC = expression(
    r"\b(?:not\s+(?:for\s+(?:publication|the\s+public|release|publishing)|public)|"
    r"(?:office|internal)\s+(?:use\s+)?only|internal(?=\W*$)|confidential|official[- ]sensitive)\b",
    re.IGNORECASE,
)
_PANEL = expression(r"\b(?:for\s+)?the\s+panel\s+in\s+private\b", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What a reply says of one line. `progress` is empty where it names no status."""

    line: str
    progress: str
    text: str
    release: str
    no_change: bool = False


@dataclass
class Reply:
    """What a reply says, by line; `left` are the words that belong to none that was asked about."""

    said: list[Said] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def read_reply(text: str, lines: Mapping[str, Iterable[str]]) -> Reply:
    """Return what a reply says; `lines` gives for each line the numbers by which it is known.

    A number that two lines share names neither. Where only one line was asked about, words
    without a number are its own. Never raises.
    """
    known = _known(lines)
    reply, parts = Reply(), _parts(text, known)
    told: dict[str, list[str]] = {}
    for number, words in parts:
        line = known.get(number, "")
        if not number and len(lines) == 1 and len(parts) == 1:
            line = next(iter(lines))
        if line and words:
            told.setdefault(line, []).append(words)
        elif words:
            reply.left.append(f"{number} {words}".strip())
    reply.said = [_said(line, "\n\n".join(words)) for line, words in told.items()]
    return reply


def _known(lines: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return each number with the one line that it names; empty where it names several."""
    known: dict[str, str] = {}
    for line, numbers in lines.items():
        for number in {normal(one) for one in numbers if one}:
            known[number] = "" if number in known else line
    return known


def _parts(text: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the words of a reply, cut where a line's number begins them, each with the number."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for raw in _own(text):
        quoted = _QUOTED.match(raw)
        line = raw[quoted.end() :] if quoted else raw
        begins = _BEGINS.match(line)
        number = normal(begins["number"]) if begins else ""
        if begins and (number in known or _is_number(begins)):
            words = "" if quoted else line[begins.end() :]
            parts.append((number, [words]))
        elif not quoted:
            parts[-1][1].append(line)
    made = [(number, _trimmed(words)) for number, words in parts]
    return [(number, words) for number, words in made if words]


def _is_number(begins: re.Match[str]) -> bool:
    """Return whether what begins a line can only be a line's number, though none asked about."""
    number, after = begins["number"], begins[0][begins.end("number") - begins.start() :]
    lettered = re.fullmatch(r"(?:\w+-)*[A-Za-z]\.?\d+(?:\.\d+)+", number)
    return bool(lettered) or ("." in number and ":" in after)


def _own(text: str) -> list[str]:
    """Return the lines of a reply without the history and the signature below them."""
    lines = text.split("\n")
    for n, line in enumerate(lines):
        rest = next((one for one in lines[n + 1 :] if one.strip()), "")
        history = _HISTORY.fullmatch(line) or (_WROTE.fullmatch(line) and not _QUOTED.match(rest))
        if history or _SIGNATURE.fullmatch(line):
            return lines[:n]
    return [line for line in lines if not _WROTE.fullmatch(line)]


def _trimmed(lines: list[str]) -> str:
    """Return words without the courtesies around them; after a farewell nothing is of a line."""
    kept: list[str] = []
    for line in lines:
        if _CLOSES.fullmatch(line):
            break
        if not _COURTESY.fullmatch(line):
            kept.append(line.strip())
    return "\n".join(kept).strip()


def _said(line: str, words: str) -> Said:
    release = Release.PUBLIC if not words else _release(words)
    if _NO_CHANGE.fullmatch(words):
        return Said(line, "", "", release, no_change=True)
    progress, rest = _led_by_status(words)
    if _NO_CHANGE.fullmatch(rest):
        return Said(line, progress, "", release, no_change=True)
    return Said(line, progress, rest or words, release)


def _led_by_status(words: str) -> tuple[str, str]:
    """Return the status that words begin with, if they do, and the rest of them."""
    spans = sentences(words)
    ends = [spans[0][1]] if spans else []
    if dash := _DASH.match(words):
        ends.append(dash.end("label"))
    for end in ends:
        label = label_of(words[:end].strip())
        found = status_of(label) if label else None
        if found and found[0] in Progress.values:
            return found[0], words[end:].lstrip(" .;:,–—-\n")
    return "", words


def _release(words: str) -> str:
    """Return who may hear it; words that ask for silence are heeded, and no word opens more."""
    if _PANEL.search(words):
        return Release.PANEL
    return Release.INTERNAL if _NOT_PUBLIC.search(words) else ""
