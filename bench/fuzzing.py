"""Damage valid documents of every format at random, read them, and report what should not be.

A reader may give a document or refuse with a sentence; anything else, more than a few seconds of
processor time or more memory than a document is worth is printed, and the file is kept.

    python -m bench.fuzzing --minutes 30 --seed 1 --keep var/fuzzing [further documents]
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib
import io
import json
import os
import random
import re
import resource
import signal
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

SLOW, LARGE = 5.0, 600  # seconds of processor time, megabytes
MOST_SECONDS, MOST_MEMORY = 20, 2 * 1024**3
SAID = (
    "3.2 The force will report back to the panel at its next meeting in May 2024.",
    "It was agreed that the Chief Constable would share the plan by 18/11/23 (see A4.6).",
    "Burglary fell by 6.5% to 1,234 offences in the 12 months to March 2024.",
    "315 Welcome and Introductions",
    "RESOLVED that the report be noted.",
    "Local Criminal Justice Board (LCJB) Quarterly",
)
EXTREMES = (
    "",
    "-1",
    "0",
    "999999999999",
    "A" * 9000,
    "%1%2%3%9",
    "../../x",
    "1e308",
    "NaN",
    "\u202e",
)


def docx() -> bytes:
    """Return a Word document with headings, lists, tables and a footer of fields."""
    from docx import Document

    made = Document()
    made.add_heading("Delivery Plan Update", 0)
    for number, words in enumerate(SAID * 3):
        made.add_heading(f"{number + 1}. Background", 1 + number % 3)
        made.add_paragraph(words)
        made.add_paragraph(words, style="List Number")
        made.add_paragraph(words, style="List Bullet 2")
    table = made.add_table(6, 4)
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            cell.text = SAID[place]
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 3).add_table(2, 2)
    made.add_page_break()
    made.sections[0].footer.paragraphs[0].text = "Page 1"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    """Return a workbook with dates, formulas, hidden rows and a second sheet."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Plan")
        sheet.merge_range(0, 0, 0, 3, "Delivery plan")
        sheet.write_row(2, 0, ["Ref", "Activity", "Update", "Share"])
        for row in range(3, 20):
            sheet.write_row(row, 0, [f"A{row}.1", SAID[row % 6], "Complete", row / 7])
        sheet.write_formula(20, 3, "=1/0", None, "#DIV/0!")
        sheet.set_row(5, None, None, {"hidden": True})
        sheet.write_comment(4, 0, "Check this")
        book.add_worksheet("Hidden").hide()
    return out.getvalue()


def ods() -> bytes:
    """Return an ODS workbook."""
    names = "office table text"
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in names.split()
    )
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="2024-03-01"/>'
    row = "<table:table-row>" + "".join(map(cell.format, SAID[1:4])) + day + "</table:table-row>"
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Plan">{row * 12}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def txt() -> bytes:
    """Return a plain text of two pages."""
    page = "Northshire Panel\n\n" + "\n\n".join(SAID) + "\n\n• One\n• Two\n\nPage 1\n"
    return f"{page}\f{page}".encode()


def csv() -> bytes:
    """Return a CSV file."""
    return ("Ref,Activity,Update\r\n" + 'A4.1,"Recruit, and train",Complete\r\n' * 20).encode()


def pdf() -> bytes:
    """Return a PDF with headings, a list and a table."""
    import typst

    cells = ", ".join(f"[{words}]" for words in SAID)
    source = f"= Delivery plan\n{' '.join(SAID)}\n- One\n- Two\n#table(columns: 3, {cells})\n"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.typ")
        path.write_text(source * 3, encoding="utf-8")
        return bytes(typst.compile(str(path)))


