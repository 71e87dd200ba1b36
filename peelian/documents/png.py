"""A drawing as a picture: for slides and letters that take no SVG."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from peelian.documents.pdf import font_paths

RASTER = Path(__file__).with_name("raster.py")
TIMEOUT = 20


def as_png(svg: str) -> bytes:
    """Return a drawing as PNG, 1,440 pixels wide. Raises ValueError where it cannot be drawn."""
    job = {"svg": svg, "font_paths": font_paths()}
    try:
        made = subprocess.run(  # noqa: S603 (our own script; the drawing goes in as data)
            [sys.executable, "-P", str(RASTER)],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=TIMEOUT,
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError(f"the drawing was not made within {TIMEOUT} seconds") from error
    if made.returncode:
        raise ValueError(f"the drawing could not be made: {made.stderr.decode()[-500:]}")
    return made.stdout
