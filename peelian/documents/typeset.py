"""One document from JSON on standard input to PDF on standard output, in a process of its own.

The engine keeps what it has set in memory for the next ten documents, and a drawing can break it;
neither may happen to the server. Run by path: it knows Typst and the standard library only.

Exit 0: a PDF; standard error then holds why it does not claim PDF/UA-1, or nothing. Exit 2: no
PDF; standard error says why.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("document.typ")


def main() -> int:
    """Set the document; return the exit code."""
    job = json.load(sys.stdin.buffer)
    try:
        try:
            content = compiled(job, ["ua-1"])
        except typst.TypstError as error:
            if "PDF/UA-1" not in error.message:
                raise
            sys.stderr.write(error.message)
            content = compiled(job, [])
    except typst.TypstError as error:
        sys.stderr.write(error.message)
        return 2
    sys.stdout.buffer.write(content)
    return 0


def compiled(job: dict[str, Any], standards: list[Any]) -> bytes:
    """The PDF under these standards, in the fonts given and no other; TypstError if it cannot."""
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=job["font_paths"],
        ignore_system_fonts=True,
        sys_inputs=job["inputs"],
        pdf_standards=standards,
        timestamp=job["timestamp"],
        format="pdf",
    )


if __name__ == "__main__":
    sys.exit(main())
