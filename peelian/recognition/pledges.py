"""Whether a sentence of minutes undertakes something, and where in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from peelian.recognition.parties import PRONOUN, is_actor
from peelian.recognition.pledge_words import (
    ACTIVE,
    AGREED,
    AGREED_BARE,
    AGREED_STRICT,
    AND_THEN,
    ANSWERED,
    ASKED_AND_AGREED,
    ASKED_FOR,
    ASKS,
    BARE,
    CHARGED,
    CLAUSE,
    COMES,
    DELIVERS,
    FINITE,
    FOLLOWS,
    GRANTED,
    IMPERATIVE,
    INERT,
    INTENDS,
    NOT_ONE,
    NOTE_FORM,
    OFFERED,
    OWN,
    PARTICIPLE,
    PASSIVE,
    PLACED,
    PROMISED,
    PURPOSE,
    RECEIVES,
    SEAT,
    SHOULD,
    SOMEONE,
    SUBJUNCTIVE,
    TAKEN_NOTE,
    TASKED,
)


@dataclass(frozen=True)
class Pledge:
    """Where a clause undertakes something: from `start` to `end` of its sentence, `verb` within.

    `subject` stands before its verb, `how` is how it is said: `agreed` by the meeting, `offered`
    by its subject, `asked` of it, or `told` of what would be done; `passive` where nobody is
    its subject.
    """

    start: int
    end: int
    verb: int
    subject: str
    how: str
    passive: bool


def pledges(sentence: str) -> list[Pledge]:
    """Return what a sentence of minutes undertakes, in order; what is agreed clause by clause."""
    sentence = sentence[:3000]
    agreed = [m for m in AGREED.finditer(sentence) if _is_frame(m, sentence)]
    if agreed:
        return list(_agreed(sentence, agreed[-1].end()))
    for reading in (_granted, _offered, _promised, _told, _received, _charged, _note, _asked):
        if found := reading(sentence):
            return [found]
    return []


def agreed_clause(clause: str) -> Pledge | None:
    """Return what a clause of a resolution undertakes: `the Clerk write to…`, `X be invited`."""
    if asks := ASKS.match(clause):
        return _shifted(agreed_clause(clause[asks.end() :]), asks.end())
    if (own := OWN.match(clause)) and DELIVERS.match(clause, own.start("verb")):
        return _pledge(clause, 0, 0, "agreed")
    if IMPERATIVE.match(clause) and DELIVERS.match(clause) and not TAKEN_NOTE.search(clause):
        return _pledge(clause, 0, 0, "agreed")
    if seat := SEAT.search(clause) or PLACED.search(clause) or RECEIVES.search(clause):
        return _pledge(clause, 0, seat.start(), "agreed")
    if (purpose := PURPOSE.search(clause)) and not INERT.match(purpose["verb"]):
        return _pledge(clause, 0, purpose.start(), "agreed")
    for pattern in (OFFERED, PASSIVE, ACTIVE, SHOULD):
        match = pattern.search(clause)
        if match is None:
            continue
        passive = pattern is PASSIVE
        if INERT.match(match["verb"]) or (passive and not PARTICIPLE.match(match["verb"])):
            return None
        return _pledge(clause, 0, match.start(), "agreed", passive=passive)
    match = SUBJUNCTIVE.search(clause)
    if match and DELIVERS.match(clause, match.start("verb")):
        return _pledge(clause, 0, match.start(), "agreed", passive=True)
    bare = BARE.match(clause)
    if match is None and bare and _may_be_told(bare["who"]):
        return _pledge(clause, 0, bare.start("verb"), "agreed")
    return None


def _may_be_told(who: str) -> bool:
    """Return whether words can be who a resolution says is to do it: `the host authority send`."""
    return bool(is_actor(who) or PRONOUN.fullmatch(who) or SOMEONE.fullmatch(who))


def _shifted(found: Pledge | None, by: int) -> Pledge | None:
    return replace(found, end=found.end + by, verb=found.verb + by) if found else None


def clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of each clause of a resolution: by semicolons, `(a)`, `and that`."""
    start = 0
    cuts = re.finditer(
        r";\s*(?:and\s+)?(?:\([a-z0-9]{1,3}\)\s*)?(?:that\s+)?|,?\s+and\s+that\s+|"
        r"\s*\((?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s+(?:that\s+)?|"
        r"\s+and\s+(?=to\s+(?:ask|request|invite|write|send|provide|report|seek|circulate|draft)\b)",
        text,
        re.IGNORECASE,
    )
    for cut in [*cuts, None]:
        end = cut.start() if cut else len(text)
        if text[start:end].strip():
            lead = len(text[start:end]) - len(text[start:end].lstrip())
            yield start + lead, start + len(text[start:end].rstrip())
        start = cut.end() if cut else end


def _is_frame(match: re.Match[str], sentence: str) -> bool:
    """Return whether `agreed` introduces what was agreed, not `agreed to`, `agreed as a record`."""
    if AGREED_STRICT.search(match[0]):
        return True
    if match[0].casefold().startswith("it ") and AGREED_BARE.match(sentence, match.end()):
        return True
    upper = match[0].strip().isupper()
    follows = sentence[match.end() : match.end() + 12].casefold()
    return upper and not follows.startswith(("as ", "to ", "with ", "by "))


def _agreed(sentence: str, begins: int) -> Iterator[Pledge]:
    rest = sentence[begins:]
    for start, end in clauses(rest):
        if found := agreed_clause(rest[start:end]):
            shifted = replace(found, verb=begins + start + found.verb)
            yield replace(shifted, start=begins + start, end=begins + end)


