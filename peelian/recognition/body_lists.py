"""Glossaries of oversight bodies as lists: `Name – what it does. Meets quarterly.`, or by labels.

By labels is a name on a line of its own, with `Purpose: ...` and `Frequency: ...` below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from peelian.expressions import expression
from peelian.intake.document import Document, Line, Origin
from peelian.recognition.bodies import MEETS, PURPOSE, column_of, key_of, looks_like_a_body
from peelian.recognition.mechanisms import RHYTHM, Glossary, Key, Mechanism, rhythm, unmarked
from peelian.recognition.printed import filled_lines, raw_lines

_LABEL = expression(
    rf"\s*(?:(?P<purpose>{PURPOSE})|(?P<meets>{MEETS})|[A-Z][a-z]+(?:\s[a-z]+){{0,2}})"
    r"\s*(?::|\s[–—-])\s*(?P<said>.*)",
    re.IGNORECASE,
    needs=":|–|—|-",
)
_KINDS = r"(?:boards?|meetings?|groups?|forums?|bodies|committees?|panels?|partnerships?)"
_TITLE = expression(
    rf"""(?:.*\b(?:
        governance\s+(?:structure|arrangements?|framework|{_KINDS})
      | {_KINDS}(?:\s*,\s*|\s+and\s+|\s*&\s*){_KINDS}
      | {_KINDS}\b.{{0,40}}\b(?:named|mentioned|listed|referred\s+to
          |in\s+th(?:is|e)\s+(?:plan|report|document))
      | oversight\s+(?:mechanisms?|{_KINDS}|arrangements?)
      | how\b.{{0,60}}\b(?:overseen|governed|scrutinised|monitored|held\s+to\s+account)
      | how\s+we\s+(?:oversee|govern|scrutinise|monitor)
      | who\s+(?:oversees|governs|scrutinises|watches)
      | (?:list|glossary|directory)\s+of\s+{_KINDS}
      | terms\s+of\s+reference\s+summary | glossary | accountability\s+(?:structure|{_KINDS})
      | {_KINDS}\s+structure | about\s+(?:the|our|these)\s+{_KINDS}
      | {_KINDS}(?:\s*,|\s+and|\s+&)?\s+(?:what|who|when|how|that|which)\b.{{3,60}}
      | (?:what|when|how\s+often|who)\b.{{0,40}}\b(?:our|the|each|these)\s+{_KINDS}\b.{{0,30}}
      | {_KINDS}\s+(?:of|for)\s+(?:the|this|our)\s+\w+(?:\s+\w+)?
    )\b.*|(?:\W*(?:appendix|annex|part)\s+\w{{1,3}}\W*|[\d.]+\s+)?(?:our\s+|the\s+)?(?:governance|oversight|boards|bodies|meetings))""",
    re.IGNORECASE | re.VERBOSE,
)
# One of which any such title has.
_HINTS = (
    *("board", "meeting", "group", "forum", "bod", "committee", "panel", "partnership", "govern"),
    *("overs", "glossary", "terms of", "scrutinis", "monitor", "watch", "held to"),
)
_BULLET = expression(r"^\s*(?:[•·▪●◦‣∙○■□➢✓*o–-]|\d{1,2}[.)]|\([a-z]\))\s+")
_ENTRY = expression(
    r"(?P<name>[A-Z][^:–—.()]{3,90}?)"
    r"(?:\s*(?::|\s[–—-]\s|–|—)\s*(?P<said>\S.*)|\s*\((?P<aside>[^()]{3,60})\)\s*(?P<more>.*))"
)
# `Roads Group. Chief Inspector. Quarterly.`
_STOPPED = expression(
    r"(?P<name>[A-Z][^:–—.(),]{3,70})\.\s+(?P<said>(?:[^.]{1,90}\.?(?:\s+|$)){0,3}?(?P<last>[^.]{1,40})\.?)"
)
# `The Roads Group, chaired by the DCC, meets monthly`.
_TOLD = expression(
    rf"(?:The\s+)?(?P<name>[A-Z][^:–—.(),;]{{3,90}}?)(?:,[^.;]{{3,90}},)?\s+(?:which\s+)?"
    rf"(?:meets?|is\s+held|sits|takes\s+place)\s+(?P<said>{RHYTHM}\b.*)",
    re.VERBOSE,
)
_RHYTHM_HINT = expression(
    r"ly\b|\b(?:every|each|daily|twice|times|once|as\s+(?:needed|required|necessary)|ad[\s-]?hoc)\b",
    re.IGNORECASE,
    needs="ly|every|each|twice|times|once|needed|required|necessary|hoc",
)
_LIST_OF = expression(
    r"\b(?:glossary|list|directory|named|mentioned|referred\s+to|listed|oversees?)\b",
    re.IGNORECASE,
)
_ALONE = expression(r"[A-Z][^:.;,()]{3,90}")
_SAID = expression(
    rf"(?:\bmeets?\s+(?:in\s+\w+\s+)?|\bheld\s+|\(|(?:^|[.;,–—-]\s+))"
    rf"(?P<meets>{RHYTHM})\s*(?:[.;,)–—]|\s-|$)|\b(?P<ends>{RHYTHM})[.;]?(?:$|\s+(?=[A-Z]))"
    r"|\bmeets?\s+(?P<when>(?:when|if|whenever|before|after)\s+[^.;]{3,60})",
    re.IGNORECASE | re.VERBOSE,
)
_FEWEST = 3
_MOST_LINES = 160
_MOST_TITLES = 60
_MOST_OTHER = 3  # lines that may stand between a title and its list


def list_glossaries(document: Document) -> list[Glossary]:
    """Return the glossaries of bodies that a document has as lists, in order."""
    marks = key_of(document.blocks)
    labelled = list(_labelled(document.once(filled_lines), marks))
    bodies = [m for m in labelled if looks_like_a_body(m.name)]
    if len(bodies) >= _FEWEST and len(bodies) * 2 > len(labelled):
        return [Glossary("", tuple(labelled), labelled[0].origin)]
    lines = list(raw_lines(document))
    titles = [n for n, line in enumerate(lines) if _is_title(line.text)]
    found = [
        glossary
        for n in titles[:_MOST_TITLES]
        if (glossary := _listed(lines[n], lines[n + 1 : n + 1 + _MOST_LINES], marks))
    ]
    found = [one for n, one in enumerate(found) if not any(_holds(two, one) for two in found[:n])]
    return found or _untitled(lines, marks) or _by_rhythm(lines, marks)


def _holds(one: Glossary, two: Glossary) -> bool:
    """Return whether one list has all that another has: it begins above it."""
    known = {m.origin for m in one.mechanisms}
    return all(m.origin in known for m in two.mechanisms)


def _untitled(lines: Sequence[Line], marks: Key) -> list[Glossary]:
    """Return the list whose lines show it to be one: each names a body and says how often."""
    timed = (n for n, line in enumerate(lines) if _names_and_times(line.text))
    for n in islice(timed, _MOST_TITLES):
        title = lines[n - 1] if n else lines[n]
        glossary = _listed(title, lines[n : n + _MOST_LINES], marks)
        if glossary and len(glossary.mechanisms) > _FEWEST:
            bodies = [m for m in glossary.mechanisms if m.meets and looks_like_a_body(m.name)]
            if len(bodies) * 2 > len(glossary.mechanisms):
                return [glossary]
    return []


def _by_rhythm(lines: Sequence[Line], marks: Key) -> list[Glossary]:
    """Return the bodies that lines list after how often they meet: `Monthly: Roads Group; …`."""
    found: list[_Entry] = []
    first: Line | None = None
    for line in lines:
        meets, colon, names = _BULLET.sub("", line.text[:300], count=1).partition(":")
        if not colon or not rhythm(meets.strip()):
            continue
        bodies = [name.strip(" .") for name in re.split(r"[;,]", names)]
        if all(body and looks_like_a_body(body.split()[-1]) for body in bodies):
            found += [_Entry(body, f"Meets {meets.strip()}.", line.origin) for body in bodies]
            first = first or line
    if first is None or len(found) < _FEWEST:
        return []
    return [Glossary("", tuple(_mechanism(one, marks) for one in found), first.origin)]


def _names_and_times(text: str) -> bool:
    """Return whether a line is a body's name and how often it meets."""
    if len(text) > 300 or not _RHYTHM_HINT.search(text):
        return False
    entry = _entry(" ".join(_BULLET.sub("", text, count=1).split()), Origin(""))
    return bool(entry and entry.meets and looks_like_a_body(entry.name.split()[-1]))


