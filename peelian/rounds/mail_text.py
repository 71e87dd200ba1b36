"""The words of a mail: headers and text, whatever state they are in. Nothing here raises.

What is quoted is marked by `>` in front of each line, in mails written as HTML too.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.utils import getaddresses, parseaddr
from html.parser import HTMLParser

from peelian.expressions import expression

MOST_BYTES = 10_000_000  # of a mail
_MOST_TEXT = 200_000
_ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_BULK = ("bulk", "junk", "list", "auto_reply")
_MAILERS = expression(r"(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", re.IGNORECASE)
_BLOCKS = frozenset(
    ("p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "hr", "blockquote")
)
_UNSEEN = frozenset(("script", "style", "head", "title", "template"))
_SPACE = expression(r"[ \t\xa0\u200b]+")


@dataclass(frozen=True)
class Mail:
    """A mail as far as an answer needs it. `number` tells it from any other."""

    number: str
    sender: str
    addressed: tuple[str, ...]
    subject: str
    text: str
    is_automatic: bool


def read_mail(raw: bytes) -> Mail:
    """Return a mail; what is broken in it is left empty. Never raises."""
    raw = raw[:MOST_BYTES]
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
    except Exception:  # the parser of headers has faults of its own
        message = email.message_from_bytes(b"", policy=email.policy.default)
    addresses = [one for name in _ADDRESSED for one in _headers(message, name)]
    number = _header(message, "Message-ID") or hashlib.sha256(raw).hexdigest()
    return Mail(
        number[:250],
        parseaddr(_header(message, "From"))[1].strip().lower(),
        tuple(address.lower() for _name, address in getaddresses(addresses) if address),
        _header(message, "Subject")[:1_000],
        _text(message)[:_MOST_TEXT],
        _is_automatic(message),
    )


def _headers(message: Message, name: str) -> list[str]:
    try:
        return [" ".join(str(one).split()) for one in message.get_all(name, [])]
    except Exception:  # a header that does not parse says nothing
        return []


def _header(message: Message, name: str) -> str:
    return next(iter(_headers(message, name)), "")


def _is_automatic(message: Message) -> bool:
    """Return whether no person wrote it: an out-of-office reply, a bounce, a list (RFC 3834)."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().casefold()
    sender = _header(message, "From")
    return bool(
        submitted not in ("", "no")
        or _header(message, "Precedence").casefold() in _BULK
        or _header(message, "X-Autoreply")
        or _header(message, "X-Autorespond")
        or _header(message, "List-Id")
        or _header(message, "Return-Path") == "<>"
        or message.get_content_type() == "multipart/report"
        or _MAILERS.search(sender)
    )


def _text(message: Message) -> str:
    """Return the plain text of a mail, else its HTML as text."""
    bodies: dict[str, str] = {}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind in ("text/plain", "text/html") and kind not in bodies:
            words = _content(part)
            if words.strip():
                bodies[kind] = words
    plain = bodies.get("text/plain", "")
    words = plain if plain else _of_html(bodies.get("text/html", ""))
    return words.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts that are the mail itself, and not files sent along."""
    try:
        for part in message.walk():
            if not part.is_multipart() and part.get_content_disposition() != "attachment":
                yield part
    except Exception:  # what cannot be walked has no more parts
        return


def _content(part: Message) -> str:
    try:
        return str(part.get_content()) if isinstance(part, EmailMessage) else ""
    except Exception:  # an unknown encoding, or none at all
        try:
            content = part.get_payload(decode=True)
        except Exception:
            return ""
        return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


class _Reader(HTMLParser):
    """Gathers the text of HTML by lines; a quotation's lines begin with `>`."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[int, str]] = [(0, "")]
        self._depth = self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._depth += tag == "blockquote"
        if tag in _BLOCKS:
            self.lines.append((self._depth, ""))

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(self._unseen - (tag in _UNSEEN), 0)
        self._depth = max(self._depth - (tag == "blockquote"), 0)
        if tag in _BLOCKS:
            self.lines.append((self._depth, ""))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            depth, text = self.lines[-1]
            self.lines[-1] = (depth, text + data.replace("\n", " "))


def _of_html(html: str) -> str:
    reader = _Reader()
    try:
        reader.feed(html[: 5 * _MOST_TEXT])
        reader.close()
    except Exception:  # what was read before the fault stays
        reader.lines.append((0, ""))
    lines = ((depth, _SPACE.sub(" ", text).strip()) for depth, text in reader.lines)
    return "\n".join(">" * depth + (" " if depth else "") + text for depth, text in lines)
