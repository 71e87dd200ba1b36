"""Words that send the reader to a part of a document by its number: `see paragraph 4`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from peelian.expressions import expression

_PART = r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[A-Z](?:\.?\d{1,2}(?:\.\d{1,2})?)?)"
_POINTER = expression(
    r"\b(?:(?P<what>appendix|appx|annexe?|table|figure|chart|paragraph|para\.?|page)|"
    r"(?P<many>appendices|annexe?s|tables|figures|charts|paragraphs|paras\.?)|"
    r"(?P<section>sections?)(?=\s+\d{1,2}\.\d))\s+"
    rf"(?P<number>{_PART})(?![\w.]*\w)"
    rf"(?:(?:,\s*|\s+and\s+|\s+to\s+|\s*&\s*)(?P<next>{_PART})(?![\w.]*\w))?",
    re.IGNORECASE,
    needs="append|appx|annex|table|figure|chart|para|page|section",
)
# `is discussed at 3.4`: the number alone, where words send the reader to it.
_AT_NUMBER = expression(
    r"\b(?:described|detailed|discussed|explained|listed|mentioned|noted|outlined|reported|set\s+out|shown|"
    r"summarised|told)\s+(?:further\s+|above\s+|below\s+)?(?P<lead>(?:at|in|under)\s+(?P<number>\d{1,2}\.\d{1,2}))"
    r"(?![\d%]|\.\d|\s*(?:%|per\s|m\b|million|hours|minutes|days|weeks|points))",
    re.IGNORECASE,
)
_ONE_OF = {"appendices": "appendix", "annexes": "appendix", "annexs": "appendix"}
_TO_PART = expression(
    r"\b(?P<what>action|activity|aim|chapter|commitment|decision|goal|item|line|objective|option|"
    r"outcome|paragraph|para\.?|pledge|point|principle|priority|question|rec(?:ommendation)?|risk|row|"
    r"section|strand|theme)s?\s+(?:no\.?\s+|number\s+)?"
    r"(?P<numbers>\d{1,3}(?:\.\d{1,2}){0,2}(?:(?:\s*,\s*|\s+and\s+|\s*&\s*)\d{1,3}(?:\.\d{1,2}){0,2}){0,8})"
    r"(?![\w%]|\.\d)",
    re.IGNORECASE,
    needs="action|activity|aim|chapter|commitment|decision|goal|item|line|objective|option|"
    "outcome|para|pledge|point|principle|priority|question|rec|risk|row|"
    "section|strand|theme",
)
_WORD_AND_NUMBER = expression(r"[A-Za-z.]\s+\d")  # what there is before it pays to look closely
_OF_SO_MANY = expression(r"\b(?:of|the)\s+(?:the\s+)?(?:\d{1,4}|[a-z]{2,12})\s+$", re.IGNORECASE)
_IN_BRACKETS = expression(r"\s*\(([^()]{3,60})\)")
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_WORDS = expression(
    r"\b(?P<what>aim|chapter|commitment|goal|objective|option|outcome|pledge|principle|priority|strand|"
    rf"theme)\s+(?P<number>{'|'.join(NUMBER_WORDS)})\b",
    re.IGNORECASE,
    needs="aim|chapter|commitment|goal|objective|option|outcome|pledge|principle|priority|"
    "strand|theme",
)
# "Section 9" may be of a law: words before or after it must send the reader there.
_TO_SECTION = expression(
    r"(?:\b(?:(?P<sends>see(?:\s+also)?|refer(?:red)?\s+to(?:\s+in)?|at|(?:set\s+out|given|detailed|"
    r"described|shown|covered|discussed|explained|listed|reported|summarised|outlined|provided|found|"
    r"dealt\s+with|contained|told|addressed|considered)\s+(?:further\s+)?(?:in|under))|(?P<within>in))\s+)?"
    r"\bsections?\s+(?P<number>\d{1,2})(?![\w(]|\.\d)(?P<ends>(?=\s*[.,;)]|\s*$))?"
    r"(?P<after>\s+(?:above|below|sets?\s+out|shows?|describes?|explains?|lists?|of\s+this\s+"
    r"(?:report|paper|document|plan)|summarises?|covers?|considers?))?",
    re.IGNORECASE,
)
DIVISIONS = ("Box", "Map", "Module", "Part", "Phase", "Schedule", "Section", "Stage", "Step")
_DIVISION = expression(
    rf"\b(?P<what>{'|'.join(DIVISIONS)})\s+(?P<number>\d{{1,2}}|[A-Z])(?![\w(]|\.\d|[’'-]\w)",
    needs="box|map|module|part|phase|schedule|section|stage|step",
)
_LAW = expression(
    r"\b(?:act|acts|bill|code|codes|constitution|guidance|legislation|order|pace|powers?|protocol|"
    r"regulations?|statut\w+|warrant)\b|\bs\.\s?\d",
    re.IGNORECASE,
)
# What a pointer names may have several names.
KINDS = {
    "appx": "appendix",
    "annex": "appendix",
    "annexe": "appendix",
    "para": "paragraph",
    "para.": "paragraph",
}
# "on page 4", "page 4 shows"; "Page 4" alone, or in the corner of a head, says where one is.
_TO_PAGE = expression(
    r"(?:\b(?:and|at|from|in|of|on|see|the|to)|[(,])\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Pointer:
    """Words that send the reader to a part of a document: `what` it is, and its number.

    `label` is what brackets say it is.
    """

    start: int
    end: int
    printed: str
    what: str
    number: str
    label: str = ""


def part_pointers(text: str) -> list[Pointer]:
    """Return the pointers to numbered parts in a text: `see action 7`, `paragraphs 3 and 4.2`."""
    found = []
    for match in _TO_PART.finditer(text) if _WORD_AND_NUMBER.search(text) else ():
        what = match["what"].casefold().rstrip("s").rstrip(".")
        label = _IN_BRACKETS.match(text, match.end())
        numbers = list(re.finditer(r"\d{1,3}(?:\.\d{1,2}){0,2}", match["numbers"]))
        if (
            len(numbers) == 1
            and text[match.end("what")] in "sS"
            and _OF_SO_MANY.search(text, max(match.start() - 24, 0), match.start())
        ):
            continue  # "Of 31 recommendations 28 were agreed"
        for number in numbers:
            start = match.start("numbers") + number.start()
            end = start + len(number[0])
            said = label[1] if label else ""
            found.append(Pointer(start, end, number[0], KINDS.get(what, what), number[0], said))
    return found


def worded_pointers(text: str) -> list[Pointer]:
    """Return the pointers whose number is a word: `priority three`."""
    found = []
    for match in _IN_WORDS.finditer(text):
        number = str(NUMBER_WORDS.index(match["number"].casefold()) + 1)
        what = match["what"].casefold()
        found.append(Pointer(match.start("number"), match.end(), match[0], what, number))
    return found


def pointers(text: str) -> list[Pointer]:
    """Return the pointers to paragraphs, appendices, tables, figures and pages in a text."""
    found = []
    for match in _AT_NUMBER.finditer(text):
        start, end = match.span("number")
        printed = text[match.start("lead") : end]
        found.append(Pointer(start, end, printed, "paragraph", match["number"]))
    for match in _POINTER.finditer(text):
        many = (match["many"] or "").casefold()
        what = (match["what"] or _ONE_OF.get(many) or many.rstrip("s.")).casefold()
        what = "paragraph" if match["section"] else KINDS.get(what, what)
        for group in ("number", "next") if many or match["section"] else ("number",):
            number = match[group]
            if not number or number[0].islower():
                continue
            if what == "page" and _is_label(text, match):
                continue
            start = match.start() if group == "number" else match.start(group)
            printed = text[match.start() : match.end("number")] if group == "number" else number
            found.append(Pointer(start, match.end(group), printed, what, number.upper()))
    return found


def division_pointers(text: str) -> list[Pointer]:
    """Return the pointers to parts and the like in a text that have capitals: `Part 3`."""
    if not _DIVISION.search(text):
        return []
    return [
        Pointer(m.start(), m.end(), m[0], m["what"], m["number"])
        for m in _DIVISION.finditer(text)
        if (m["what"] != "Section" or m["number"].isalpha())
        and not _LAW.search(text[max(m.start() - 60, 0) : m.end() + 60])
    ]


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Return whether words only say which page this is: `Agenda Item 4      Page 3`."""
    goes_on = re.match(r"\s+[a-z]{3}", text[match.end() : match.end() + 5])
    is_sent = _TO_PAGE.search(text, max(match.start() - 12, 0), match.start())
    return text[match.start()] == "P" and not goes_on and not is_sent


def section_pointers(text: str) -> list[Pointer]:
    """Return the pointers to whole sections of the same document in a text: `see section 6`."""
    if "ection" not in text.casefold():
        return []
    found = []
    for match in _TO_SECTION.finditer(text):
        around = text[max(match.start() - 60, 0) : match.end() + 60]
        ends = match["within"] and match["ends"] is not None
        if (match["sends"] or match["after"] or ends) and not _LAW.search(around):
            start, end = match.start("number"), match.end("number")
            printed = f"section {match['number']}"
            found.append(Pointer(start, end, printed, "section", match["number"]))
    return found