def _labelled(lines: Sequence[Line], marks: Key) -> Iterator[Mechanism]:
    """Yield the bodies whose name stands above a line that a label of purpose or rhythm begins."""
    labels = [_LABEL.match(line.text[:400]) for line in lines]
    starts = [
        n
        for n, line in enumerate(lines[:-1])
        if labels[n] is None
        and (label := labels[n + 1])
        and (label["purpose"] or label["meets"])
        and len(line.text) <= 100
        and line.text.strip()[0].isupper()
        and not line.text.rstrip().endswith((".", ";", ","))
    ]
    for n, start in enumerate(starts):
        end = min(starts[n + 1] if n + 1 < len(starts) else len(lines), start + 30)
        said = {"purpose": "", "meets": ""}
        under = ""
        for line, label in zip(lines[start + 1 : end], labels[start + 1 : end], strict=True):
            if label:
                under = next((name for name in said if label[name]), "")
            if under:
                more = label["said"] if label else line.text
                said[under] = " ".join(f"{said[under]} {more}".split())
        name, own = unmarked(lines[start].text)
        notes, public = marks.of(own)
        meets = re.split(r"(?<=\w)\.\s", said["meets"])[0][:80].rstrip(".")
        yield Mechanism(name, said["purpose"], meets, lines[start].origin, "", notes, public)


