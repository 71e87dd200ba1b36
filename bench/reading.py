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
            # In a process of its own: the memory it takes must not count as the reader's.
            subprocess.run([sys.executable, "-m", "bench.reading", str(pages), path], check=True)
            before, started = _used(), time.perf_counter()
            document = read_pdf(path)
            taken, worked = time.perf_counter() - started, _used() - before
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            if (document.pages or 0) < pages:
                sys.exit(f"{document.pages} pages were read of {pages}")
            print(
                f"| {document.pages:,} pages | {path.stat().st_size / 1e6:.1f} MB | {taken:.1f} s "
                f"| {worked:.1f} s | {worked / (document.pages or 1):.3f} | {peak:.0f} MB |"
            )


def _used() -> float:
    """Return the seconds for which finished processes of ours have kept a core busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def make(pages: int, path: Path) -> None:
    """Write a PDF of at least so many pages."""
    words = '#set text(9pt)\n#set page(numbering: "1", margin: 2cm)\n'
    words += "#pagebreak()\n".join(PAGE.format(n=n) for n in range(pages))
    made = typst.compile(words.encode(), ignore_system_fonts=True, format="pdf")
    path.write_bytes(made)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        make(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        main()