def _offered(sentence: str) -> Pledge | None:
    for match in OFFERED.finditer(sentence):
        how = match["how"].casefold()
        given = not how.startswith(("was", "were", "is", "are", "be", "had")) or "tasked" in how
        fits = (
            not INERT.match(sentence, match.start("verb"))
            if given
            else bool(DELIVERS.match(sentence, match.start("verb")))
        )
        before = sentence[: match.start()]
        is_adjective = how == "committed" and re.search(r"\b(?:was|were|is|are)\s*$", before)
        if not fits or is_adjective or re.search(r"\b(?:not|never|had)\s*$", before):
            continue
        if how.endswith("invited") and re.match(r"(?:the\s+)?(?:Panel|Members)", sentence, re.I):
            continue
        if (
            match["verb"] in ("consider", "comment", "ask", "discuss")
            and not given
            and "will" not in how
        ):
            continue
        begins = _clause(sentence, match.start())
        if not re.search(r"\b(?:if|whether)\b", sentence[begins : match.start()]):
            by_all = re.search(r"\bit\s+was\s+(?:\w+\s+)?$", before, re.IGNORECASE)
            if how.startswith("left"):  # `left with the Clerk to find out`
                return _pledge(sentence, begins, match.start("verb"), "agreed")
            made = "agreed" if by_all else "offered"
            return _pledge(sentence, begins, match.start(), made, passive=bool(by_all))
    return None


def _granted(sentence: str) -> Pledge | None:
    """Return what someone asked for and the meeting agreed in the same sentence."""
    if granted := GRANTED.search(sentence):
        return _pledge(sentence, granted.start("what"), granted.start("what"), "agreed")
    match = ASKED_AND_AGREED.search(sentence)
    if match is None or not DELIVERS.match(sentence, match.start("verb")):
        return None
    found = _pledge(sentence, match.start("what"), match.start("verb"), "agreed", passive=True)
    return replace(found, start=match.start("what"), end=match.end("what"))


def _promised(sentence: str) -> Pledge | None:
    """Return the thing that someone promised: `promised a paper on searches`."""
    match = PROMISED.search(sentence)
    if match is None or NOT_ONE.search(sentence, 0, match.start()):
        return None
    return _pledge(sentence, _clause(sentence, match.start()), match.start(), "offered")


def _received(sentence: str) -> Pledge | None:
    """Return what a sentence says the meeting will have, or what will follow."""
    for pattern in (RECEIVES, FOLLOWS, COMES, AND_THEN):
        match = pattern.search(sentence)
        if match and not NOT_ONE.search(_answer(sentence[: match.start()])):
            begins = _clause(sentence, match.start())
            return _pledge(sentence, begins, match.start(), "note", passive=True)
    match = INTENDS.search(sentence)
    return _pledge(sentence, 0, match.start(), "offered") if match else None


def _charged(sentence: str) -> Pledge | None:
    """Return what a sentence says that those who serve the meeting were to do."""
    if (asked := TASKED.search(sentence)) and DELIVERS.match(sentence, asked.start("verb")):
        return _pledge(sentence, 0, asked.start("verb"), "agreed")
    match = CHARGED.search(sentence)
    if match is None or INERT.match(match["verb"]) or NOT_ONE.search(sentence, 0, match.start()):
        return None
    return _pledge(sentence, _clause(sentence, match.start()), match.start("will"), "told")


def _answer(before: str) -> str:
    """Return the words before a verb without a question that they answer: `asked …, and said`."""
    return ANSWERED.split(before)[-1]


def _told(sentence: str) -> Pledge | None:
    """Return what a sentence says would be done, where the verb is one of doing for somebody."""
    for pattern in (PASSIVE, ACTIVE):
        for match in pattern.finditer(sentence):
            if not DELIVERS.match(sentence, match.start("verb")):
                continue
            before = _answer(sentence[: match.start()])
            if NOT_ONE.search(before) or (
                pattern is PASSIVE and match["will"].casefold() in ("should", "to", "must")
            ):
                continue
            begins = _clause(sentence, match.start())
            return _pledge(sentence, begins, match.start(), "told", passive=pattern is PASSIVE)
    return None


def _note(sentence: str) -> Pledge | None:
    match = NOTE_FORM.search(sentence)
    if match is None or NOT_ONE.search(sentence, 0, match.start()):
        return None
    subject = sentence[: match.start()]
    is_note = not FINITE.search(subject) or re.match(
        r"(?:picked|taken|followed|brought)", match["verb"], re.I
    )
    return _pledge(sentence, 0, match.start(), "note", passive=True) if is_note else None


def _asked(sentence: str) -> Pledge | None:
    """Return the thing that somebody was asked for."""
    match = ASKED_FOR.search(sentence)
    if match is None or not is_actor(sentence[: match.start()].strip()):
        return None
    return _pledge(sentence, 0, match.start(), "asked")


def _pledge(text: str, begins: int, verb: int, how: str, *, passive: bool = False) -> Pledge:
    subject = re.sub(r"\b(?:would|should|will|shall|to)\s*$", "", text[begins:verb].strip())
    return Pledge(0, len(text), verb, subject.strip(), how, passive)


def _clause(sentence: str, verb: int) -> int:
    """Return where the clause of a verb begins; one without words of its own joins that before."""
    begins = [m.end() for m in CLAUSE.finditer(sentence, 0, verb)]
    own = (b for b in reversed(begins) if sentence[b:verb].strip() not in ("", "and", "but"))
    return next(own, 0)
