"""Write the hashed requirement files from pyproject.toml, for every platform, without any host.

python3 scripts/lock.py             keep the pinned versions where they still fit
python3 scripts/lock.py --upgrade   take the newest that pyproject.toml allows
"""

from __future__ import annotations

import subprocess
import sys

from bootstrap import uv

OPTIONS = (
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--python-version=3.11",
    "--custom-compile-command=make lock",
)
FILES = {
    "requirements.txt": ("pyproject.toml", "--extra=postgresql"),
    "requirements-dev.txt": ("pyproject.toml", "--extra=dev", "--constraint=requirements.txt"),
    "requirements-uv.txt": ("--group=pyproject.toml:uv",),
    "requirements-node.txt": ("--group=pyproject.toml:node",),
}


def main() -> None:
    """Lock every file in turn; exit with a sentence on failure."""
    for name, source in FILES.items():
        try:
            uv("pip", "compile", *OPTIONS, *sys.argv[1:], f"--output-file={name}", *source)
        except subprocess.CalledProcessError:
            sys.exit(f"{name} could not be locked, see above.")
        print(name)


if __name__ == "__main__":
    main()
