"""Street-level crime as data.police.uk publishes it: one file a month and force, or an archive.

Each row is one incident. A crime's ID is no key (it is blank for anti-social behaviour and used
again for other crimes), and wholly equal rows may be separate incidents: every row counts.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from peelian.expressions import expression
from peelian.intake.readings import Layout, Read, listed
from peelian.intake.stream import MOST_BYTES, NO_ROWS, Progress, Stream, open_csv, place
from peelian.intake.tables import Problem, Rejected

NEEDED = ("month", "reported_by", "lsoa_code", "lsoa_name", "crime_type")
HEADINGS = ("Month", "Reported by", "LSOA code", "LSOA name", "Crime type")
MOST_UNPACKED = 16 * 1024**3  # three years of every force are about 4 GB
MOST_MEMBERS = 20_000
MOST_RATIO = 100  # these files pack to a fifth; nothing honest packs to a hundredth
MOST_DIFFERENT = 1_000_000  # places and types in a file; a large force has tens of thousands
SMALL = 1024 * 1024
MOST_PROBLEMS = 100

_STREET = expression(r"(\d{4}-(?:0[1-9]|1[0-2]))-([a-z-]+)-street\.csv", re.IGNORECASE)
_MONTH = expression(r"\d{4}-(0[1-9]|1[0-2])")
_LSOA = expression(r"[A-Z]\d{8}")
_ENDING = expression(r" \d{3}[A-Z]{1,2}$")  # Shropshire 012A lies in Shropshire
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


class Member(NamedTuple):
    """A street file of an archive: its month and force, its name and packed size."""

    month: str
    force: str
    name: str
    packed: int


def is_archive(path: Path) -> bool:
    """Return whether a path is a folder or an archive, to be read as street-level crime."""
    return path.is_dir() or path.suffix.lower() == ".zip"


def open_archive(path: Path, *, progress: Progress = lambda _bytes: None) -> Stream:
    """Return the rows of all street files in a folder or zip archive, file by file.

    Raises Rejected for what is no such archive, or is not to be trusted; what is broken further in
    is told while it is read.
    """
    members = sorted(_in_folder(path) if path.is_dir() else _in_zip(path))
    if not members:
        expected = "files like 2025-06/2025-06-west-mercia-street.csv"
        raise Rejected([Problem(path.name, "no street-level file", expected)])
    for one, other in pairwise(members):
        months = {m[:2] for m in (one, other)}
        if len(months) == 1:
            twice = f"{one.name} and {other.name}"
            raise Rejected([Problem(path.name, twice, "each month of a force once")])
    stream = Stream(path.name, NEEDED, iter(()))
    stream.notes += _missing(members)
    stream.rows = _rows(stream, path, members, progress)
    return stream


def _in_folder(path: Path) -> Iterator[Member]:
    for file in path.rglob("*.csv"):
        match = _STREET.fullmatch(file.name)
        if match and file.is_file() and not file.is_symlink():
            size = file.stat().st_size
            if size > MOST_BYTES:
                found = f"{size / 1024**3:.1f} GB"
                raise Rejected([Problem(file.name, found, f"at most {MOST_BYTES // 1024**3} GB")])
            name = file.relative_to(path).as_posix()
            yield Member(match[1], match[2].casefold(), name, size)


def _in_zip(path: Path) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except _BROKEN as error:
        found = "something else" if path.is_file() else "no file to read"
        raise Rejected([Problem(path.name, found, "a zip archive, whole")]) from error
    _refuse_bomb(path.name, entries)
    for entry in entries:
        _refuse_entry(path.name, entry)
        if match := _STREET.fullmatch(PurePosixPath(entry.filename).name):
            yield Member(match[1], match[2].casefold(), entry.filename, entry.compress_size)


@contextmanager
def _opening(path: Path) -> Iterator[Callable[[str], IO[bytes]]]:
    """Give what opens a file of a folder or archive by its name."""
    if path.is_dir():
        yield lambda name: (path / name).open("rb")
    else:
        with zipfile.ZipFile(path) as archive:
            yield archive.open


def _refuse_bomb(name: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_MEMBERS:
        expected = f"at most {MOST_MEMBERS:,}"
        raise Rejected([Problem(name, f"{len(entries):,} files in the archive", expected)])
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MOST_UNPACKED or unpacked > max(MOST_RATIO * packed, SMALL):
        found = f"{unpacked / 1024**2:,.0f} MB packed into {packed / 1024:,.0f} kB"
        raise Rejected([Problem(name, found, "an archive of ordinary size")])


def _refuse_entry(name: str, entry: zipfile.ZipInfo) -> None:
    """Raise Rejected for an entry that no honest archive has, though nothing is ever unpacked."""
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
        raise Rejected([Problem(name, f"“{entry.filename}”", "paths that stay in the archive")])
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Rejected([Problem(name, f"a link, “{entry.filename}”", "files")])
    if entry.flag_bits & 1:
        found, expected = f"“{entry.filename}” with a password", "an archive without"
        raise Rejected([Problem(name, found, expected)])


def _missing(members: list[Member]) -> Iterator[str]:
    """Say which months of which forces have no file: that is no nought."""
    there = {m[:2] for m in members}
    months = list(_months(min(there)[0], max(there)[0]))
    forces = sorted({force for _month, force in there})
    empty = [month for month in months if not any((month, force) in there for force in forces)]
    if empty:
        yield f"No file for {listed(empty)}: left out, and not taken for noughts."
    for force in forces:
        gaps = [month for month in months if month not in empty and (month, force) not in there]
        if gaps:
            yield f"No file of {force} for {listed(gaps)}: left out, and not taken for noughts."


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:])
    while (text := f"{year:04}-{month:02}") <= last:
        yield text
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _rows(
    stream: Stream, path: Path, members: list[Member], progress: Progress
) -> Iterator[tuple[int, list[str]]]:
    with _opening(path) as opened:
        for member in members:
            stream.part = member.name
            try:
                with opened(member.name) as content:
                    yield from _of_member(stream, content)
            except _BROKEN as error:
                raise Rejected([Problem(stream.where, "a damaged file", "it whole")]) from error
            if len(stream.problems) >= MOST_PROBLEMS:
                return
            progress(member.packed)
    stream.part = ""


def _of_member(stream: Stream, content: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    table = open_csv(stream.where, lambda: content)
    found = f"the columns {', '.join(table.columns[:12])}"
    missing = [
        Problem(stream.where, found, f"a column “{heading}”", 1)
        for heading, column in zip(HEADINGS, NEEDED, strict=True)
        if column not in table.columns
    ]
    if missing:
        raise Rejected(missing)
    places = [table.columns.index(column) for column in NEEDED]
    for number, cells in table.rows:
        yield number, [cells[n] for n in places]
    if NO_ROWS in {problem.found for problem in table.problems}:
        told = "has a heading and no rows: left out, and not taken for noughts."
        stream.notes.append(f"{stream.part} {told}")
    else:
        stream.problems += table.problems


def read_street(stream: Stream) -> Iterator[Read]:
    """Yield for each file how many rows there are by force, month, crime type and LSOA.

    Each Read is of the LSOA's code within the force, and also of the authority its name begins
    with; both are empty where the row has no place.
    """
    places = [stream.columns.index(column) for column in NEEDED]
    m, f, c, n, t = places
    part, counts = stream.part, dict[tuple[str, ...], list[int]]()
    for row, cells in stream.rows:
        if stream.part != part:
            yield from _counted(stream, counts)
            part, counts = stream.part, {}
        key = (cells[m], cells[f], cells[c], cells[n], cells[t])
        if found := counts.get(key):
            found[1] += 1
        else:
            counts[key] = [row, 1]
            if len(counts) > MOST_DIFFERENT:
                many = f"more than {MOST_DIFFERENT:,} different places and types"
                raise Rejected([Problem(stream.where, many, "a file of street-level crime", row)])
            stream.problems += _faults(stream, row, key)
            if len(stream.problems) >= MOST_PROBLEMS:
                return
    yield from _counted(stream, counts)


def _counted(stream: Stream, counts: dict[tuple[str, ...], list[int]]) -> Iterator[Read]:
    for (month, force, code, name, crime), (_row, count) in counts.items():
        yield Read(
            0, "crime_type", f"{crime} (police.uk)", code, month, str(count),
            within=force, also=_ENDING.sub("", name),
        )  # fmt: skip


def _faults(stream: Stream, row: int, key: tuple[str, ...]) -> Iterator[Problem]:
    month, force, code, _name, crime = key
    file = _STREET.fullmatch(PurePosixPath(stream.part or stream.file).name)
    if not _MONTH.fullmatch(month):
        yield place(stream, row, "Month", month, "a month like 2025-06")
    elif file and month != file[1]:
        yield place(stream, row, "Month", month, f"{file[1]}, as the file is named")
    if not force:
        yield place(stream, row, "Reported by", force, "the name of a force")
    if code and not _LSOA.fullmatch(code):
        yield place(stream, row, "LSOA code", code, "a code like E01014000, or nothing")
    if not crime:
        yield place(stream, row, "Crime type", crime, "a type of crime")


LAYOUT = Layout(
    "police-uk",
    "street-level crime from data.police.uk: a month's CSV, a folder of them or the zip archive",
    lambda columns: set(NEEDED) <= set(columns),
    read_street,
    national=True,
    counted=True,
    made={
        "definition": "Incidents of this type in the street-level files of data.police.uk, by the"
        " force that reported them. Not police recorded crime as the Home Office counts it.",
        "unit": "incidents",
        "source": "data.police.uk, street-level crime",
    },
)