MADE: dict[str, Callable[[], bytes]] = {
    "docx": docx, "xlsx": xlsx, "ods": ods, "txt": txt, "csv": csv, "pdf": pdf,
}  # fmt: skip


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a document with something wrong in it."""
    ways = [_bytes, _bytes, _cut, _doubled]
    if content.startswith(b"PK"):
        ways += [_part, _part, _tree, _tree, _tree, _tree]
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        try:
            content = chance.choice(ways)(content, chance)
        except Exception:  # it is too damaged already to be damaged in this way
            content = _bytes(content, chance)
    return content


def _bytes(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 100))):
        if made:
            made[chance.randrange(len(made))] = chance.choice((0, 10, 12, 34, 60, 255, 128, 32))
    return bytes(made)


def _cut(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.choice((1, 10, 1000, len(content))) :]


def _doubled(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.choice((1, 20, 300))]
    return content[:start] + piece * chance.choice((2, 50, 3000)) + content[start:]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _part(content: bytes, chance: random.Random) -> bytes:
    """Return a package of which one part is missing, swapped or damaged."""
    parts = _parts(content)
    name = chance.choice(sorted(parts))
    match chance.randrange(4):
        case 0:
            del parts[name]
        case 1:
            parts[name] = parts[chance.choice(sorted(parts))]
        case 2:
            parts[name] = _doubled(parts[name], chance)
        case _:
            parts[name] = _bytes(parts[name], chance)
    return _packed(parts)


def _tree(content: bytes, chance: random.Random) -> bytes:
    """Return a package of which one part has elements moved, doubled, nested or altered."""
    parts = _parts(content)
    wanted = re.compile(r"document|numbering|styles|sheet|workbook|content|rels")
    names = [
        name for name in sorted(parts) if wanted.search(name) and name.endswith(("xml", "rels"))
    ]
    name = chance.choice(names)
    root = etree.fromstring(parts[name])
    for _ in range(chance.choice((1, 3, 30))):
        _altered(root, chance)
    parts[name] = etree.tostring(root)
    return _packed(parts)


def _altered(root: Any, chance: random.Random) -> None:
    everything = list(root.iter("*"))
    one, other = chance.choice(everything), chance.choice(everything)
    match chance.randrange(6):
        case 0 if one is not root:
            one.getparent().remove(one)
        case 1 if one is not root:
            for _ in range(chance.choice((1, 20))):
                one.addnext(etree.fromstring(etree.tostring(one)))
        case 2:
            other.append(etree.fromstring(etree.tostring(one)) if len(one) < 20 else one[0])
        case 3 if one.attrib:
            one.set(chance.choice(sorted(one.attrib)), chance.choice(EXTREMES[:-1]))
        case 4:
            one.text = chance.choice((*EXTREMES, *SAID)) * chance.choice((1, 1, 50))
        case _:
            for _ in range(chance.choice((1, 30, 90))):
                inner = etree.SubElement(other, one.tag)
                other = inner


def tried(path: Path, checks: bool) -> dict[str, Any]:
    """Return how the reading of a file in a process of its own went, and the checks if wanted."""
    back, out = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(back)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        said = json.dumps(_read(path, checks)).encode()
        os.write(out, said[:60_000])
        os._exit(0)
    os.close(out)
    with os.fdopen(back, "rb") as answer:
        said = answer.read()
    _pid, status, used = os.wait4(child, 0)
    told = {"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}
    if status or not said:
        return told | {"result": "died", "why": f"status {status}"}
    return told | dict(json.loads(said))


def _read(path: Path, checks: bool) -> dict[str, str]:
    from peelian.intake.documents import read_document
    from peelian.intake.tables import Rejected

    try:
        document = read_document(path)
    except Rejected:
        return {"result": "refused"}
    except BaseException:
        return {"result": "raised", "why": traceback.format_exc()[-3000:]}
    if not checks:
        return {"result": "read"}
    try:
        from peelian.proofreading.findings import run
        from peelian.proofreading.proof import Proof

        run(Proof([document]))
    except NotImplementedError:
        return {"result": "read, not checked"}
    except BaseException:
        return {"result": "check raised", "why": traceback.format_exc()[-3000:]}
    return {"result": "read"}


def main() -> None:
    """Damage and read for as long as asked, and print what should not be."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=1)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path, default=Path("var/fuzzing"))
    asked.add_argument("--no-checks", action="store_true", help="only read: many more in the time")
    asked.add_argument("documents", type=Path, nargs="*", help="to be damaged as well")
    options = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelian.config.settings")
    os.environ.setdefault("PEELIAN_SECRET_KEY", "for-fuzzing-only")
    import django

    django.setup()
    _warm()
    chance = random.Random(options.seed)
    whole = [(form, made()) for form, made in MADE.items() if form != "pdf" or _has_pdf()]
    whole += [(path.suffix[1:], path.read_bytes()) for path in options.documents]
    forms = sorted({form for form, _content in whole})
    counts: Counter[str] = Counter()
    known: set[str] = set()
    ends = time.monotonic() + options.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < ends:
            form = chance.choice(forms)
            content = damaged(chance.choice([c for f, c in whole if f == form]), chance)
            path = Path(folder, f"t.{form}")
            path.write_bytes(content)
            told = tried(path, not options.no_checks)
            counts[f"{form}: {told['result']}"] += 1
            _report(told, form, content, options.keep, known)
    for what, count in sorted(counts.items()):
        print(f"{count:8,} {what}")


def _warm() -> None:
    """Load every reader once, so that a child need not."""
    for name in ("intake.docx", "intake.worksheets", "intake.text", "proofreading.proof"):
        importlib.import_module(f"peelian.{name}")
    importlib.import_module("python_calamine")
    with contextlib.suppress(ModuleNotFoundError):
        importlib.import_module("peelian.proofreading.every")


def _has_pdf() -> bool:
    try:
        importlib.import_module("peelian.intake.pdf")
    except ModuleNotFoundError:
        return False
    return True


def _report(told: dict[str, Any], form: str, content: bytes, keep: Path, known: set[str]) -> None:
    """Print and keep a case that should not be; one of a kind."""
    bad = told["result"] in ("died", "raised", "check raised")
    slow = told["seconds"] > SLOW or told["megabytes"] > LARGE
    if not (bad or slow):
        return
    why = told.get("why", "")
    kind = f"{form} {told['result']} {re.sub(r'[0-9]+', '', why.strip()[-120:])}"
    if kind in known:
        return
    known.add(kind)
    keep.mkdir(parents=True, exist_ok=True)
    name = f"{hashlib.sha256(content).hexdigest()[:10]}.{form}"
    (keep / name).write_bytes(content)
    cost = f"{told['seconds']:.1f} s, {told['megabytes']:.0f} MB"
    print(f"{name}: {told['result']}, {cost}\n{why}", flush=True)


if __name__ == "__main__":
    main()
