"""One drawing from SVG on standard input to PNG on standard output, in a process of its own.

As in `peelian.documents.typeset`, a drawing that breaks the engine must not break the server.
Run by path: it knows Typst and the standard library only. Exit 2: no PNG; standard error says why.
"""

import json
import sys
import tempfile
from pathlib import Path

import typst

PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#image("drawing.svg", width: 720pt)
"""


def main() -> int:
    """Draw it; return the exit code."""
    job = json.load(sys.stdin.buffer)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "drawing.svg").write_text(job["svg"], encoding="utf-8")
        source = Path(folder, "page.typ")
        source.write_text(PAGE, encoding="utf-8")
        try:
            content = typst.compile(
                source,
                root=folder,
                font_paths=job["font_paths"],
                ignore_system_fonts=True,
                format="png",
                ppi=144.0,
            )
        except typst.TypstError as error:
            sys.stderr.write(error.message)
            return 2
    sys.stdout.buffer.write(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
