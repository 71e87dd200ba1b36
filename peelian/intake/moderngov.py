"""Responses of Modern.Gov's web service, as they were saved: XML in, what they say out. No Django.

The service (`mgWebService.asmx`) answers GetCommittees, GetCouncillorsByWard, GetMeetings and
GetMeeting with plain XML in small letters; days are written 31/12/2026, and texts are HTML that was
escaped, sometimes twice. What an element holds that this does not know is left alone: versions of
the service differ.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree, html

from peelian.intake.packages import regular, safe_parser
from peelian.intake.tables import Problem, Rejected, quoted

Element = Any  # lxml publishes no types

EXPECTED = "a saved response of Modern.Gov’s web service (XML)"
MOST = 20 * 1024 * 1024
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})[.:](\d{2})(?::\d{2})?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote", "ol", "ul")


@dataclass(frozen=True)
class Committee:
    """A committee; `is_gone` where the site says that it has ended."""

    id: str
    title: str
    is_gone: bool


@dataclass(frozen=True)
class Councillor:
    """A member, by the name and party that the site gives."""

    id: str
    name: str
    party: str


@dataclass(frozen=True)
class Document:
    """A document that a meeting or an item leads to."""

    id: str
    title: str
    address: str
    is_restricted: bool


@dataclass(frozen=True)
class Item:
    """An item of an agenda. `number` is None for a heading; `printed` is as the agenda shows it."""

    id: str
    number: int | None
    printed: str
    title: str
    text: str
    minutes: str
    is_restricted: bool
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Attendee:
    """Who was expected, and what became of it: `Present`, `Apologies`, `Absent`."""

    id: str
    name: str
    role: str
    attendance: str


@dataclass(frozen=True)
class Meeting:
    """A meeting. Only the response to GetMeeting has items, attendees and documents."""

    file: str
    id: str
    committee_id: str
    committee: str
    held_on: dt.date
    starts_at: dt.time | None
    place: str
    status: str
    is_whole: bool
    items: tuple[Item, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True)
class Response:
    """What one file holds: of the four kinds of answer, one is filled."""

    file: str
    committees: tuple[Committee, ...] = ()
    councillors: tuple[Councillor, ...] = ()
    meetings: tuple[Meeting, ...] = ()


def read_response(path: Path) -> Response:
    """Return what a saved response says. Raises Rejected with the file, line and element."""
    root = _parsed(path)
    name = path.name
    match root.tag:
        case "committees":
            found = tuple(_committee(name, one) for one in root.iter("committee"))
            return Response(name, committees=found)
        case "councillorsbyward":
            some = tuple(_councillor(name, one) for one in root.iter("councillor"))
            return Response(name, councillors=some)
        case "getmeetings" | "getmeetingsbydate":
            return Response(name, meetings=tuple(_listed(name, root)))
        case "meeting" | "getmeeting":
            whole = root if root.tag == "meeting" else root.find("meeting")
            return Response(name, meetings=(_meeting(name, root if whole is None else whole),))
    expected = "committees, councillorsbyward, getmeetings or meeting"
    raise Rejected([Problem(name, f"the element {quoted(str(root.tag))}", expected, 1)])


def _parsed(path: Path) -> Element:
    """Return the root of a response, its names in small letters. Nothing is resolved or fetched."""
    regular(path, EXPECTED, MOST)
    content = path.read_bytes()
    if _DOCTYPE.search(content.replace(b"\0", b"")):
        raise Rejected([Problem(path.name, "a document type", f"{EXPECTED} without one", 1)])
    try:
        root = etree.fromstring(content, safe_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        said = str(error).partition(" (")[0].rstrip(".")
        raise Rejected([Problem(path.name, f"what is no XML: {said}", EXPECTED, line)]) from error
    for element in root.iter("*"):
        element.tag = etree.QName(element).localname.lower()
    return root


# ---- what each element says ----


def _committee(file: str, one: Element) -> Committee:
    gone = any(_is_true(_said(one, name)) for name in ("committeedeleted", "committeeexpired"))
    return Committee(_id(file, one, "committeeid"), _needed(file, one, "committeetitle"), gone)


def _councillor(file: str, one: Element) -> Councillor:
    name = _needed(file, one, "fullusername")
    return Councillor(_id(file, one, "councillorid"), name, _said(one, "politicalpartytitle"))


def _listed(file: str, root: Element) -> Iterator[Meeting]:
    """Yield the meetings of a list, which names its committee once, above or in each."""
    above = root.find("committee") if root.find("committeeid") is None else root
    for one in root.iter("meeting"):
        yield _meeting(file, one, above)


def _meeting(file: str, one: Element, above: Element | None = None) -> Meeting:
    committee = _said(one, "committeeid") or ("" if above is None else _said(above, "committeeid"))
    title = _said(one, "committeetitle")
    if not title and above is not None:
        title = _said(above, "committeetitle")
    items = one.find("agendaitems")
    attendees = one.find("attendees")
    return Meeting(
        file,
        _id(file, one, "meetingid"),
        committee,
        title,
        _day(file, one, "meetingdate"),
        _time(_said(one, "meetingtime")),
        _said(one, "meetinglocation"),
        _said(one, "meetingstatus"),
        is_whole=items is not None,
        items=() if items is None else tuple(_item(file, i) for i in items.iter("agendaitem")),
        attendees=tuple(_attendees(attendees)) if attendees is not None else (),
        documents=_documents(file, one),
    )


def _item(file: str, one: Element) -> Item:
    number = _said(one, "agendaitemnumber")
    return Item(
        _id(file, one, "agendaitemid"),
        int(number) if number.isdecimal() and int(number) else None,
        _said(one, "fulldisplaynumberformat") or number,
        _needed(file, one, "agendaitemtitle"),
        prose_of(_said(one, "agendatext", whole=True)),
        prose_of(_said(one, "minutesnonemptyhtmlbody", whole=True)),
        _is_true(_said(one, "isrestricted")),
        _documents(file, one),
    )


def _attendees(above: Element) -> Iterator[Attendee]:
    """Yield who was there: the service writes what it knows of them as attributes."""
    for one in above.iter("attendee"):
        said = {name.lower(): _plain(value) for name, value in one.attrib.items()}
        if said.get("name"):
            yield Attendee(
                said.get("memberid", ""),
                said["name"],
                said.get("roledescription", ""),
                said.get("attendance", ""),
            )


def _documents(file: str, one: Element) -> tuple[Document, ...]:
    """Return the documents that an element itself leads to, each address once."""
    found: dict[str, Document] = {}
    for group in one.findall("linkeddocuments") + one.findall("linkeddocs"):
        for linked in group.iter("linkeddoc"):
            address = _said(linked, "url")
            if address:
                title = _said(linked, "title") or address.rsplit("/", 1)[-1]
                restricted = _is_true(_said(linked, "isrestricted"))
                made = Document(_said(linked, "attachmentid"), title, address, restricted)
                found.setdefault(address, made)
    return tuple(found.values())


# ---- values ----


def _said(one: Element, name: str, *, whole: bool = False) -> str:
    """Return what a child says, on one line unless it is wanted whole; empty where it is not."""
    child = one.find(name)
    text = "" if child is None else "".join(child.itertext())
    return text.strip() if whole else _plain(text)


def _plain(text: str) -> str:
    """Return a text on one line with its characters as they are read, however often escaped."""
    for _again in range(3):
        if not _ENTITY.search(text):
            break
        text = unescape(text)
    return " ".join(text.split())


def _needed(file: str, one: Element, name: str) -> str:
    """Return what a child says. Raises Rejected where it says nothing."""
    said = _said(one, name)
    if not said:
        raise Rejected([_problem(file, one, name, "nothing", "a text")])
    return said


def _id(file: str, one: Element, name: str) -> str:
    """Return a number by which the site knows something. Raises Rejected for anything else."""
    said = _said(one, name)
    if not (said.isascii() and said.isdecimal() and len(said) <= 12):
        raise Rejected([_problem(file, one, name, quoted(said) if said else "nothing", "a number")])
    return said


def _day(file: str, one: Element, name: str) -> dt.date:
    """Return a day written 31/12/2026. Raises Rejected for anything else."""
    said = _said(one, name)
    try:
        return dt.datetime.strptime(said, "%d/%m/%Y").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError as error:
        found = quoted(said) if said else "nothing"
        raise Rejected([_problem(file, one, name, found, "a day, as 31/12/2026")]) from error


def _time(said: str) -> dt.time | None:
    """Return a time written 10.30 am, 2:15 PM or 18:30; None for what is none."""
    match = _TIME.fullmatch(said)
    if not match:
        return None
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _is_true(said: str) -> bool:
    return said.lower() in ("true", "1", "yes")


def _problem(file: str, one: Element, name: str, found: str, expected: str) -> Problem:
    child = one.find(name)
    line = (one if child is None else child).sourceline
    return Problem(file, found, expected, line, name)


# ---- HTML as plain paragraphs ----


def prose_of(text: str) -> str:
    """Return HTML as plain text: paragraphs parted by a blank line, list items as “- ” lines."""
    for _again in range(2):  # escaped once more than it needs to be
        if "<" in text or "&lt;" not in text:
            break
        text = unescape(text)
    if not text.strip():
        return ""
    try:
        root = html.fromstring(f"<div>{text}</div>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return _plain(text)
    lines: list[str] = [""]
    _gather(root, lines)
    return _joined(lines)


def _gather(element: Element, lines: list[str]) -> None:
    """Add the words of an element to the last line; a block begins lines of its own."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style"):
        return
    is_block = element.tag in _BLOCKS
    if element.tag == "li":
        lines.append("- ")
    elif element.tag == "br":
        lines.append("")
    elif element.tag in ("td", "th") and lines[-1].strip():
        lines[-1] += " · "
    elif is_block and lines[-1] != "- ":
        lines += ["", ""]
    lines[-1] += element.text or ""
    for child in element:
        _gather(child, lines)
        lines[-1] += child.tail or ""
    if is_block:
        lines += ["", ""]


def _joined(lines: list[str]) -> str:
    """Return lines without double spaces, and never more than one blank line together."""
    plain = [" ".join(unescape(line).split()) for line in lines]
    kept: list[str] = []
    for line in plain:
        if line == "-" or (not line and (not kept or not kept[-1])):
            continue
        kept.append(line)
    return "\n".join(kept).strip()
