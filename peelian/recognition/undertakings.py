"""Undertakings in minutes: who said they would do what for whom, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from peelian.expressions import expression
from peelian.intake.document import Passage
from peelian.recognition.action_points import (
    LETTERED,
    LONGEST,
    Undertaking,
    action,
    is_action_line,
    listed,
    promise,
)
from peelian.recognition.future import sentences
from peelian.recognition.parties import (
    PRONOUN,
    Meeting,
    actor_in,
    done_by,
    expanded,
    first_actor,
    is_actor,
    is_party,
    named_in,
    opening_owner,
    subject_of,
)
from peelian.recognition.pledge_words import DELIVERS, LAID
from peelian.recognition.pledges import Pledge, agreed_clause, clauses, pledges

__all__ = ["Meeting", "Undertaking", "undertakings", "without_repeats"]

_TRAILING = expression(
    r"\s*[\[(]?\s*(?:ACTIONS?|Actions?)(?:\s+(?:points?|by|for))?(?:\s+\d+(?:\.\d+)?)?\s*[:–—-]\s*"
    r"(?P<who>[^\[\]()]{2,80}?)\s*[\])]?\s*\.?$"
)
# `A note of what this costs was asked for. (Action 14)`: by its number it is one.
_ACTION_NUMBER = expression(
    r"[(\[](?:Action|ACTION)\s+[A-Z]{0,3}\d[\d/.-]{0,8}[)\]]\W*$", needs="ction|CTION"
)
_RESOLVED = expression(
    r"\s*(?:it\s+was\s+)?(?:unanimously\s+)?(?:RESOLVED|AGREED|Resolved|Agreed|PENDERFYNWYD|"
    r"RECOMMENDED|Recommended(?=:)|Decision|DECISION)\b(?:\s+unanimously)?\s*[:–—,-]*\s*(?:that\b\s*)?[:–—-]*\s*",
)
_REFERS_BACK = expression(
    r"\b(?:this|it|that\s+information|these|those|them|such|details|the\s+(?:information|report|data|"
    r"issue|matter|point|response|figures|update|request)|check\s+and|look\s+into|report\s+back|"
    r"take\s+(?:it|this)|find\s+out)\b",
    re.IGNORECASE,
)
_BELOW = expression(r"\s*(?P<number>(?P<main>\d{1,3})\.\d{1,2}(?:\.\d{1,2})?)[.)]?\s+(?=\S)")
# A minute that has no title: `5 The Chair is to write`.
_NUMBERED = expression(
    r"\s*(?P<number>\d{1,3})\s+(?=(?:The|An?|It|He|She|Members?|Councillors?|Cllrs?|M(?:rs?|s))\s)"
)
_NEAR = 60  # so many undertakings back, a minute may say one again
_LETTERS = r"[A-Z](?:[a-z]?[A-Z]){1,3}\d?"
_INITIALS = expression(rf"{_LETTERS}(?:\s*[/&,]\s*{_LETTERS}){{0,4}}\s+to\s")
_TASK = expression(
    r"(?:[A-Z][\w.’'()&/-]*|and|of|,|&)(?:\s+(?:[A-Z][\w.’'()&/-]*|and|of|,|&)){0,7}\s+to\s"
)
_REPORTER = expression(
    r"\b(?:advised|confirmed|stated|said|reported|explained|assured|reassured|undertook|indicated|"
    r"noted|replied|responded|added|informed|agreed|announced|committed|promised|outlined|offered|"
    r"highlighted|acknowledged|commented|clarified)\b"
)
_FOR_SOMEBODY = expression(
    r"\b(?:to|with|for|by|at)\s+(?:all\s+)?(?:the\s+|a\s+|its\s+|their\s+|our\s+)?(?:next\s+|future\s+|"
    r"subsequent\s+|following\s+|\w+\s+)?(?:Panel|Board|Committee|Members?|Forum|Group|meeting|attendees|"
    r"Councillors?|Cllrs?|minutes|agenda|work\s+programme)\b|\b(?:Panel|Board|Committee|Members)\s+(?:would|will|should|"
    r"shall)\s+be\b|\boutside\s+(?:of\s+)?the\s+meeting\b",
    re.IGNORECASE,
)
_SHE_WOULD = expression(r"\W*(?:\(?\w{1,3}\)\s*)?(?:He|She|They)\s+would\s")
_PROPOSED = expression(r"\b(?:proposed|moved|suggested|asked|requested)\s+that\s+")
_ASSENT = expression(
    r"\W*(?:this\s+was\s+|it\s+was\s+(?:so\s+)?)?(?:agreed|resolved|approved)\W*", re.IGNORECASE
)
_REQUEST = expression(r"\b(?:asked|requested|request|sought|would\s+like|queried)\b")
_IS_PAPER = expression(
    r"(?:an?|the|further|more)\s+(?:[\w-]+\s+){0,3}?(?:papers?|reports?|notes?|briefing|updates?|summary|"
    r"response|breakdown|cop(?:y|ies)|presentation|analysis)\b",
    re.IGNORECASE,
)
# Those who serve the meeting, where their post is written small.
_SERVES = expression(
    r"(?:the|its|their)\s+(?:[\w’'-]+\s+){0,4}(?:officer|clerk|chair|solicitor|treasurer|advis[eo]r|"
    r"secretary|secretariat)",
    re.IGNORECASE,
)
# Of whom the meeting only hears.
_OUTSIDERS = expression(
    r"\b(?:Home\s+Office|Home\s+Secretary|Government|Ministry\s+of\s+\w+|HMICFRS|HMIC|inspectorate|"
    r"College\s+of\s+Policing|Parliament|Treasury|Office\s+for\s+National\s+Statistics|ONS)$",
    re.IGNORECASE,
)
_CONFIRMED = expression(
    r"\bit\s+was\s+(?:also\s+|further\s+)?(?:confirmed|agreed|noted|advised|explained|stated|reported)\b",
    re.IGNORECASE,
)
_HEARS = (
    r"(?:the\s+)?(?:(?:\w+\s+){0,6}(?:Panel|Board|Committee|Forum)|(?:Panel\s+)?Members|"
    r"Councillors)"
)
_WORDS = expression(r"[A-Za-z’']{3,}")


def undertakings(passages: Sequence[Passage], number: str, meeting: Meeting) -> list[Undertaking]:
    """Return what the passages of a minute undertake, in order. Never raises."""
    found: list[Undertaking] = []
    recent: list[Undertaking] = []  # of the passage or the resolution before
    listing = ""  # the list that the passage before opened: of actions, or of what was resolved
    item = number
    for nth, passage in enumerate(passages):
        below = _BELOW.match(passage.text[:40])
        if below and below["main"] == item.split(".")[0]:
            number, passage = below["number"], _from(passage, below.end())
        if begun := _NUMBERED.match(passage.text[:40]):
            passage = _from(passage, begun.end())
            number = begun["number"] if number.isdecimal() else number
        text = passage.text[:LONGEST]
        before = passages[nth - 1] if nth else None
        if is_action_line(text):
            made = action(passage, before, number, meeting)
            if made and made[0].origin != passage.origin and recent:
                by = made[0].owner
                one = len(recent) == 1
                found[-len(recent) :] = [
                    replace(u, owner=by if one or not u.owner else u.owner, agreed=True)
                    for u in recent
                ]
                made = []
            listing = "" if made or recent else "actions"
        elif listing == "actions" and (made := listed(passage, number, meeting)):
            pass
        elif (match := _RESOLVED.match(text)) or (listing == "resolved" and LETTERED.match(text)):
            begins = match.end() if match else 0
            made = _resolved(passage, begins, number, meeting, before.text if before else "")
            listing = "resolved"
        else:
            listing = ""
            made = list(_spoken(passage, before, number, meeting))
        found += made
        recent = made if listing != "resolved" else recent + made
    return found


def _from(passage: Passage, start: int) -> Passage:
    """Return what a passage says from an offset on."""
    marks = [(max(at - start, 0), origin) for at, origin in passage.marks]
    later = tuple(m for m in marks if m[0] > 0)
    return Passage(passage.text[start:], ((0, passage.at(start)), *later))


def without_repeats(found: Iterable[Undertaking]) -> list[Undertaking]:
    """Return undertakings without those that an earlier one of the same minute says already; an
    action written out takes the place of what was said before it."""
    kept: list[Undertaking] = []
    said: list[set[str]] = []
    for one in found:
        words = _significant(_told_of(one.text))
        near = range(max(len(kept) - _NEAR, 0), len(kept))
        same = [n for n in near if words and words <= said[n]]
        if not same:
            kept.append(one)
            said.append(_significant(one.quotation))
        elif one.agreed and one.owner and not kept[same[0]].agreed:
            kept[same[0]] = replace(one, quotation=kept[same[0]].quotation)
    return kept


def _told_of(text: str) -> str:
    """Return the clause of a text by which something is undertaken, as far as it can be told."""
    last = text[[0, *(end for end, _rest in sentences(text))][-1] :]
    found = pledges(last)
    return last[max(found[0].verb - len(found[0].subject) - 7, 0) :] if found else text


def _resolved(
    passage: Passage, begins: int, number: str, meeting: Meeting, before: str
) -> list[Undertaking]:
    """Return what the clauses of a resolution undertake."""
    text = passage.text[:LONGEST]
    made = []
    for start, end in clauses(text[begins:]):
        clause = LETTERED.sub("", text[begins + start : begins + end], count=1)
        clause = re.sub(r"^that\s+", "", clause, flags=re.IGNORECASE)
        pledge = agreed_clause(clause)
        if pledge:
            owner = _owner(pledge, clause, f"{before} {text[: begins + start]}", meeting)
            origin = passage.at(begins + start)
            made.append(promise(clause, clause, origin, owner, "", number, meeting, agreed=True))
    return made


def _spoken(
    passage: Passage, before: Passage | None, number: str, meeting: Meeting
) -> Iterator[Undertaking]:
    """Yield what the sentences of a passage undertake."""
    text = passage.text[:LONGEST]
    spans = list(sentences(text))
    owner, said = opening_owner(text, meeting) if len(spans) <= 2 else ("", "")
    if owner and _TASK.match(text) and (_INITIALS.match(text) or DELIVERS.match(said)):
        yield promise(said, text, passage.origin, owner, "", number, meeting, agreed=True)
        return
    for nth, (start, end) in enumerate(spans):
        sentence = text[start:end]
        trailing = _TRAILING.search(sentence)
        if trailing and trailing.start() > 10 and is_party(trailing["who"], meeting):
            said, owner = sentence[: trailing.start()], expanded(trailing["who"], meeting)
            yield promise(
                said, sentence, passage.at(start), owner, "", number, meeting, agreed=True
            )
            continue
        tasked = _INITIALS.match(sentence) or _TASK.match(sentence)
        owner, said = opening_owner(sentence, meeting) if tasked else ("", "")
        if owner and DELIVERS.match(said):
            yield promise(
                said, sentence, passage.at(start), owner, text[:start], number, meeting, agreed=True
            )
            continue
        earlier = f"{before.text[-600:]} {text[:start]}" if before else text[:start]
        if assented := _assented(text, spans, nth):
            said = text[assented.start : assented.end]
            by = _owner(assented, said, text[:start], meeting)
            place = passage.at(start)
            yield promise(said, sentence, place, by, text[:start], number, meeting, agreed=True)
            continue
        if said := _by_its_number(sentence, text[slice(*spans[nth - 1])]):
            place = passage.at(start)
            yield promise(said, sentence, place, "", "", number, meeting, agreed=True)
            continue
        for pledge in pledges(sentence):
            if not _counts(pledge, sentence, meeting, text[:start]):
                continue
            if pledge.how == "asked" and nth + 1 < len(spans):
                continue  # the answer follows
            owner = _owner(pledge, sentence, earlier, meeting)
            clause = sentence[pledge.start : pledge.end]
            backward = nth > 0 and _refers_back(clause)
            quoted = text[spans[nth - 1][0] : end] if backward else sentence
            said = quoted if backward else clause
            origin = passage.at(spans[nth - 1][0] if backward else start)
            agreed = pledge.how == "agreed" or _is_meeting(owner, meeting)
            yield promise(said, quoted, origin, owner, text[:start], number, meeting, agreed=agreed)


def _by_its_number(sentence: str, before: str) -> str:
    """Return what is to be done by the number of an action alone, where no word says so."""
    numbered = _ACTION_NUMBER.search(sentence)
    said = (sentence[: numbered.start()] or before) if numbered else ""
    return "" if pledges(said) else said


def _counts(pledge: Pledge, sentence: str, meeting: Meeting, earlier: str) -> bool:
    """Return whether a pledge has someone to make it or someone it is made to."""
    if pledge.how in ("agreed", "asked", "note"):
        return True
    subject = _last_words(pledge.subject)
    if _OUTSIDERS.search(subject):
        return False
    if pledge.how == "offered" or not pledge.passive:
        pronoun = PRONOUN.fullmatch(subject.split()[-1]) if subject.split() else None
        somebody = bool(pronoun) or is_actor(subject) or is_party(subject, meeting)
        first = subject.split(maxsplit=1)[0] if subject else ""
        known = bool(first_actor(subject)) or bool(PRONOUN.fullmatch(first))
        goes_on = known and subject.endswith((" and", " but"))
        somebody = somebody or goes_on or bool(_SERVES.fullmatch(subject))
        if pledge.how == "offered":
            return somebody or not subject or bool(actor_in(subject))
        told = _REPORTER.search(sentence) or _FOR_SOMEBODY.search(sentence)
        return somebody and bool(told or pronoun is None or _SHE_WOULD.match(sentence))
    frame = _REPORTER.search(sentence)
    reported = frame and _reporter(sentence[: frame.start()], meeting)
    by = done_by(sentence[pledge.verb : pledge.end])
    if _asked_for(pledge, subject, sentence, earlier):
        return True
    return bool(by or reported or _FOR_SOMEBODY.search(sentence) or _CONFIRMED.search(sentence))


def _assented(text: str, spans: Sequence[tuple[int, int]], nth: int) -> Pledge | None:
    """Return what a sentence proposes where the next one is but `AGREED`."""
    proposed = _PROPOSED.search(text, *spans[nth])
    if (
        proposed is None
        or nth + 1 >= len(spans)
        or not _ASSENT.fullmatch(text[slice(*spans[nth + 1])])
    ):
        return None
    start, end = proposed.end(), spans[nth][1]
    found = agreed_clause(text[start:end])
    return replace(found, start=start, end=end) if found else None


def _asked_for(pledge: Pledge, subject: str, sentence: str, earlier: str) -> bool:
    """Return whether a thing is to be brought that is a paper, or was asked for just before."""
    verb = sentence[pledge.verb :].partition(" be ")[2]
    if not LAID.match(verb):
        return False
    if re.fullmatch(r"(?:this|these|that|it|they)", subject, re.IGNORECASE):
        return bool(_REQUEST.search(earlier[-200:]))
    return bool(_IS_PAPER.match(subject))


def _reporter(words: str, meeting: Meeting) -> bool:
    """Return whether someone who can see to it reports: the meeting itself only hears of it."""
    actor = first_actor(words) or named_in(words, meeting)
    return bool(actor) and not re.fullmatch(_HEARS, actor, re.IGNORECASE)


def _last_words(subject: str) -> str:
    return re.sub(r"^(?:that|which|who|and|also|then)\s+", "", subject.strip(), flags=re.IGNORECASE)


def _owner(pledge: Pledge, sentence: str, earlier: str, meeting: Meeting) -> str:
    """Return who is to do it: the subject; whom a pronoun means; of a passive, who said so."""
    subject = _last_words(pledge.subject)
    if pledge.passive:
        if by := done_by(sentence[pledge.verb : pledge.end]):
            return by
        frame = _REPORTER.search(sentence)
        if pledge.how == "agreed" or frame is None:
            return ""
        told = sentence[: frame.start()]
        return first_actor(told) or named_in(told, meeting) or _meant(told, earlier, meeting)
    if subject in meeting.initials:
        return meeting.initials[subject]
    if subject and PRONOUN.fullmatch(subject.split()[-1]):
        said = sentence[: pledge.verb].rstrip()
        pronoun = subject.split()[-1]
        said = said[: len(said) - len(pronoun)]
        one = pronoun.casefold() not in ("they", "we")
        return (
            subject_of(said)
            or _last_named(said, meeting, one)
            or _last_named(earlier, meeting, one)
        )
    if pledge.how == "agreed":
        return " ".join(subject.split())[:120] if is_actor(subject) else first_actor(subject)
    if is_party(subject, meeting) and not is_actor(subject):
        return subject
    return first_actor(subject) or _last_named(sentence[: pledge.verb], meeting)


def _last_named(text: str, meeting: Meeting, one_person: bool = False) -> str:
    """Return whom a text names last: by post, body or title, else by the name of an attendee."""
    return actor_in(text, one_person=one_person) or named_in(text, meeting)


def _meant(told: str, earlier: str, meeting: Meeting) -> str:
    """Return whom `he confirmed` means: the one last named before."""
    words = told.split()
    meant = words and PRONOUN.fullmatch(words[-1]) and words[-1] != "it"
    one = not words or words[-1].casefold() not in ("they", "we")
    return _last_named(earlier, meeting, one) if meant else ""


def _is_meeting(owner: str, meeting: Meeting) -> bool:
    words = re.sub(r"^the\s+", "", owner, flags=re.IGNORECASE).casefold()
    return bool(words) and (
        words in ("panel", "board", "committee", "members") or words == meeting.body.casefold()
    )


def _refers_back(clause: str) -> bool:
    words = len(_significant(clause))
    return words < 6 or (words < 14 and bool(_REFERS_BACK.search(clause)))


def _significant(text: str) -> set[str]:
    words = {w.casefold().strip("’'") for w in _WORDS.findall(text)}
    return words - {
        "the",
        "and",
        "would",
        "will",
        "that",
        "agreed",
        "with",
        "for",
        "was",
        "which",
        "when",
        "also",
        "this",
        "summed",
        "discussion",
        "panel",
        "need",
        "had",
        "well",
        "she",
    }
