"""References that lead to further references: in chains, and in circles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peelian.proofreading.findings import Confidence, Finding, Place, check
from peelian.proofreading.lines import SENDS, Line, Lines, all_lines
from peelian.proofreading.proof import Proof
from peelian.proofreading.quoting import shortened
from peelian.recognition.references import circles

_LITTLE = 14  # words


def _place(line: Line) -> Place:
    origin = line.at(line.said[0]) if line.said else line.origin
    return Place(origin, shortened(f"{line.printed}: {' '.join(line.said) or line.text}"))


@check("chained-reference", gettext_lazy("References to a line that refers onward"))
def chained_references(proof: Proof) -> Iterator[Finding]:
    """Find lines that only refer to a line which itself only refers elsewhere."""
    for lines in all_lines(proof):
        leads = _leads(lines)
        for line in lines.lines:
            sent = leads[line.number] if line.only_refers else _sent(line)
            for name in sorted(sent - {line.number}) if line.number else ():
                for target in lines.by_number.get(name, []):
                    onward = leads[name] - {line.number, name}
                    if target.only_refers and onward and line.number not in leads[name]:
                        yield _chained(line, target, sorted(onward))


def _sent(line: Line) -> set[str]:
    """Return where words of a line that says more send the reader."""
    return {
        name
        for text, mention in line.mentions
        if mention.announced and SENDS.search(text, max(mention.start - 60, 0), mention.start)
        for name in mention.names()
    }


def _chained(line: Line, target: Line, onward: list[str]) -> Finding:
    says = {"one": line.printed, "other": target.printed, "onward": ", ".join(onward)}
    return Finding(
        _place(line),
        _("%(one)s refers to %(other)s, which only refers onward to %(onward)s.") % says,
        _("Refer to where the words stand, or say them here."),
        _sure(line, target),
        (_place(target),),
    )


def _sure(*lines: Line) -> Confidence:
    """Return how sure it is that lines only refer: what stands under a number has no columns."""
    told = all(line.only_refers and line.kind != "part" for line in lines)
    return Confidence.CERTAIN if told else Confidence.LIKELY


@check("circular-reference", gettext_lazy("References that go round in a circle"))
def circular_references(proof: Proof) -> Iterator[Finding]:
    """Find lines that refer to one another; certain where none of them says anything itself."""
    for lines in all_lines(proof):
        for circle in circles(_leads(lines)):
            members = [lines.by_number[number][0] for number in circle]
            if len(members) == 1 and not lines.is_plan and not _sends_to_itself(members[0]):
                continue
            if not (lines.is_plan or len(members) == 1 or any(map(_says_little, members))):
                continue  # each says what is its own, and where more is
            silent = all(line.only_refers for line in members)
            numbers = [line.printed for line in members]
            yield Finding(
                _place(members[0]),
                " → ".join([*numbers, numbers[0]]),
                _("Say in one of them what has been done, and let the others refer to it."),
                _sure(*members) if silent else Confidence.POSSIBLE,
                tuple(_place(line) for line in members[1:]),
            )


def _says_little(line: Line) -> bool:
    """Return whether a numbered part is hardly more than a reference, with no figure of its own."""
    words = " ".join((line.text, *line.said)).split()
    said = [text for text in (line.text, *line.said) if not text.isdecimal()]  # a heading's number
    figures = sum(len(re.findall(r"\d+(?:\.\d+)*", text)) for text in said)
    is_short = len(words) <= _LITTLE and figures <= len(line.mentions)
    return line.only_refers or is_short


def _sends_to_itself(line: Line) -> bool:
    """Return whether words send the reader to its own number: it may stand in a page's foot."""
    return any(
        line.number in mention.names()
        and SENDS.search(text, max(mention.start - 100, 0), mention.start)
        for text, mention in line.mentions
    )


def _leads(lines: Lines) -> dict[str, set[str]]:
    """Return which lines each one refers to; a line without a number speaks for its commitment."""
    leads: dict[str, set[str]] = defaultdict(set)
    for line in lines.lines:
        speaker = line.number or line.parent
        known = {name for name in line.leads if name in lines.by_number}
        leads[speaker] |= known if line.number else known - {speaker}
    return leads
