"""Documents read: seconds and peak memory of PDFs made here, of 110 and of 1,000 dense pages.

``python -m bench.reading`` prints a Markdown table. Each file is read in a process of its own, as
it always is; the memory is that process's.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import typst

from peelian.intake.pdf import read_pdf

# A page of a panel's pack, densely set: prose, a delivery plan, two columns.
PAGE = """
= Report {n}
#lorem(180)

#table(columns: (1.4cm, 1fr, 1.6fr, 2.4cm), table.header([*Ref*], [*Activity*], [*Update*], [*By*]),
  ..range(6).map(k => ([{n}.#k], lorem(9), lorem(22), [Delivery Group])).flatten())
#columns(2, lorem(230))
"""


def main() -> None:
    """Make the files, read them, print what it took."""
    print("| PDF | Size | Read in | Of that at work | A page | Most memory |")
    print("|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for pages in (1, 110, 1000):
            path = Path(folder) / f"{pages}.pdf"
            # Each in a process of its own, so that neither's memory counts as the other's.
            for what in ("make", "read"):
                command = [sys.executable, "-m", "bench.reading", what, str(pages), path]
                subprocess.run(command, check=True)


def make(pages: int, path: Path) -> None:
    """Write a PDF of at least so many pages."""
    words = '#set text(9pt)\n#set page(numbering: "1", margin: 2cm)\n'
    words += "#pagebreak()\n".join(PAGE.format(n=n) for n in range(pages))
    path.write_bytes(typst.compile(words.encode(), ignore_system_fonts=True, format="pdf"))


def read(pages: int, path: Path) -> None:
    """Read a PDF and print what it took, as a row of the table."""
    started = time.perf_counter()
    document = read_pdf(path)
    taken = time.perf_counter() - started
    if (document.pages or 0) < pages:
        sys.exit(f"{document.pages} pages were read of {pages}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = used.ru_utime + used.ru_stime
    print(
        f"| {document.pages:,} pages | {path.stat().st_size / 1e6:.1f} MB | {taken:.1f} s "
        f"| {worked:.1f} s | {worked / pages:.3f} s | {used.ru_maxrss / 1024:.0f} MB |",
        flush=True,
    )


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        {"make": make, "read": read}[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))
