"""Whether a text leaves a trace in others: what it is about, and which passages speak of it."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest

from peelian.expressions import expression
from peelian.intake.document import Block, Origin
from peelian.proofreading.answers import NUMBER, answering, is_of_other
from peelian.proofreading.given import (
    OF_ANY_KIND,
    SETTLED,
    Promise,
    has_figures,
    promise_of,
    says_it_is_given,
)
from peelian.recognition.future import sentences
from peelian.recognition.pledges import pledges

# A passage this like an undertaking, by the weight of its words, speaks of it.
ENOUGH, ENOUGH_WITH_THING, ENOUGH_IN_ANSWERS, NEARLY_ALL = 0.5, 0.28, 0.25, 0.6
_MOST_WORDS, _CANDIDATES, _SHORT, _WINDOW, _LONG = 60, 40, 90, 400, 20_000

_WORD = expression(r"[A-Za-z][A-Za-z’'-]*[A-Za-z]|\d{4}/\d{2}")
_NAME = expression(
    r"(?!The\b)(?:[A-Z][\w’'-]+|[A-Z]{2,})"
    r"(?:\s+(?:(?:of|and|&|the|for)\s+)?(?:[A-Z][\w’'-]+|[A-Z]{2,})){1,6}"
)
_TITLE = r"(?:Cllrs?|Councillors?|Mrs?|Ms|Miss|Dr)\b"
_PERSON = expression(rf"\b{_TITLE}\.?\s+(?:[A-Z]\.?\s+)*[A-Z][\w’'-]+")
_ENDINGS = (
    "isations", "isation", "ations", "ation", "ating", "ated", "ments", "ment", "ings", "ing",
    "ions", "ion", "ate", "ed", "es", "ly", "s", "e",
)  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What minutes say of anything: by these nothing is found again.
_STOP = _words(
    """
    account afterwards answer answered applied apply attend away find found gave give given hand
    hear obtain obtained pass passed pledged press pressed propose proposed proposes supplied
    supply tell thought took wished wonder wondered closed open right
    responded assured reassured resolved force forces happy raise concerned usual working days
    long longer felt stated rather thereafter whereas always never particular wished concluded
    concern concerns mentioned receive receives start starting committees boards last know county
    counties area areas local public
    many writing replied two three four five comment comments come queried january february
    march april may june july august september october november december monday tuesday
    wednesday thursday friday
    about above accordingly action actions added advised after again agree agreed all also among
    any are around asked available back based because been before behalf being better between
    board both bring brought but came can chair chairman chairwoman check chief circulate
    circulated cllr coming commissioner committee conclusion confirm confirmed considered
    constable could councillor councillors course crime detail details discuss discussed
    discussion does done during each every executive explained express feed first following for
    forward from further future given had has have held her him his how however included
    including inform information into invited item its itself key look made make making matter
    matters meeting meetings member members minute minutes miss month months more most mrs named
    need needed next nor not noted number offered office officer officers one only opcc other
    others out outside over panel panels paper part pcc people period pfcc place point points
    police possible present presented previous prior promised provide provided question
    questions raised read received regarding regular relating report reported request requested
    response review said same send sent set several share shared she should since some soon
    state stated still subject such suggested summary take taken than thank thanks that the
    their them then there therefore these they this those through time under undertook until
    update updated upon use used vice vice-chair vice-chairman was way week well were what when
    where whether which while who whole whom will willing wish with within without work would
    write year years
    """
)
_GENERIC = _words(
    """
    answer breakdown briefing copy data detail details feedback figure figures further
    information issue it link list matter more note number paper papers point points
    presentation report reports response results something summary that them these they this
    those update updates
    """
)
# What is done about a person or body shows by one of these, whatever else is said of them.
_DEEDS = {
    "invit": ("invit", "attend", "guest"),
    "writ": ("letter", "wrote", "writ", "correspond", "repl"),
    "recruit": ("recruit", "appoint", "vacanc"),
    "appoint": ("appoint", "recruit", "vacanc"),
    "join": ("join", "member", "membership", "subscri"),
    "meet": ("met", "meet"),
    "visit": ("visit",),
    "contact": ("contact", "wrote", "writ", "spok"),
}
_SAME = {"kpi": "indicator", "kpis": "indicator", "co-opted": "coopt", "co-optee": "coopt"}
_THING_ENDS = expression(
    r"\b(?:of|for|on|about|regarding|concerning|to|in|at|when|from|by|before|with|which|that|"
    r"after)\b|[,;:(.]"
)
_FINITE = expression(
    r"\b(?:is|are|was|were|has|have|had|been|will|would|shall|can|could|may|not|due|agreed|planned|"
    r"held|took|taken|received|being|did|does|do)\b|\b[a-z]{3,}ed\b",
    re.IGNORECASE,
)
_NUMBERED = expression(rf"({NUMBER})")
_ACTION = expression(r"\bAction\s+(\d{1,3}/\d{2,4})\b", re.IGNORECASE)
_POST = expression(
    r"\b(?:Officer|Constable|Commissioner|Executive|Manager|Director|Chair\w*|Clerk|Secretary|"
    r"Treasurer|Lead)$"
)
_RHYTHM = expression(
    r"\b(?:bi-?\s?(?:monthly|annual(?:ly)?|weekly)|quarterly|monthly|weekly|annual(?:ly)?|six[\s-]monthly|"
    r"6[\s-]monthly|ad[\s-]hoc|twice\s+a\s+year|fortnightly|daily)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sought:
    """What to look for: the words of an undertaking, the thing promised (one of these groups is
    enough), the topic besides, the deed that must show, and names, which alone are not enough."""

    terms: frozenset[str]
    topic: frozenset[str]
    things: tuple[frozenset[str], ...]
    deed: tuple[str, ...]
    names: tuple[str, ...]
    printed: tuple[str, ...]
    reference: str = ""  # of an action that has one: `3/23`
    minute: str = ""  # in which it stands
    promise: Promise = OF_ANY_KIND


@dataclass(frozen=True)
class Trace:
    """The passage most like an undertaking: how like, and whether it speaks of it; `only_named` is
    the name that stands in lists alone, `unlisted` says that it is a list that should have it."""

    origin: Origin
    quotation: str
    share: float
    speaks: bool
    only_named: str = ""
    unlisted: bool = False


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """Return a word without its ending, so that `evaluate` and `evaluation` are one."""
    word = re.sub(r"[’']s?$", "", word.casefold())
    word = _SAME.get(word, word)
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def names_any(text: str, wanted: Sought) -> bool:
    """Return whether a text has any of the words to look for."""
    return not wanted.terms.isdisjoint(map(stem, _WORD.findall(text)))


def sought(text: str, context: str, not_names: Iterable[str], minute: str = "") -> Sought:
    """Return what to look for so as to find an undertaking again.

    `context` is what it refers back to; `not_names` are names that say nothing here, such as the
    meeting's own; `minute` is the number of the minute.
    """
    omit = {stem(w) for name in not_names for w in _WORD.findall(name)}
    printed: dict[str, str] = {}
    told = _PERSON.sub(" ", f"{text} {context}")
    for word in _WORD.findall(told)[: 4 * _MOST_WORDS]:
        if _counts(word) and stem(word) not in omit:
            printed.setdefault(stem(word), word)
    last = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.strip())[-1]
    things = tuple(g for g in _things(last) if g and not g <= omit)
    names = tuple(name for name in _names(f"{text} {context}") if _own_words(name) - omit)
    terms = list(printed)[:_MOST_WORDS]
    topic = frozenset(terms).difference(_verb(last), *things)
    shown = tuple(printed[t] for t in terms)
    action = _ACTION.search(context) or _NUMBERED.fullmatch(minute)
    reference = action[1] if action else ""
    item = re.match(r"\d*", minute)
    number = item[0] if item else ""
    return Sought(
        frozenset(terms),
        topic,
        things,
        _deed(last),
        names,
        shown,
        reference,
        number,
        promise_of(text),
    )


def _counts(word: str) -> bool:
    low = re.sub(r"[’']s?$", "", word.casefold())
    return low not in _STOP | _GENERIC and (len(low) > 3 or word[: len(low)].isupper())


def _names(text: str) -> Iterator[str]:
    """Yield the names of more than one word, without people, who are named beside them."""
    for match in _NAME.finditer(text):
        parts = re.split(rf"\s+(?:and|&)\s+(?={_TITLE})", match[0])
        name = next((p for p in parts if not re.match(_TITLE, p)), "")
        if " " in name and len(name) < 80 and not _POST.search(name):
            yield name


def _own_words(name: str) -> set[str]:
    return {stem(w) for w in _WORD.findall(name) if w[0].isupper() and len(w) > 2 and _counts(w)}


def _things(sentence: str) -> list[frozenset[str]]:
    """Return the words of the thing promised; several things where `and` joins them."""
    found = pledges(sentence)
    if not found:
        return []
    pledge = found[-1]
    after = re.sub(
        r"^\W*(?:\w+\s+){0,3}?be\s+\w+\s+|^\W*(?:would|will)\s+\w+\s+",
        "",
        sentence[pledge.verb : pledge.end],
    )
    given = re.search(
        r"(?:provided|updated|supplied)\s+with\s+(?:an?\s+|the\s+)?(?P<what>.+)",
        sentence[pledge.verb : pledge.end],
    )
    if given:
        phrase = given["what"]
    elif pledge.passive:
        phrase = re.split(r"\b(?:that|advised|confirmed|agreed)\s+", pledge.subject)[-1]
        return _grouped(phrase)
    else:
        verb = re.search(
            r"\bto\s+(?:\w+ly\s+)?\w+\s+(?P<what>.+)", sentence[pledge.verb : pledge.end]
        )
        phrase = verb["what"] if verb else after
    head = _THING_ENDS.split(phrase, maxsplit=1)[0]
    return _grouped(head)


def _grouped(phrase: str) -> list[frozenset[str]]:
    groups = []
    for part in re.split(r"\s+(?:and|or|&)\s+|,\s*", phrase[:200]):
        words = [w for w in _WORD.findall(part) if w.casefold() not in _GENERIC]
        groups.append(frozenset(stem(w) for w in words if _counts(w)))
    return groups


def _verb(sentence: str) -> set[str]:
    found = pledges(sentence)
    return {stem(w) for w in _WORD.findall(sentence[found[-1].verb :])[:4]} if found else set()


def _deed(sentence: str) -> tuple[str, ...]:
    found = pledges(sentence)
    words = sentence[found[-1].verb :] if found else sentence
    first = (_DEEDS.get(stem(w)) or _DEEDS.get(stem(w)[:4]) for w in _WORD.findall(words)[:4])
    return next((deed for deed in first if deed), ())


class Passages:
    """The passages in which to look, with how common each word is among them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = list(blocks)
        self._answering = answering(self.blocks)
        self._pieces = [piece for n in range(len(self.blocks)) for piece in self._windows(n)]
        self._words: dict[str, set[int]] = defaultdict(set)
        for n, (_place, _start, text) in enumerate(self._pieces):
            for word in {stem(w) for w in _WORD.findall(text)}:
                self._words[word].add(n)

    def _windows(self, n: int) -> Iterator[tuple[int, int, str]]:
        """Yield what is read together, with its block and offset: a block; a short one with the
        next, as cells and headings are; of a long one, each two sentences."""
        text = self.blocks[n].text[:_LONG]
        if len(text) < _SHORT:
            follows = self.blocks[n + 1].text[:_SHORT] if n + 1 < len(self.blocks) else ""
            yield n, 0, f"{text} {follows}"
        elif len(text) <= _WINDOW:
            yield n, 0, text
        else:
            spans = list(sentences(text))
            for nth, (start, _end) in enumerate(spans):
                yield n, start, text[start : spans[min(nth + 1, len(spans) - 1)][1]]

    def weight(self, term: str) -> float:
        """Return how much a word tells: the rarer among the passages, the more."""
        return math.log((len(self._pieces) + 2) / (len(self._words.get(term, ())) + 1))

    def rarest(self, wanted: Sought) -> list[str]:
        """Return what is looked for as printed, names first, then words, the rarest first."""
        names = list(dict.fromkeys(wanted.names))
        inside = {w for name in names for w in _own_words(name)}
        words = [w for w in wanted.printed if stem(w) not in inside]
        return names + sorted(words, key=lambda w: (-self.weight(stem(w)), w))

    def nearest(self, wanted: Sought) -> Trace | None:
        """Return the passage that speaks of an undertaking, else the one most like it; None where
        no word of it is found."""
        total = sum(map(self.weight, wanted.terms)) or 1.0
        scores: dict[int, float] = {}
        for term in sorted(wanted.terms):
            weight = self.weight(term)
            for n in self._words.get(term, ()):
                scores[n] = scores.get(n, 0.0) + weight
        best: Trace | None = None
        for score, n in nlargest(_CANDIDATES, ((score, -n) for n, score in scores.items())):
            trace = self._judged(-n, score / total, wanted)
            if trace.speaks:
                return trace
            best = best or trace
        return self._in_lists(wanted) or best

    def _in_lists(self, wanted: Sought) -> Trace | None:
        """Return the first line of a list or glossary that names what was to be told of, where no
        other passage does."""
        for name in wanted.names:
            found = [self._words.get(word, set()) for word in _own_words(name)]
            places = sorted(set.intersection(*found)) if len(found) > 1 else []
            places = [n for n in places if name in self.blocks[self._pieces[n][0]].text]
            if places and all(
                self._is_bare(self._pieces[n][0], self._pieces[n][2]) for n in places
            ):
                place, start, text = self._pieces[places[0]]
                return Trace(self.blocks[place].at(start), text, 0.0, speaks=False, only_named=name)
        return None

    def _judged(self, n: int, share: float, wanted: Sought) -> Trace:
        place, start, text = self._pieces[n]
        words = {stem(w) for w in _WORD.findall(text)}
        matched = wanted.terms & words
        named = {w for n in wanted.names if n in text for w in _own_words(n)}
        merely = bool(named) and matched <= named and self._is_bare(place, text)
        deed = not wanted.deed or any(w.startswith(wanted.deed) for w in words)
        speaks = self._answers(n, share, wanted, words) or (
            deed
            and not merely
            and len(matched) >= min(2, len(wanted.terms))
            and self._tells(n, share, wanted, words)
        )
        block = self.blocks[place]
        return Trace(block.at(start), text if start else block.text, share, speaks)

    def _answers(self, n: int, share: float, wanted: Sought, words: set[str]) -> bool:
        """Return whether a passage answers where there are but answers."""
        place, _start, text = self._pieces[n]
        if place not in self._answering or is_of_other(text, wanted.reference, wanted.minute):
            return False
        own = wanted.terms & words & wanted.topic.union(*wanted.things)
        if own and SETTLED.search(text):
            return True
        if wanted.promise.figures and not has_figures(text):
            return False
        enough = len(own) > 1 or share >= ENOUGH_IN_ANSWERS
        return enough and any(self._is_rare(w) for w in own)

    def _tells(self, n: int, share: float, wanted: Sought, words: set[str]) -> bool:
        """Return whether a passage has the thing promised, or tells what has become of it."""
        place, _start, text = self._pieces[n]
        if not any(wanted.things):
            block = self.blocks[place].text
            alone = block if text.startswith(block) and block.endswith(".") else text
            is_cut = stem(wanted.promise.cut) in words
            return share >= ENOUGH and wanted.promise.is_given(alone, is_cut=is_cut)
        least = 0.5 if len(wanted.topic) <= 3 else 0.3
        close = not wanted.topic or self._has(wanted.topic, words, least)
        whole = any(self._has(thing, words) for thing in wanted.things)
        if whole and close and share >= ENOUGH_WITH_THING:
            return True
        in_part = any(thing & words for thing in wanted.things)
        return in_part and share >= NEARLY_ALL and says_it_is_given(text)

    def _is_rare(self, term: str) -> bool:
        return len(self._words.get(term, ())) <= max(4, len(self._pieces) // 50)

    def _has(self, group: frozenset[str], words: set[str], least: float = 0.6) -> bool:
        """Return whether enough of a group, by weight, is among the words."""
        whole = sum(map(self.weight, group))
        return sum(self.weight(w) for w in group & words) >= least * whole > 0

    def _is_bare(self, n: int, text: str) -> bool:
        """Return whether a passage is but a line of a list, or of a glossary: it says how often."""
        after = [block.text.strip(" .") for block in self.blocks[n + 1 : n + 3]]
        cells = [cell.text.strip(" .") for cell in self.blocks[n].cells]
        rhythm = any(_RHYTHM.fullmatch(words) for words in (*cells, *after))
        return not _FINITE.search(text) or rhythm
