"""Where replies come from: a mail as a file, an mbox, a Maildir, a folder of mails, or IMAP."""

from __future__ import annotations

import imaplib
import mailbox
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from peelian.intake.tables import Problem, Rejected, quoted
from peelian.rounds.mail_text import MOST_BYTES

MOST_MAILS = 2_000  # of one run
_TIMEOUT = 30  # seconds
_ENDINGS = (".eml", ".mbox", ".mbx")


def _nothing() -> None:
    """Leave a mail as it is."""


@dataclass(frozen=True)
class Found:
    """A mail as it lies there; `done` marks it as read, where its place has a mark for that."""

    raw: bytes
    done: Callable[[], None] = _nothing


class Unreachable(Exception):
    """The mailbox cannot be used, said in a sentence."""


def mails_in(path: Path) -> Iterator[Found]:
    """Yield the mails of a file or folder, unchanged. Raises Rejected for what is neither."""
    if path.is_dir():
        is_maildir = (path / "cur").is_dir() and (path / "new").is_dir()
        yield from _of_maildir(path) if is_maildir else _of_folder(path)
    elif not path.is_file():
        raise Rejected([Problem(path.name, "no file to read", _expected())])
    elif path.suffix.lower() not in _ENDINGS:
        raise Rejected([Problem(path.name, quoted(path.suffix), _expected())])
    elif path.suffix.lower() == ".eml":
        yield Found(_read(path))
    else:
        yield from _of_mbox(path)


def _expected() -> str:
    return "a mail (.eml), an mbox (.mbox), a Maildir or a folder of .eml files"


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


def _of_folder(path: Path) -> Iterator[Found]:
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in _ENDINGS)
    if not files:
        raise Rejected([Problem(path.name, "no mail", _expected())])
    for file in files[:MOST_MAILS]:
        yield from mails_in(file)


def _of_maildir(path: Path) -> Iterator[Found]:
    files = [one for name in ("new", "cur") for one in sorted((path / name).iterdir())]
    for file in files[:MOST_MAILS]:
        if file.is_file():
            yield Found(_read(file))


def _of_mbox(path: Path) -> Iterator[Found]:
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys()):
            if number >= MOST_MAILS:
                return
            yield Found(box.get_bytes(key)[:MOST_BYTES])
    finally:
        box.close()


def mails_by_imap(address: str) -> Iterator[Found]:
    """Yield the unread mails of a mailbox `imaps://user:password@host:port/folder`.

    Each stays unread until its `done` is called. Raises Unreachable; it never names the password.
    """
    server = urlsplit(address)
    if server.scheme != "imaps" or not server.hostname:
        raise Unreachable("PEELIAN_INBOX must read imaps://user:password@host/folder.")
    folder = unquote(server.path.strip("/")) or "INBOX"
    try:
        box = imaplib.IMAP4_SSL(server.hostname, server.port or 993, timeout=_TIMEOUT)
    except OSError as error:
        raise Unreachable(f"{server.hostname} does not answer: {error}.") from error
    try:
        box.login(unquote(server.username or ""), unquote(server.password or ""))
        if box.select(f'"{folder}"')[0] != "OK":
            raise Unreachable(f"{server.hostname} has no folder “{folder}”.")
        yield from _unread(box)
    except (imaplib.IMAP4.error, OSError) as error:
        raise Unreachable(f"{server.hostname} refuses: {error}.") from error
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            box.logout()


def _unread(box: imaplib.IMAP4) -> Iterator[Found]:
    _status, listed = box.uid("SEARCH", "UNSEEN")
    numbers = listed[0].decode().split() if listed and listed[0] else []
    for number in numbers[:MOST_MAILS]:
        _status, answer = box.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
        raw = next((part[1] for part in answer if isinstance(part, tuple)), b"")

        def done(number: str = number) -> None:
            box.uid("STORE", number, "+FLAGS", r"(\Seen)")

        yield Found(raw, done)
