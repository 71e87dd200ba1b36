"""References in a plan that lead astray."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.expressions import DIGITS, expression
from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.lines import Line, Lines, all_lines
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.recognition.references import Mention, mentions, normal, significant
from peelian.recognition.status import status_of

DUPLICATE = ("duplicate-reference", gettext_lazy("References used twice"))
MISORDERED = ("misordered-reference", gettext_lazy("Numbers out of order"))
BROKEN = ("broken-reference", gettext_lazy("References that lead nowhere"))
MISDIRECTED = ("misdirected-reference", gettext_lazy("References to the wrong place"))
# Formats whose rows stand in order; in others columns may be read one into the other.
ORDERED = frozenset({"docx", "xlsx", "ods", "csv"})
# "section 3.2 of the Act", "paragraph 4.1 of his report": of something else.
_OF_ANOTHER = expression(
    r"[^.;\n]{0,40}?\b(?:of|in|to)\s+(?:(?:the|this|that|an?|his|her|its|our|their)\b|[A-Z])"
)
# What brackets say of how a line stands is not what it is about.
_SAYS_HOW = frozenset(
    [
        "above",
        "action",
        "activitie",
        "activity",
        "below",
        "commitment",
        "complete",
        "completed",
        "delayed",
        "ongoing",
        "progress",
        "refer",
        "reference",
        "started",
        "update",
        "updated",
    ]
)
# Who and what half of all lines are about, so that they tell none apart.
_OF_MANY_TEXT = """board crime force group officer panel people plan police programme project
scheme service team work"""
_OF_MANY = frozenset(_OF_MANY_TEXT.split())
_LONG_WORD = 5
_STEM = 5  # letters by which words are alike: `train`, `training`
# "A4 (June 2031)", "A4 (as above)": no words for what it is.
_NO_SUBJECT = expression(
    r"\d|^(?:above|also|and|as|below|by|e\.?g|for|i\.?e|in|led|now|on|or|part|see|which|with)\b",
    re.IGNORECASE,
)
_FEWEST_LINES = 4
_FARTHEST = 9  # lines beyond the last that a plan may have had
_LINE = expression(
    r"\b(?:action|activity|commitment|line|objective)\s+(?:no\.?\s+)?$", re.IGNORECASE
)
_SENDS = expression(
    r"\b(?:as|in|refer|refers|see|under)\s[^\n]{0,20}\d",
    re.IGNORECASE,
    needs=DIGITS,
)
_POINTED = expression(r"\b(?:paragraph|para|section)s?\.?\s+$", re.IGNORECASE)
_LAW = expression(r"\b(?:sections?|under)\s*$", re.IGNORECASE)


def place_of(line: Line, text: str = "", at: int = 0) -> Place:
    """Return the place of a line, or of a text that it says at an offset."""
    return Place(line.at(text, at), shortened(text or f"{line.printed} {line.text}", at))


def head_and_count(number: str) -> tuple[str, int]:
    """Return what a number shares with its series, and which of that it is."""
    head = number.rstrip("0123456789")
    return head, int(number[len(head) :] or 0)


@check(*BROKEN)
def broken_references(proof: Proof) -> Iterator[Finding]:
    """Find references that name no line of a plan, and no numbered part, in these documents."""
    every = all_lines(proof)
    known = {number for lines in every for number in lines.by_number}
    known |= {normal(one.number) for d in proof.documents for one in proof.numbered(d)}
    for lines in every:
        heads = {_head(number, lines) for number in lines.by_number}
        for line in lines.lines:
            for text, mention in line.mentions:
                missing = [n for n in mention.names() if n not in known]
                if mention.printed.isdecimal() and not _is_beyond(lines, text, mention):
                    continue  # `paragraph 9` is for who knows how far paragraphs go
                if not missing or not mention.announced or _is_of_another(text, mention):
                    continue
                if not lines.is_plan and _is_pointed(text, mention):
                    continue  # told with what points to paragraphs and the like
                if _head(missing[0], lines) in heads:
                    yield _broken(line, text, mention, missing, Confidence.LIKELY)
                elif (
                    lines.is_plan and missing[0][:1].isdecimal()
                ):  # a letter may be a road, or a form
                    yield _broken(line, text, mention, missing, Confidence.POSSIBLE)
    yield from _broken_beside(proof, [lines for lines in every if lines.is_plan], known)


def _broken_beside(proof: Proof, plans: list[Lines], known: set[str]) -> Iterator[Finding]:
    """Yield references to a line of a plan in words that no line of it has, where it is not."""
    ends: dict[str, int] = {}
    for head, count in map(head_and_count, (n for x in plans for n in x.by_number)):
        ends[head] = max(ends.get(head, 0), count)
    heard = {name for x in plans for n in x.lines for _t, m in n.mentions for name in m.names()}
    files = {lines.origin.file for lines in plans}
    for document in proof.documents:
        for passage in document.passages() if document.file in files else ():
            for mention in mentions(passage.text) if _SENDS.search(passage.text) else ():
                name = normal(mention.printed)
                head, count = head_and_count(name)
                if name in known or name in heard or not mention.announced or mention.through:
                    continue
                is_one = bool(head) and 1 < ends.get(head, 0) < count <= ends[head] + _FARTHEST
                if is_one and not _is_of_another(passage.text, mention):
                    origin = passage.at(mention.start)
                    line = Line("", "", passage.text, (), origin, "")
                    yield _broken(line, passage.text, mention, [name], Confidence.LIKELY)


def _head(number: str, lines: Lines) -> str:
    """Return what numbers near one another share: in a plan the first, else all but the last."""
    if lines.is_plan:
        return number[:1]
    return number.rpartition(".")[0] or number.rstrip("0123456789")


def _is_beyond(lines: Lines, text: str, mention: Mention) -> bool:
    """Return whether words call a whole number a line of a plan, whose lines end before it."""
    counts = [int(number) for number in lines.by_number if number.isdecimal()]
    before = text[max(mention.start - 20, 0) : mention.start]
    is_whole = lines.is_plan and len(counts) >= _FEWEST_LINES and bool(_LINE.search(before))
    return is_whole and int(mention.printed) > max(counts)


def _is_pointed(text: str, mention: Mention) -> bool:
    """Return whether a reference is a word with its number: `paragraph 3.4`, `Action 7`."""
    near = text[max(mention.start - 20, 0) : mention.start]
    return " " in mention.printed or bool(_POINTED.search(near))


def _is_of_another(text: str, mention: Mention) -> bool:
    """Return whether words after a reference, or before it, say that another document is meant."""
    before = text[max(mention.start - 20, 0) : mention.start]
    law = _LAW.search(before)
    in_law = law and ("." not in mention.printed or "ection" in law[0])
    return bool(_OF_ANOTHER.match(text, mention.end) or in_law)


def _broken(
    line: Line, text: str, mention: Mention, missing: list[str], sure: Confidence
) -> Finding:
    says = {"names": ", ".join(missing)}
    return Finding(
        place_of(line, text, mention.start),
        _("“%(names)s” names no line or paragraph here.") % says,
        _("Correct the reference: a reader who looks it up finds nothing."),
        sure,
    )


@check(*MISDIRECTED)
def misdirected_references(proof: Proof) -> Iterator[Finding]:
    """Find references whose words in brackets fit another commitment than the one they name."""
    for lines in all_lines(proof):
        subjects = _subjects(lines)
        for line in lines.lines:
            for text, mention in line.mentions:
                wanted = significant(mention.label)
                targets = lines.by_number.get(mention.names()[0], [])
                if not wanted or not targets:
                    continue
                if any(wanted <= subjects[target.number][1] for target in targets):
                    continue
                meant = _meant(lines, subjects, wanted, line) if len(wanted) > 1 else []
                told = set().union(*(subjects[target.number][1] for target in targets))
                if not meant and not wanted & told:
                    meant = _titled(lines, wanted, line)
                if meant:
                    yield _misdirected(line, text, mention, targets, meant)
                elif _names_another(mention, wanted, [subjects[t.number][1] for t in targets]):
                    yield _called_otherwise(line, text, mention, targets)


def fits(wanted: set[str], words: set[str]) -> bool:
    """Return whether most of the wanted words are there; one alone must be long, and no status."""
    shared = wanted & words
    if len(wanted) == 1:
        return any(len(word) >= _LONG_WORD and word not in _SAYS_HOW for word in shared)
    return len(shared) > 1 and len(shared) * 3 >= len(wanted) * 2


def _titled(lines: Lines, wanted: set[str], speaker: Line) -> list[Line]:
    """Return the one other line whose own words are most of those wanted, if only one's are."""
    others = [
        line
        for line in lines.lines
        if line.number not in ("", speaker.number) and fits(wanted, significant(line.text))
    ]
    return others if len({line.number for line in others}) == 1 else []