def _is_title(text: str) -> bool:
    bare = text.strip().rstrip(":").casefold()
    if len(text) > 110 or not any(hint in bare for hint in _HINTS):
        return False
    return 4 < len(bare) <= 100 and bare[-1] not in ".;," and bool(_TITLE.fullmatch(bare))


@dataclass
class _Entry:
    """A body and what is said of it so far."""

    name: str
    said: str
    origin: Origin

    @property
    def meets(self) -> str:
        """Return how often it meets, as far as that is said."""
        match = _SAID.search(self.said[:1200])
        return (match["meets"] or match["ends"] or match["when"]) if match else ""


def _listed(title: Line, below: Sequence[Line], marks: Key) -> Glossary | None:
    """Return the bodies that begin the lines below a title, each with what is said of it."""
    found: list[_Entry] = []
    free, other = False, 0
    titled = _is_title(title.text)
    for line in below:
        text = " ".join(_BULLET.sub("", line.text[:600], count=1).split())
        if not text:
            free = True
            continue
        entry = _entry(text, line.origin)
        untold = bool(found) and not found[-1].said  # the name stands above what is said of it
        timed = bool(entry and (found or titled) and not untold and entry.said and entry.meets)
        if entry and (looks_like_a_body(entry.name) or timed):
            found.append(entry)
        elif found and (not free or not found[-1].said):
            found[-1].said = f"{found[-1].said} {text}".strip()
        elif found:
            break
        elif (other := other + 1) > _MOST_OTHER:
            return None
        free = False
    while found and not found[-1].said and not _LIST_OF.search(title.text):
        found.pop()
    if len({one.name for one in found}) * 5 < len(found) * 4:
        return None  # a list has each body once: these are cells of a table whose columns were lost
    timed_ones = sum(bool(one.meets) for one in found)
    if len(found) < _FEWEST or (timed_ones * 3 < len(found) and not _is_list_of(title, found)):
        return None
    return Glossary(
        " ".join(title.text.split()), tuple(_mechanism(one, marks) for one in found), title.origin
    )


def _is_stopped(match: re.Match[str]) -> bool:
    """Return whether what stands before a full stop is a name, of a body or beside a rhythm."""
    name = match["name"]
    is_name = looks_like_a_body(name.split()[-1]) or bool(rhythm(match["last"]))
    return is_name and " - " not in name


def _is_list_of(title: Line, found: Sequence[_Entry]) -> bool:
    """Return whether a title says that bodies are listed, and each entry is one by its name."""
    bodies = all(looks_like_a_body(one.name.split()[-1]) for one in found)
    return bodies and bool(_LIST_OF.search(title.text))


def _entry(text: str, origin: Origin) -> _Entry | None:
    if match := _TOLD.fullmatch(text):
        return _Entry(match["name"].strip(" -"), match["said"], origin)
    if (match := _STOPPED.fullmatch(text)) and _is_stopped(match):
        return _Entry(match["name"].strip(), match["said"], origin)
    if match := _ENTRY.fullmatch(text):
        said = match["said"] or f"({match['aside']}) {match['more']}"
        return _Entry(match["name"].strip(), said, origin)
    alone = _ALONE.fullmatch(text) and not column_of(text)
    return _Entry(text, "", origin) if alone and looks_like_a_body(text.split()[-1]) else None


def _mechanism(entry: _Entry, marks: Key) -> Mechanism:
    name, own = unmarked(entry.name)
    notes, public = marks.of(own)
    return Mechanism(name, entry.said, entry.meets, entry.origin, "", notes, public)
