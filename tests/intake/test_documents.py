"""Any file can be given: it is read as what it is, or refused in a sentence; soon, and safely."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
from types import SimpleNamespace

import pytest

from peelian.intake import docx_blocks, packages
from peelian.intake.document import Document, NoteKind
from peelian.intake.documents import files_in, read_document
from peelian.intake.tables import Rejected
from tests.intake.files import grid, ods, ods_rows
from tests.intake.packed import docx, p, packed, part, rels, tbl, tc, tr

SHEET = grid(["Ref", "Update"], ["1.1", "Complete"])
ODS = ods({"Data": ods_rows(["Ref", "Update"], ["1.1", "Complete"])})
WORD = docx(p("The panel met."))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path) -> str:
    with pytest.raises(Rejected) as refused:
        read_document(path)
    return str(refused.value)


def outcome(path) -> Document | str:
    """Return the document, or why there is none."""
    try:
        return read_document(path)
    except Rejected as refused:
        return str(refused)


def is_told(found: Document | str) -> bool:
    """Return whether there is a document, or a sentence why not."""
    return bool(found.file if isinstance(found, Document) else "expected" in found)


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("t.docx", WORD, "docx"),
        ("t.xlsx", SHEET, "xlsx"),
        ("t.ods", ODS, "ods"),
        ("t.csv", b"a,b\n1,2\n", "csv"),
        ("t.txt", b"The panel met.", "txt"),
        ("T.TXT", b"The panel met.", "txt"),
        ("minutes", b"The panel met.", "txt"),
    ],
)
def test_each_format_is_read_without_a_word(put, name, content, form):
    found = read_document(put(name, content))
    assert (found.file, found.format) == (name, form)
    assert found.blocks
    assert found.notes == ()


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("t.pdf", WORD, "docx"),
        ("t.doc", WORD, "docx"),
        ("t.txt", SHEET, "xlsx"),
        ("t.xlsx", ODS, "ods"),
        ("t.doc", b"The panel met.", "txt"),
    ],
)
def test_a_wrong_ending_is_read_as_what_it_is_and_said(put, name, content, form):
    found = read_document(put(name, content))
    assert found.format == form
    assert [note.kind for note in found.notes] == [NoteKind.MENDED]
    assert f"the name ends in “{name[1:]}”" in found.notes[0].text


def older(stream: str) -> bytes:
    return OLE + bytes(600) + stream.encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "found", "advice"),
    [
        ("t.doc", older("WordDocument"), "an older Word document (.doc)", "save it as “Word doc"),
        ("t.xls", older("Workbook"), "an older Excel workbook (.xls)", "save it as “Excel workb"),
        ("t.docx", older("EncryptedPackage"), "a file with a password", "one without"),
        ("t.rtf", b"{\\rtf1 x}", "a rich text document (.rtf)", "save it as “Word document"),
        ("t.pptx", packed({"ppt/presentation.xml": "x"}), "a presentation", "print it as PDF"),
        ("t.odt", packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
         "a LibreOffice document (.odt)", "save it as “Word document"),
        ("t.xlsb", packed({"xl/workbook.bin": "x"}), "a binary workbook (.xlsb)", "save it as"),
        ("t.htm", b"<!DOCTYPE html><html>", "a web page", "print it as PDF"),
        ("t.png", b"\x89PNG\r\n", "a picture (PNG)", "a document"),
        ("t.zip", packed({"a.txt": "x"}), "an archive of files (ZIP)", "unpacked"),
        ("t.docx", b"", "nothing", "a document"),
        ("t.docx", bytes(range(256)), "something else", "a DOCX file"),
        ("t.docx", WORD[:-40], "a file that is damaged or not whole", "a document, whole"),
        ("t.txt", bytes(5000), "bytes that are no text", "a document"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(put, name, content, found, advice):
    said = refusal(put(name, content))
    assert said.startswith(f"{name}: found {found}")
    assert advice in said.partition("expected")[2]


def test_a_pdf_goes_to_the_reader_of_pdf(put):
    pytest.importorskip("peelian.intake.pdf", reason="the reader of PDF is not here yet")
    assert "t.pdf" in refusal(put("t.pdf", b"%PDF-1.7\nnothing of the kind"))


# ---- folders ----


def read_all(paths):
    """Read what there is, as the command does: the documents, and why others could not be read."""
    documents, refused = [], []
    for path in files_in(paths, refused):
        try:
            documents.append(read_document(path))
        except Rejected as error:
            refused.append(error)
    return SimpleNamespace(documents=documents, refused=refused)


def test_a_folder_is_read_in_natural_order_and_no_further(put, tmp_path):
    outside = put("outside.txt", "secret")
    folder = tmp_path / "pack"
    (folder / "item 3").mkdir(parents=True)
    for name in ("item 10.txt", "item 9.txt", "~$item 9.docx", ".hidden.txt", "item 3/a.txt"):
        (folder / name).write_text(f"Read {name}.")
    (folder / "old.doc").write_bytes(older("WordDocument"))
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    found = read_all([folder])
    assert [d.file for d in found.documents] == ["a.txt", "item 9.txt", "item 10.txt"]
    assert sorted(str(r).partition(":")[0] for r in found.refused) == [
        "link.txt", "loop", "old.doc",
    ]  # fmt: skip


def test_files_given_twice_are_read_once(put):
    path = put("t.txt", "The panel met.")
    gone = path.with_name("gone.txt")
    found = read_all([path, path, gone])
    assert len(found.documents) == 1
    assert [str(r).partition(",")[0] for r in found.refused] == [
        "gone.txt: found no file to read; expected a document: PDF"
    ]


def test_what_is_no_file_is_refused(put, tmp_path):
    pipe = tmp_path / "pipe.docx"
    os.mkfifo(pipe)
    assert "found a pipe or a device" in refusal(pipe)
    assert "found a folder" in refusal(tmp_path)
    assert "found a pipe or a device" in refusal(tmp_path.__class__("/dev/zero"))
    assert "found no file to read" in refusal(tmp_path / "gone.docx")
    assert "found no file to read" in refusal(tmp_path / "a\0b.docx")


def test_a_file_that_goes_away_while_it_is_read_is_refused(put, monkeypatch):
    path = put("t.docx", WORD)
    monkeypatch.setattr("peelian.intake.documents._form", lambda *_args: path.unlink() or "docx")
    assert "found no file to read" in refusal(path)


# ---- hostile files ----


def bomb(name: str, megabytes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", rels(("officeDocument", name, "Internal")))
        with archive.open(name, "w") as stream:
            for _ in range(megabytes):
                stream.write(b" " * 1024 * 1024)
    return out.getvalue()


@pytest.mark.parametrize("name", ["word/document.xml", "xl/workbook.xml", "content.xml"])
def test_a_bomb_is_refused_unopened(put, name):
    said = refusal(put("t.ods", bomb(name, 60)))
    assert "found 60 MB packed into" in said


def test_archives_in_an_archive_are_never_opened(put):
    parts = {"word/embeddings/inner.zip": bomb("word/document.xml", 60)}
    content = packed(
        {"word/document.xml": part("document", f"<w:body>{p('Words')}</w:body>")} | parts
    )
    assert read_document(put("t.docx", content)).blocks[0].text == "Words"


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
SECRET = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, SECRET], ids=["laughs", "external"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(put, declared, encoding):
    xml = declared + part("document", f"<w:body>{p('&x;')}</w:body>")
    content = packed({"word/document.xml": xml.encode(encoding)})
    assert "that defines entities" in refusal(put("t.docx", content))


def test_a_million_paragraphs_are_refused_or_cut_short(put, monkeypatch):
    body = "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1_000_000
    said = refusal(put("t.docx", docx(body)))
    assert "expected" in said
    monkeypatch.setattr(docx_blocks, "MOST_BLOCKS", 100)
    found = read_document(put("t.docx", docx(p("x") * 200)))
    assert len(found.blocks) == 100
    assert [note.kind for note in found.notes] == [NoteKind.CUT_SHORT]


def test_ten_thousand_columns_are_read(put):
    found = read_document(put("t.docx", docx(tbl(tr(*["x"] * 10_000)))))
    assert found.blocks[0].cells[-1].origin.cell == "NTP1"
    wide = docx(tbl(tr(tc("x", '<w:gridSpan w:val="999999999"/>'), "y")))
    assert len(read_document(put("u.docx", wide)).blocks[0].cells) == 2
    row = ",".join(["x"] * 10_000)
    assert len(read_document(put("t.csv", f"{row}\n{row}\n")).blocks[0].cells) == 10_000


@pytest.mark.parametrize("depth", [50, 3_000])
def test_tables_in_tables_are_read_or_refused(put, depth):
    inside = p("Deep")
    for _ in range(depth):
        inside = f"<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"
    found = outcome(put("t.docx", docx(inside)))
    if isinstance(found, Document):
        assert found.blocks[-1].text == "Deep"
    else:
        assert depth > 50


@pytest.mark.parametrize("tag", ["ins", "sdt", "hyperlink", "del", "smartTag"])
def test_elements_nested_without_end_are_read_or_refused(put, tag):
    inside = f"<w:{tag}>" * 200 + "<w:r><w:t>x</w:t></w:r>" + f"</w:{tag}>" * 200
    assert is_told(outcome(put("t.docx", docx(f"<w:p>{inside}</w:p>" + inside))))


def test_macros_and_links_are_told_and_left_alone(put):
    links = rels(
        ("attachedTemplate", "http://elsewhere.example/a.dotm", "External"),
        ("image", "http://elsewhere.example/a.png", "External"),
        ("hyperlink", "http://elsewhere.example/", "External"),
    )
    body = part("document", f"<w:body>{p('Words')}</w:body>")
    content = packed(
        {
            "word/document.xml": body,
            "word/vbaProject.bin": b"x",
            "word/_rels/document.xml.rels": links,
        }
    )
    found = read_document(put("t.docm", content))
    assert [(n.kind, n.text) for n in found.notes] == [
        (NoteKind.MACRO, "macros, which were not run"),
        (NoteKind.EXTERNAL_LINK, "attachedTemplate: http://elsewhere.example/a.dotm"),
        (NoteKind.EXTERNAL_LINK, "image: http://elsewhere.example/a.png"),
    ]


def test_parts_named_to_lead_elsewhere_are_not_followed(put):
    parts = {"../../evil.txt": "x", "/etc/passwd": "x", "C:\\evil": "x"}
    body = {"word/document.xml": part("document", f"<w:body>{p('Words')}</w:body>")}
    found = read_document(put("t.docx", packed(parts | body)))
    assert [b.text for b in found.blocks] == ["Words"]
    away = {"_rels/.rels": rels(("officeDocument", "../../../etc/passwd", "Internal"))}
    assert read_document(put("u.docx", packed(body | away))).blocks[0].text == "Words"


def test_a_part_that_is_there_twice_is_refused(put):
    body = part("document", f"<w:body>{p('Words')}</w:body>")
    once = packed({"word/document.xml": body, "word/Document.xml": body})
    twice = once.replace(b"word/Document.xml", b"word/document.xml")
    assert "found “word/document.xml” twice" in refusal(put("t.docx", twice))


def test_a_part_with_a_password_is_refused(put):
    content = bytearray(packed({"word/document.xml": part("document", "<w:body/>")}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "found a file with a password" in refusal(put("t.docx", bytes(content)))


def test_a_part_that_lies_about_its_size_is_refused(put):
    honest = docx(p("x" * 5000))
    size = struct.pack("<I", len(part("document", f"<w:body>{p('x' * 5000)}</w:body>")))
    assert honest.count(size) == 2
    lying = honest.replace(size, struct.pack("<I", 100))
    assert "damaged or not whole" in refusal(put("t.docx", lying))


def test_too_many_parts_are_refused(put, monkeypatch):
    monkeypatch.setattr(packages, "MOST_PARTS", 10)
    content = packed({f"word/{n}.xml": "x" for n in range(11)})
    assert "found 11 parts" in refusal(put("t.docx", content))


@pytest.mark.parametrize(
    "body",
    [
        '<w:p><w:pPr><w:numPr><w:numId w:val="x"/><w:ilvl w:val="-99"/></w:numPr></w:pPr></w:p>',
        '<w:p><w:pPr><w:pStyle w:val="nowhere"/><w:outlineLvl w:val="99999999999"/></w:pPr></w:p>',
        "<w:tbl/>",
        "<w:tbl><w:tr/></w:tbl>",
        '<w:p><w:r><w:footnoteReference w:id="7"/><w:commentReference/></w:r></w:p>',
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:t>kept</w:t></w:r></w:p>',
    ],
)
def test_a_document_that_names_what_is_not_there_is_read(put, body):
    assert read_document(put("t.docx", docx(body + p("After")))).blocks[-1].text == "After"


def test_styles_that_rest_on_each_other_are_read(put):
    style = '<w:style w:styleId="{}"><w:name w:val="x"/><w:basedOn w:val="{}"/></w:style>'
    content = docx(
        p("Words", '<w:pStyle w:val="A"/>'), styles=style.format("A", "B") + style.format("B", "A")
    )
    assert read_document(put("t.docx", content)).blocks[0].text == "Words"


@pytest.mark.parametrize("content", [WORD, SHEET, ODS], ids=["docx", "xlsx", "ods"])
def test_damage_anywhere_is_read_or_refused(put, content):
    chance = random.Random(7)
    for _ in range(60):
        broken = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert is_told(outcome(put("t.docx", bytes(broken))))


def test_a_cut_anywhere_is_read_or_refused(put):
    for cut in range(0, len(WORD), 37):
        assert "expected" in refusal(put("t.docx", WORD[:cut]))


def test_damaged_text_of_parts_is_read_or_refused(put):
    whole = part("document", f"<w:body>{p('Words')}{tbl(tr('a', 'b'))}</w:body>").encode()
    for cut in range(0, len(whole), 53):
        damaged = packed({"word/document.xml": whole[:cut] + whole[cut + 9 :]})
        assert is_told(outcome(put("t.docx", damaged)))