def _subjects(lines: Lines) -> dict[str, tuple[set[str], set[str]]]:
    """Return for each number the words of its own text, and those with all that is under it."""
    made: dict[str, tuple[set[str], set[str]]] = {}
    for number, same in lines.by_number.items():
        own = significant(" ".join(line.text for line in same))
        under = [*same, *lines.under(number)]
        made[number] = own, own | significant(" ".join(t for x in under for t in (x.text, *x.said)))
    return made


def _meant(
    lines: Lines,
    subjects: dict[str, tuple[set[str], set[str]]],
    wanted: set[str],
    speaker: Line,
) -> list[Line]:
    """Return the other commitments with the words, by their own text if any has them."""
    others = [
        line
        for line in lines.lines
        if line.kind != "activity" and line.number not in ("", speaker.number, speaker.parent)
    ]
    for depth in (0, 1):
        meant = [line for line in others if wanted <= subjects[line.number][depth]]
        if meant:
            return meant if len(meant) <= 3 else []
    return []


def _names_another(mention: Mention, wanted: set[str], subjects: Sequence[set[str]]) -> bool:
    """Return whether brackets after a reference name a subject that its target never speaks of."""
    if not mention.announced or _NO_SUBJECT.search(mention.label) or status_of(mention.label):
        return False
    stems = {word[:_STEM] for word in wanted - _OF_MANY}
    return bool(stems) and all(not stems & {word[:_STEM] for word in words} for words in subjects)


def _called_otherwise(line: Line, text: str, mention: Mention, targets: list[Line]) -> Finding:
    target = shortened(targets[0].text)[:80]
    says = {"printed": mention.printed, "label": mention.label, "target": target}
    return Finding(
        place_of(line, text, mention.start),
        _("“%(printed)s” is called “%(label)s”, but it is “%(target)s”.") % says,
        _("See which is meant, and correct the reference or the words after it."),
        Confidence.POSSIBLE,
        (place_of(targets[0]),),
    )


def _misdirected(
    line: Line, text: str, mention: Mention, targets: list[Line], meant: list[Line]
) -> Finding:
    says = {
        "printed": mention.printed,
        "label": mention.label,
        "target": shortened(targets[0].text)[:80],
        "meant": _(" or ").join(other.printed for other in meant),
    }
    return Finding(
        place_of(line, text, mention.start),
        _("“%(printed)s” is called “%(label)s”, but it is “%(target)s”.") % says,
        _("%(meant)s has these words: if that is meant, correct the reference.") % says,
        Confidence.LIKELY,
        (place_of(targets[0]), *(place_of(other) for other in meant)),
    )
