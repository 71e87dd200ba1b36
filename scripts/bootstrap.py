"""Make .venv with exactly the packages that requirements-dev.txt names by hash.

Needs only Python 3.11 or newer. uv comes by pip into .tools; a mirror, certificate or proxy that
the person has set up for pip is handed to uv in the environment and written nowhere.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
BOOT = TOOLS / "boot"
UV = TOOLS / "uv/bin/uv"
UV_REQUIREMENTS = ROOT / "requirements-uv.txt"

# What pip calls it, what uv calls it, and the separator uv wants in a list.
FROM_PIP = (
    ("index-url", "UV_DEFAULT_INDEX", " "),
    ("extra-index-url", "UV_INDEX", " "),
    ("find-links", "UV_FIND_LINKS", ","),
    ("trusted-host", "UV_INSECURE_HOST", " "),
    ("timeout", "UV_HTTP_TIMEOUT", " "),
    ("default-timeout", "UV_HTTP_TIMEOUT", " "),  # the same under the name of its variable
    ("cert", "SSL_CERT_FILE", " "),
    ("proxy", "ALL_PROXY", " "),
)
# Settings of pip and uv that would send the packages elsewhere than asked.
UNWANTED = (
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_CONSTRAINT",
    "PYTHONHOME",
    "PYTHONPATH",
    "UV_CONSTRAINT",
    "UV_OVERRIDE",
    "UV_PYTHON",
    "UV_SYSTEM_PYTHON",
    "UV_WORKING_DIR",
    "VIRTUAL_ENV",
)


def main() -> None:
    """Make the environment and install the project into it; exit with a sentence on failure."""
    if sys.version_info < (3, 11):  # noqa: UP036 - nothing has checked it yet
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.exit(f"Peelian needs Python 3.11 or newer; {sys.executable} is {found}.")
    try:
        make_environment()
    except subprocess.CalledProcessError as error:
        command = " ".join(str(part) for part in error.cmd)
        sys.exit(f"Set-up stopped: this command failed, see above.\n  {command}")


def make_environment() -> None:
    """Bring .venv in step with requirements-dev.txt, with the project itself installed in place."""
    if not runs(VENV / "bin/python"):
        uv("venv", "--quiet", "--clear", "--python", sys.executable, str(VENV))
    into = ("--python", str(VENV / "bin/python"))
    requirements = str(ROOT / "requirements-dev.txt")
    print("Installing what requirements-dev.txt names into .venv.", flush=True)
    install = ("pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", *no_index())
    uv(*install, *into, requirements)
    project = ("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))
    uv("pip", "install", "--quiet", *into, *project)
    # Where Python is told to write no bytecode, every command would compile the whole again.
    compiled = [str(VENV / "bin/python"), "-m", "compileall", "-q", str(ROOT / "peelian")]
    subprocess.run(compiled, check=True)


def install_wheels(requirements: Path, target: Path) -> None:
    """Install hashed requirements into a folder of their own, outside the environment."""
    shutil.rmtree(target, ignore_errors=True)
    options = ("--quiet", "--require-hashes", "--no-deps", "--python", sys.executable, *no_index())
    uv("pip", "install", *options, "--target", str(target), "--requirements", str(requirements))


def uv(*arguments: str) -> None:
    """Run the pinned uv, and fetch it first where it is missing."""
    if not runs(UV):
        fetch_uv()
    subprocess.run([str(UV), *arguments], cwd=ROOT, env=uv_environment(), check=True)


def fetch_uv() -> None:
    """Install uv by pip into .tools/uv, checked against its hash."""
    folder = UV.parents[1]
    shutil.rmtree(folder, ignore_errors=True)
    command = [*pip(), "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    hashed = ["--require-hashes", "--requirement", str(UV_REQUIREMENTS)]
    subprocess.run([*command, *hashed, "--target", str(folder)], env=clean(), check=True)


def pip() -> list[str]:
    """A command that runs pip: this Python's, or one in a virtual environment made for it."""
    own = [sys.executable, "-m", "pip"]
    if subprocess.run([*own, "--version"], env=clean(), capture_output=True).returncode == 0:
        return own
    if not runs(BOOT / "bin/pip"):
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(BOOT)], env=clean())
        if made.returncode:
            sys.exit(
                f"{sys.executable} has neither pip nor venv. On Debian or Ubuntu: "
                "apt-get install python3-venv"
            )
    return [str(BOOT / "bin/python"), "-m", "pip"]


def clean() -> dict[str, str]:
    """The person's environment without what would divert an installation."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    return {**kept, "PIP_ROOT_USER_ACTION": "ignore"}  # a folder of our own harms no system


def uv_environment() -> dict[str, str]:
    """The environment for uv: the person's, and what pip is configured to use."""
    environment = clean()
    environment["UV_PYTHON_DOWNLOADS"] = "never"
    settings = pip_settings()
    for key, name, separator in FROM_PIP:
        if key in settings:
            environment.setdefault(name, separator.join(settings[key].split()))
    if "extra-index-url" in settings:
        # pip takes the best of all indexes; the hashes keep that safe.
        environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return environment


def no_index() -> tuple[str, ...]:
    """uv's option to stay with local files, if pip is set to do so."""
    wanted = pip_settings().get("no-index", "").lower() in {"1", "true", "yes", "on"}
    return ("--no-index",) if wanted else ()


_settings: dict[str, str] = {}


def pip_settings() -> dict[str, str]:
    """pip's settings for an installation, from its files and variables, by their bare names."""
    if not _settings:
        command = [*pip(), "config", "list"]
        listing = subprocess.run(command, env=clean(), capture_output=True, text=True).stdout
        _settings.update(read_settings(listing), read="")
    return _settings


def read_settings(listing: str) -> dict[str, str]:
    """What `pip config list` printed, by bare name; the nearer source wins, as in pip."""
    found: dict[str, str] = {}
    for section in ("global", "install", ":env:"):
        for line in listing.splitlines():
            key, _, value = line.partition("=")
            if key.startswith(f"{section}."):
                found[key.removeprefix(f"{section}.")] = str(ast.literal_eval(value))
    return found


def runs(program: Path) -> bool:
    """Whether a program is there and starts (a moved or upgraded Python leaves one that is not)."""
    try:
        return subprocess.run([program, "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    main()
