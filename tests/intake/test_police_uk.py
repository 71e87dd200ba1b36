"""Street-level crime as data.police.uk publishes it: every row counts, and no file is no nought."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from peelian.intake.layouts import layout_of
from peelian.intake.opening import open_return
from peelian.intake.tables import Rejected

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)


def street(*rows: tuple[str, str, str], month: str = "2025-01", force: str = "North Police") -> str:
    """Return a street file of rows of LSOA code, LSOA name and crime type."""
    lines = (
        f',{month},{force},{force},,,"On or near Y Stryd, Bâla",{code},{name},{crime},,\n'
        for code, name, crime in rows
    )
    return HEAD + "".join(lines)


ROWS = [("E01000001", "Eastby 001A", "Drugs"), ("", "", "Robbery")]
ONE = {"2025-01/2025-01-north-street.csv": street(*ROWS)}


def packed(files: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(path: Path) -> tuple[list[tuple[str, ...]], list[str], list[str]]:
    """Return what is counted (force, month, code, authority, type, count), faults and notes."""
    stream = open_return(path)
    layout = layout_of(stream)
    assert layout.name == "police-uk"
    reads = [(r.within, r.period, r.area, r.also, r.measure, r.value) for r in layout.read(stream)]
    return reads, list(map(str, stream.problems)), stream.notes


def refusal(path: Path) -> str:
    with pytest.raises(Rejected) as refused:
        read(path)
    return str(refused.value)


def test_equal_rows_without_an_id_are_separate_incidents_and_a_row_may_have_no_place(put):
    same = ("E01000001", "Eastby 001A", "Anti-social behaviour")
    content = street(same, same, ("", "", "Robbery"))
    reads, faults, notes = read(put("2025-01-north-street.csv", content))
    assert reads == [
        (
            "North Police",
            "2025-01",
            "E01000001",
            "Eastby",
            "Anti-social behaviour (police.uk)",
            "2",
        ),
        ("North Police", "2025-01", "", "", "Robbery (police.uk)", "1"),
    ]
    assert faults == notes == []


def test_an_archive_a_folder_and_an_older_file_with_other_line_ends_read_alike(put, tmp_path):
    [name] = ONE
    as_zip = read(put("all.zip", packed({**ONE, "2025-01/2025-01-north-outcomes.csv": "x"})))
    folder = tmp_path / "folder" / "2025-01"
    folder.mkdir(parents=True)
    (folder / Path(name).name).write_text("\ufeff" + ONE[name].replace("\n", "\r\n"), "utf-8")
    assert as_zip == read(tmp_path / "folder") == read(put(Path(name).name, ONE[name]))


def test_a_month_without_a_file_and_a_file_without_rows_are_told_and_are_no_noughts(put):
    files = {
        f"{month}/{month}-{force}-street.csv": street(*ROWS, month=month, force=force)
        for month, force in (("2025-01", "north"), ("2025-04", "north"), ("2025-04", "south"))
    }
    files["2025-03/2025-03-south-street.csv"] = HEAD
    reads, faults, notes = read(put("all.zip", packed(files)))
    assert {(read[0], read[1]) for read in reads} == {
        ("north", "2025-01"),
        ("north", "2025-04"),
        ("south", "2025-04"),
    }
    assert (faults, notes) == (
        [],
        [
            "No file for 2025-02: left out, and not taken for noughts.",
            "No file of north for 2025-03: left out, and not taken for noughts.",
            "No file of south for 2025-01: left out, and not taken for noughts.",
            "2025-03/2025-03-south-street.csv has a heading and no rows: left out, and not taken"
            " for noughts.",
        ],
    )


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (street(*ROWS, month="2025-02"), "“2025-02”; expected 2025-01, as the file is named."),
        (street(*ROWS, month="Jan 25"), "column “Month”: found “Jan 25”; expected a month like"),
        (street(("E01", "Eastby 001A", "Drugs")), "column “LSOA code”: found “E01”; expected"),
        (
            street(("E01000001", "Eastby 001A", "")),
            "column “Crime type”: found nothing",
        ),
        (street(*ROWS, force=""), "column “Reported by”: found nothing; expected the name"),
        (street(*ROWS)[:-30], "row 3: found a quotation mark that is never closed"),
        (street(*ROWS)[:-10], "row 3, column “Crime type”: found nothing; expected a type of"),
        (street(*ROWS) + "1,2,3,4,5,6,7,8,9,10,11,12,13\n", "row 4: found 13 cells; expected"),
    ],
)
def test_a_wrong_row_is_told_by_file_row_and_column(put, content: str, fault: str):
    path = put("all.zip", packed({"2025-01/2025-01-north-street.csv": content}))
    try:
        faults = "\n".join(read(path)[1])
    except Rejected as error:
        faults = str(error)
    assert faults.startswith("all.zip, 2025-01/2025-01-north-street.csv, row ")
    assert fault in faults


def encrypted() -> bytes:
    """Return an archive that says of its file that it has a password."""
    content = bytearray(packed(ONE))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def damaged() -> bytes:
    """Return an archive whose file is not what its checksum says."""
    content = bytearray(packed(ONE, zipfile.ZIP_STORED))
    content[content.index(b"Drugs")] ^= 1
    return bytes(content)


def lying() -> bytes:
    """Return an archive whose file unpacks to more than it says."""
    content = bytearray(packed({"2025-01-north-street.csv": street(*ROWS * 400)}))
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 1000)
    return bytes(content)


def linked() -> bytes:
    entry = zipfile.ZipInfo("2025-01/2025-01-north-street.csv")
    entry.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


BOMB = packed({"2025-01-north-street.csv": HEAD + "," * 9_000_000})
TWO = {"a/2025-01-north-street.csv": HEAD, "b/2025-01-north-street.csv": HEAD}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "all.zip: found something else; expected a zip archive, whole."),
        (packed(ONE)[:-40], "all.zip: found something else; expected a zip archive, whole."),
        (packed({}), "all.zip: found no street-level file; expected files like 2025-06/"),
        (packed({"notes.txt": "x"}), "all.zip: found no street-level file; expected files like"),
        (packed({"../" + next(iter(ONE)): "x"}), "expected paths that stay in the archive."),
        (packed({"/2025-01-north-street.csv": "x"}), "expected paths that stay in the archive."),
        (packed({"C:\\2025-01-north-street.csv": "x"}), "expected paths that stay in the archive."),
        (linked(), "all.zip: found a link, “2025-01/2025-01-north-street.csv”; expected files."),
        (encrypted(), "with a password; expected an archive without."),
        (damaged(), "all.zip, 2025-01/2025-01-north-street.csv: found a damaged file; expected"),
        (lying(), "2025-01-north-street.csv: found a damaged file; expected it whole."),
        (BOMB, "all.zip: found 9 MB packed into 9 kB; expected an archive of ordinary size."),
        (packed(TWO), "expected each month of a force once."),
        (packed(dict.fromkeys(ONE, "Month,Type\n1,2\n")), "row 1: found the columns month, type"),
        (packed(dict.fromkeys(ONE, "")), "street.csv, row 1: found nothing; expected a heading"),
        (packed(dict.fromkeys(ONE, HEAD.encode() + b"\xff\n")), "row 2: found the byte 0xFF"),
        (packed(dict.fromkeys(ONE, HEAD + '"')), "a quotation mark that is never closed"),
    ],
)
def test_an_archive_not_to_be_trusted_is_refused_with_its_reason(put, content: bytes, said: str):
    assert said in refusal(put("all.zip", content))


def test_what_is_not_there_or_of_another_kind_is_refused(put, tmp_path):
    assert "found no file to read" in refusal(tmp_path / "none.zip")
    assert "no street-level file" in refusal(tmp_path)
    said = refusal(put("crimes.json", "[]"))
    assert said.startswith("crimes.json: found “.json”; expected a file that ends in one of .csv,")
