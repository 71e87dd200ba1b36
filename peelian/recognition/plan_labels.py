"""What labels the parts of a plan printed as cards: `Lead: …`, `Overseen by the … Board`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from peelian.expressions import expression
from peelian.recognition.columns import (
    COMMITMENT,
    DUE,
    OBJECTIVE,
    OVERSIGHT,
    PLAN,
    REFERENCE,
    STATUS,
    UPDATE,
    normal,
)

OWNER = "owner"
OTHER = "other"  # a label of something that a plan does not record
STRANGE = "strange"  # a label of another kind of document
_OWNERS = (
    "lead|owner|lead officer|responsible|responsible officer|accountable|sro|who|action owner|"
    "senior responsible owner|owner lead|lead owner|responsibility|accountable officer|opcc lead|"
    "force lead|lead responsible|action lead|lead organisation|responsible lead|owned by|led by|"
    "who leads|lead person|named lead|officer|delivered by"
)
_BODIES = (
    "overseen by|seen by|overseen at|reports to|reported to|reporting to|scrutiny|board|"
    "held to account by|governance|oversight|assured by|watched by|governed by|checked by|"
    "taken to|goes to|overseeing body|oversight body|governing board|oversight board|reported at|"
    "oversight route|who oversees it|who sees it|forum|answers to|monitored by|scrutinised by|"
    "reviewed by|watched|watched over|watched over by|who watches|kept in view by"
)
_STATES = "state|standing|how it stands|condition|state of play|where it stands|rating|outlook"
_UPDATES = (
    "so far|where we are|where we have got to|where we are now|what has happened|news|report|"
    "done so far|this quarter|this period|state of progress|latest|how it is going|story so far"
)
_GROUPS = (
    "priority|mission|theme|objective|ambition|pillar|aim|goal|strand|outcome|strategic priority|"
    "chapter|promise"
)
_STRANGE = (
    "decision|decided|resolved|minute|present|apologies|in attendance|meeting|signed|proposed|"
    "seconded|response|measure|indicator|baseline|likelihood|impact|risk|mitigation|complaint|"
    "allegation|finding|question|answer|decision maker|decision taken|author|report author|"
    "recommendation|cause|consequence|controls|legal implications|financial implications"
)
_ROLES: dict[str, str] = {
    **PLAN,
    **dict.fromkeys(_OWNERS.split("|"), OWNER),
    **dict.fromkeys(_BODIES.split("|"), OVERSIGHT),
    **dict.fromkeys(_STATES.split("|"), STATUS),
    **dict.fromkeys(_UPDATES.split("|"), UPDATE),
    **dict.fromkeys(_GROUPS.split("|"), OBJECTIVE),
    **dict.fromkeys(_STRANGE.split("|"), STRANGE),
    "by": DUE,
    "what": COMMITMENT,
    "title": COMMITMENT,
    "summary": COMMITMENT,
    "promise": COMMITMENT,
}
_AT_START = expression(
    r"(?P<label>[A-Z][A-Za-z’'/& ()-]{1,44}?)\s*(?::|\s–\s|\s-\s|\t|\s{2,}|\|)\s*"
)
_INSIDE = expression(r"(?:(?<=[.;|•·,)])\s+|\s{2,}|\t)(?P<label>[A-Z][A-Za-z’'/ -]{2,30}?)\s*:\s*")
_VERBAL = "|".join(
    phrase for phrase in f"{_OWNERS}|{_BODIES}".split("|") if re.search(r" (?:by|to|at)$", phrase)
)
_SAID = expression(
    rf"(?:^|(?<=[.;|•·,])\s+|\s{{2,}})(?P<label>(?:{_VERBAL}))\s+(?=(?:the\s+|our\s+)?[A-Z])",
    re.IGNORECASE,
)
_BARE = expression(
    r"(?P<label>(?:RAG\s+|current\s+)?(?:status|state|rating)|owner|lead(?:\s+officer)?|governance|"
    r"oversight|progress|update|position|action|commitment|board)\s+(?=[A-Z0-9])",
    re.IGNORECASE,
)
# How far into a line its labels are looked for, and how many there may be.
_LONGEST, _MOST_LABELS = 1_000, 12


@dataclass(frozen=True)
class Labelled:
    """A part of a line: what its label says it is (empty: no label), the label, and its words."""

    role: str
    label: str
    text: str
    start: int = 0


def label_role(label: str) -> str:
    """Return what a label is for; empty where its words are not known."""
    words = normal(label)
    return _ROLES.get(words, "") or _ROLES.get(
        re.sub(r"^(?:our|the|current|latest) ", "", words), ""
    )


def labelled_parts(text: str, bare: frozenset[str] = frozenset()) -> list[Labelled]:
    """Return the parts of a line, cut before its labels; `bare` are labels without a colon."""
    line = text.strip()
    cuts: list[tuple[int, int, str, str]] = []
    if first := _first(line, bare):
        cuts.append(first)
    for pattern in (_INSIDE, _SAID):
        for match in islice(pattern.finditer(line[:_LONGEST]), _MOST_LABELS):
            role = label_role(match["label"])
            if role and all(not a <= match.start("label") < b for a, b, _r, _l in cuts):
                cuts.append((match.start("label"), match.end(), role, match["label"]))
    cuts.sort()
    made = []
    if not cuts or cuts[0][0] > 0:
        cuts.insert(0, (0, 0, "", ""))
    for n, (start, end, role, label) in enumerate(cuts):
        until = cuts[n + 1][0] if n + 1 < len(cuts) else len(line)
        made.append(Labelled(role, normal(label), line[end:until].strip(" |\t"), start))
    return made


def _first(line: str, bare: frozenset[str]) -> tuple[int, int, str, str] | None:
    """Return the label that a line begins with, or is."""
    if match := _AT_START.match(line):
        role = label_role(match["label"])
        known = bool(role) and role != REFERENCE
        if known:
            return 0, match.end(), role, match["label"]
        if ":" in match[0] and len(match["label"].split()) <= 3 and not role:
            return 0, match.end(), OTHER, match["label"]
    if len(line) < 45 and (role := label_role(line.strip(" :"))) and role != REFERENCE:
        return 0, len(line), role, line.strip(" :")
    if (match := _BARE.match(line)) and normal(match["label"]) in bare:
        return 0, match.end(), label_role(match["label"]), match["label"]
    return None


def bare_label(text: str) -> str:
    """Return the label that may begin a line without a colon after it; empty for none."""
    match = _BARE.match(text.strip()[:80])
    return normal(match["label"]) if match and match["label"][:1].isupper() else ""
