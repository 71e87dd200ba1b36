"""One document from JSON on standard input to PDF on standard output, in a process of its own.

The engine keeps what it has set in memory for the next ten documents, and a drawing can break it;
neither may happen to the server. Run by path: it knows Typst, pikepdf and the standard library
only.

Exit 0: a PDF; standard error then holds why it does not claim PDF/UA-1, or nothing. Exit 2: no
PDF; standard error says why. A document with pages of other PDFs never claims it: Typst cannot
set these under a standard.
"""

import contextlib
import io
import json
import resource
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import typst

MOST_MEMORY = 2 * 1024**3  # bytes, with pages of other PDFs: those may unpack to any size
TEMPLATE = Path(__file__).with_name("document.typ")


def main() -> int:
    """Set the document; return the exit code."""
    job = json.load(sys.stdin.buffer)
    if job["files"]:
        with contextlib.suppress(ValueError, OSError):  # a lower limit is set already
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        # Typst reads what is below this folder and nothing else.
        template = Path(shutil.copy(TEMPLATE, folder))
        try:
            for digest, path in job["files"].items():
                flatten(path, Path(folder, f"{digest}.pdf"))
            content = claimed(job, template)
        except typst.TypstError as error:
            sys.stderr.write(error.message)
            return 2
        except Exception as error:  # what a broken PDF makes of its reader has many names
            sys.stderr.write(f"{type(error).__name__}: {error}")
            return 2
    sys.stdout.buffer.write(content)
    return 0


def flatten(source: str, target: Path) -> None:
    """Write a PDF with its stamps and filled-in fields as part of its pages: Typst drops them."""
    import pikepdf  # most documents need no other PDF

    with pikepdf.open(source, suppress_warnings=True) as pdf:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("print")
        pdf.save(target, deterministic_id=True)


def claimed(job: dict[str, Any], template: Path) -> bytes:
    """The PDF, under the standard if it can be; TypstError if it cannot be made at all."""
    if job["files"]:
        return titled(compiled(job, template, []))
    try:
        return compiled(job, template, ["ua-1"])
    except typst.TypstError as error:
        if "PDF/UA-1" not in error.message:
            raise
        sys.stderr.write(error.message)
        return titled(compiled(job, template, []))


def titled(content: bytes) -> bytes:
    """The PDF, to be shown under its title: Typst asks for that under the standard only."""
    import pikepdf

    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def compiled(job: dict[str, Any], template: Path, standards: list[Any]) -> bytes:
    """The PDF under these standards, in the fonts given and no other; TypstError if it cannot."""
    return typst.compile(
        template,
        root=template.parent,
        font_paths=job["font_paths"],
        ignore_system_fonts=True,
        sys_inputs=job["inputs"],
        pdf_standards=standards,
        timestamp=job["timestamp"],
        format="pdf",
    )


if __name__ == "__main__":
    sys.exit(main())
