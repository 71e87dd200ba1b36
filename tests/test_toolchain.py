"""What set-up promises: lock files name no place, and every tool is there for a reason."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import assets
import bootstrap

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
LOCKS = [*REQUIREMENTS, ROOT / "package-lock.json"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_names_no_registry_and_no_folder_of_a_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    places = r"""https?://|file:|"resolved"|index-url|find-links|(?:^|[\s"'=])/\w"""
    assert re.findall(places, text, re.M) == []


@pytest.mark.parametrize("lock", REQUIREMENTS, ids=lambda path: path.name)
def test_every_locked_package_has_one_version_and_a_hash(lock: Path) -> None:
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", package)


def test_what_runs_in_production_is_what_was_tested() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.M))

    assert versions("requirements.txt") <= versions("requirements-dev.txt")


def test_every_web_package_is_pinned_and_checked_by_its_hash() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    locked = {
        path.removeprefix("node_modules/"): it for path, it in lock["packages"].items() if path
    }
    assert {name: package["version"] for name, package in locked.items()} == wanted
    assert all(package["integrity"].startswith("sha512-") for package in locked.values())


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    extras = project["project"]["optional-dependencies"]
    groups = [project["project"]["dependencies"], *extras.values()]
    groups += project["dependency-groups"].values()
    for dependency in (name for group in groups for name in group):
        assert re.search(rf'"{re.escape(dependency)}"[\],]*\s*# \w', text), dependency


def test_every_make_target_the_readme_names_exists() -> None:
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("no README yet")
    named = set(re.findall(r"\bmake ([a-z]+)\b", "".join(code_in(readme.read_text("utf-8")))))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert named - targets == set()


def code_in(markdown: str) -> list[str]:
    """The code spans, fenced and indented blocks of a Markdown text."""
    return re.findall(r"```.*?```|`[^`\n]+`|^ {4}.*$", markdown, re.M | re.S)


def test_make_lists_its_targets_with_what_they_do() -> None:
    listing = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("setup", "demo", "test", "check", "bench", "clean"):
        assert re.search(rf"^  make {target}\s+\w", listing.stdout, re.M), target


@pytest.mark.parametrize(
    ("listing", "found"),
    [
        ("", ""),
        ("global.index-url='https://mirror.invalid/simple'", "https://mirror.invalid/simple"),
        (
            "global.index-url='https://a.invalid'\ninstall.index-url='https://b.invalid'",
            "https://b.invalid",
        ),
        (
            ":env:.index-url='https://c.invalid'\nglobal.index-url='https://a.invalid'",
            "https://c.invalid",
        ),
    ],
)
def test_set_up_uses_the_mirror_that_pip_would_use(listing: str, found: str) -> None:
    assert bootstrap.read_settings(listing).get("index-url", "") == found


def test_the_style_sheet_carries_neither_the_typeface_nor_the_crest_of_govuk() -> None:
    css = assets.style_sheet(
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif}"
        ".b{background-image:url(/assets/images/govuk-crest.svg);color:red}"
        "/*# sourceMappingURL=govuk-frontend.min.css.map */"
    )
    assert css == (
        '.a{font-family:"Source Sans 3",arial,sans-serif}.b{background-image:none;color:red}'
    )


def test_a_style_sheet_with_an_image_we_do_not_copy_is_refused() -> None:
    sheet = (
        "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif}.b{background:url(/assets/images/new.svg)}"
    )
    with pytest.raises(ValueError, match=r"new\.svg"):
        assets.style_sheet(sheet)
