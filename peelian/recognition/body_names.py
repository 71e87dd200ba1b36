"""Boards, groups, committees and panels named in a text, and which entry of a glossary they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from peelian.expressions import expression
from peelian.intake.document import Passage
from peelian.recognition.abbreviations import fits, is_short_form
from peelian.recognition.mechanisms import KINDS_OF_BODY, Mechanism

_WORD = r"[A-Z][\w’'&-]{0,30}"
_NAME = expression(
    rf"(?<![\w’'])(?:{_WORD}\s+)(?:(?:(?:of|and|for|in|on|&|of\s+the)\s+)?{_WORD}\s+){{0,7}}?"
    rf"(?:(?:Board|Group|Committee|Forum|Panel)s?|(?<!Chief\s)Executive|Partnership|Network)(?!\w)(?!\s+(?:(?:and|of)\s+)?[A-Z]\w*\s+(?:Board|Group)\b)",
    needs="board|group|committee|forum|panel|executive|partnership|network",
)
_LEADING = expression(
    r"^(?:(?:the|an?|this|that|each|every|my|our|their|his|her|its|both|at|in|by|via|through|all|new"
    r"|meetings?|attendance|attend|attending|chair(?:man|woman)?|members?|of|by|for"
    r"|[A-Z](?=\s+[A-Z][a-z])|completed?|ongoing|on\s+track|(?:pf?cc|commissioner|constable|force)[’']?s?)\s+)+",
    re.IGNORECASE,
)
_GOVERNS = expression(
    r"\b(?:Boards?|Committees?|(?:Strategic|Strategy|Steering|Governance|Management|Performance"
    r"|Programme|Scrutiny|Oversight|Accountability|Assurance|Delivery)\b.{0,40}"
    r"(?:Groups?|Forums?|Panels?))$"
)
_ENDS_IN_KIND = expression(
    rf"\b(?:{KINDS_OF_BODY}|(?-i:Meeting|Network|(?<!Chief\s)Executive))$", re.IGNORECASE
)
_OF_A_MONTH = expression(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s"
)
_OF_PARTNERS = expression(r"\b(?:Executive|Partnership|Network)$")
_SAYS = expression(r"\d|\b(?:has|have|had|is|are|was|were|will|said|met)\b", re.IGNORECASE)
_OF_A_KIND = expression(rf"\b(?:{KINDS_OF_BODY}|meetings?|bod(?:y|ies))\b", re.IGNORECASE)
# The panel itself, by its name in law: it is who reads, not what is overseen by.
_READER = expression(
    r"police,?(?:\s+fire)?\s+(?:and|&)\s+crime\s+(?:sub-?)?panels?$", re.IGNORECASE
)
_OVERSEEN = expression(
    r"\b(?:(?:overseen|scrutinised|monitored|governed|watched|tracked|settled|decided|steered|managed|"
    r"checked|challenged|examined|heard|read|seen)\s+(?:\w+ly\s+)?(?:by|at|through|in)"
    r"|(?:lies|rests|sits)\s+with|\b(?:task|role|job|duty|remit)\s+of"
    r"|(?:approved|agreed|signed\s+off|considered|reviewed|discussed)\s+(?:by|at|in)"
    r"|(?:taken|escalated|brought|presented|submitted|raised)\s+(?:to|at|with|before)"
    r"|report(?:s|ed|ing)?\s+(?:\w+\s+)?(?:in)?to|accountable\s+to|oversight\s+(?:by|of|from|is\s+(?:by|from)))"
    r"\s+(?:the\s+|our\s+|its\s+)?$",
    re.IGNORECASE,
)
# `the Roads Group decides on it`, `it is for the Roads Group to decide`.
_DECIDES = (
    r"(?:decid|oversee|monitor|scrutinis|approv|review|track|govern|steer|check|settl|agree)(?:e?s|e)?"
    r"|(?:signs?\s+(?:it\s+)?off|keeps?\s+(?:an?\s+)?(?:watch|eye|check)|watch(?:es)?|looks?\s+(?:at|into)|find\s+out|consider|"
    r"holds?\s+[^.;]{3,40}\s+to\s+account)"
)
_OVERSEES = expression(
    rf"\s+(?:which\s+|who\s+|now\s+|also\s+)?(?:{_DECIDES})\b"
    r"|,?\s+(?:which\s+[^.;,]{2,40}\s+chairs|chaired\s+by)\b"
)
_FOR_IT = expression(r"\bfor\s+(?:the|our)\s+$")
_TO_DECIDE = expression(rf"\s+to\s+(?:{_DECIDES})\b")
# Of the nation, of councils and of partners by law: no office lists them.
_ELSEWHERE = expression(
    r"\b(?:National|Select|Parliamentary|Ministerial|Cabinet|Public\s+Accounts|Home\s+Affairs|Wellbeing"
    r"|Well-being|Safeguarding|Parole|Sentencing|Licensing|Planning|Charity|Justice\s+Council"
    r"|Youth\s+Justice\s+Board|College|Standing|Overview)\b"
)
_SMALL = {"of", "and", "the", "for", "in", "on", "to", "a", "at", "by", "with"}
_USUAL = {
    *("programme", "strategic", "strategy", "management", "governance", "steering", "meeting"),
    *("monthly", "quarterly", "weekly", "annual", "independent", "joint", "local", "project"),
    *(
        "working",
        "task",
        "focus",
        "board",
        "group",
        "committee",
        "forum",
        "panel",
        "pcc",
        "session",
    ),
    *("delivery", "performance", "partnership", "national", "regional", "alliance", "advisory"),
    *("chief", "constable", "executive"),
}


@dataclass(frozen=True)
class Named:
    """A body named in a text; `start` is the offset in its passage."""

    name: str
    start: int


def named_bodies(passage: Passage) -> list[Named]:
    """Return the boards, groups, committees, forums and panels that a text names, in order."""
    found: list[Named] = []
    for match in _NAME.finditer(passage.text):
        name = " ".join(match[0].split())
        bare = own_name(name)
        of_a_month = _OF_A_MONTH.match(bare)  # `the January Board`: that of January
        if len(bare.split()) >= 2 and not (bare.isupper() or _READER.search(bare) or of_a_month):
            found.append(Named(bare, match.start() + len(name) - len(bare)))
    return found


def own_name(printed: str) -> str:
    """Return a body's name without the words before it: `the PCC's`, `attendance at the`."""
    return _LEADING.sub("", printed, count=1)


def governs(name: str) -> bool:
    """Return whether a name is one of a body that oversees, as boards and committees do."""
    return bool(_GOVERNS.search(name)) and bool(set(words_of(name)) - _USUAL)


def is_elsewhere(name: str) -> bool:
    """Return whether a name is a body's of the nation or of partners, or is of several bodies."""
    return bool(_ELSEWHERE.search(name)) or (name.endswith("s") and " and " in name)


def may_be_another(name: str) -> bool:
    """Return whether a name is a partnership's or network's, which a board's is only like."""
    return bool(_OF_PARTNERS.search(name))


def is_overseer(passage: Passage, named: Named) -> bool:
    """Return whether a text says of a body that it oversees or decides, or is reported to."""
    begins, ends = max(named.start - 50, 0), named.start + len(named.name)
    if _OVERSEEN.search(passage.text, begins, named.start) or _OVERSEES.match(passage.text, ends):
        return True
    is_theirs = _FOR_IT.search(passage.text, begins, named.start)
    return bool(is_theirs and _TO_DECIDE.match(passage.text, ends))


def is_a_body(printed: str) -> bool:
    """Return whether a few words are a body's name: `RJ programme board`, `IOM Board`, `LCJB`."""
    words = printed.split()
    kind = _ENDS_IN_KIND.search(re.sub(r"\s*\([^()]*\)$", "", printed))
    whole = bool(kind) and 2 <= len(words) <= 9 and not _SAYS.search(printed)
    is_a_kind = _OF_A_KIND.fullmatch(printed)  # a heading: `OVERSIGHT BODIES`
    return (is_short_form(printed) and not is_a_kind) or whole


def words_of(name: str) -> list[str]:
    """Return the words that make a name, however it is spelled: without marks, plurals, `the`."""
    bare = re.sub(r"\([^()]*\)", " ", name.casefold().replace("&", " and "))
    bare = re.sub(r"[’']s?(?=\W|$)", "", bare).replace("-", "")
    return [_single(word) for word in re.findall(r"\w+", bare) if word not in _SMALL]


def _single(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@dataclass(frozen=True)
class _Known:
    """An entry as names are compared with it: its words, short forms among them spelled out."""

    mechanism: Mechanism
    words: tuple[str, ...]
    own: tuple[str, ...]  # without whose it is: the force's, the commissioner's
    core: tuple[str, ...]  # those that tell it from others
    initials: str
    in_brackets: frozenset[str]
    is_a_kind: bool
    # Of a part of the name, its initials alone: by letters within words too much would fit.
    tail: str


class Listed:
    """The bodies that glossaries list, to be found under the names a text gives them."""

    def __init__(self, mechanisms: Iterable[Mechanism], spelled: Mapping[str, str]) -> None:
        self._spelled = {short.casefold(): words_of(long) for short, long in spelled.items()}
        self._entries = [self._known(mechanism) for mechanism in mechanisms]
        self._same: dict[str, Mechanism | None] = {}
        self._near: dict[str, Mechanism | None] = {}

    def _known(self, mechanism: Mechanism) -> _Known:
        words = tuple(self._full(mechanism.name))
        core = tuple(word for word in words if word not in _USUAL)
        initials = "".join(word[0] for word in words_of(mechanism.name))
        brackets = frozenset(re.findall(r"\(([^()]*)\)", mechanism.name))
        own = tuple(self._full(own_name(mechanism.name)))
        is_a_kind = bool(_OF_A_KIND.search(mechanism.name))
        tail = "".join(word[0] for word in words_of(" ".join(mechanism.name.split()[1:])))
        return _Known(mechanism, words, own, core, initials, brackets, is_a_kind, tail)

    def same(self, name: str) -> Mechanism | None:
        """Return the entry that a name means for certain: spelled alike, or by its initials."""
        if name not in self._same:
            self._same[name] = self._find_same(name)
        return self._same[name]

    def near(self, name: str) -> Mechanism | None:
        """Return the entry that a name may be meant for, None where none is near."""
        if name not in self._near:
            self._near[name] = self._find_near(name)
        return self._near[name]

    def _find_same(self, name: str) -> Mechanism | None:
        said = self._full(own_name(name))
        # A word too many at the front belongs to what stands before the name.
        ways = {"".join(said), *("".join(said[n:]) for n in (1, 2) if len(said) - n >= 2)}
        bare = name.strip()
        short = bare.casefold() if is_short_form(bare) else None
        for one in self._entries:
            if (
                {"".join(one.words), "".join(one.own)} & ways
                or short == one.initials
                or bare in one.in_brackets
            ):
                return one.mechanism
        return None

    def _find_near(self, name: str) -> Mechanism | None:
        said = self._full(own_name(name))
        short = is_short_form(name.strip())
        best: tuple[float, Mechanism] | None = None
        for one in self._entries:
            score = _of_short(name.strip(), one) if short else _likeness(said, one)
            if score and (best is None or score > best[0]):
                best = score, one.mechanism
        return best[1] if best else None

    def _full(self, name: str) -> list[str]:
        return [full for word in words_of(name) for full in self._spelled.get(word, [word])]


def _of_short(name: str, one: _Known) -> float:
    """Return how surely a short form stands for an entry's words, all or all but the first."""
    if not one.is_a_kind:
        return 0.0
    known = one.mechanism.name
    begins = known.lstrip()[:1].casefold().startswith(name[:1].casefold())
    # More letters than words: some of them would be from within a word.
    whole = begins and len(name) <= len(known.split()) and fits(name, known)
    return 0.9 if whole or name.casefold() == one.tail else 0.0


def _likeness(said: Sequence[str], one: _Known) -> float:
    """Return from 0 to 1 how alike two names are; below a half is none."""
    told: set[str] = set()
    initials = "".join(word[0] for word in one.words)
    for word in said:
        place = initials.find(word) if 2 <= len(word) <= 4 else -1
        told |= set(one.words[place : place + len(word)]) if place >= 0 else {word}
    mine = [word for word in dict.fromkeys([*said, *told]) if word in told - _USUAL]
    if not mine or not one.core:
        return 0.0
    pairs = sum(any(_akin(word, other) for other in one.core) for word in mine)
    shared = pairs / max(len(mine), len(set(one.core)))
    score = max(shared, _spelled_alike("".join(mine), "".join(one.core)))
    return score if score >= 0.6 else 0.0


def _spelled_alike(one: str, other: str) -> float:
    """Return how alike two words are letter by letter, 0 for what is less than four fifths."""
    shorter, longer = sorted((len(one), len(other)))
    if shorter * 2 <= 0.8 * (shorter + longer):
        return 0.0
    matcher = SequenceMatcher(None, one, other)
    alike = matcher.ratio() if matcher.quick_ratio() > 0.8 else 0.0
    return alike if alike > 0.8 else 0.0


def _akin(one: str, other: str) -> bool:
    """Return whether words begin alike: `improve` and `improving`, `comms` and `communications`."""
    shorter = min(len(one), len(other))
    return one == other or (shorter >= 4 and one[: min(shorter, 5)] == other[: min(shorter, 5)])
