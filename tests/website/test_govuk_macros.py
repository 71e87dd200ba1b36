"""The component macros and the style sheet are of one version: their own examples agree."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from peelian.website.renderer import component

EXAMPLES = Path(__file__).resolve().parents[2] / "node_modules/govuk-frontend/dist/govuk/components"
FILES = sorted(EXAMPLES.glob("*/fixtures.json"))


class Outline(HTMLParser):
    """What a browser makes of some HTML, whatever its spacing."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if words := " ".join(data.split()):
            self.parts.append(words)


@pytest.mark.skipif(
    not FILES, reason="govuk-frontend is not in node_modules; make setup fetches it"
)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_a_component_is_drawn_as_govuk_frontend_draws_it(path: Path) -> None:
    examples = json.loads(path.read_text(encoding="utf-8"))
    for example in examples["fixtures"]:
        drawn = component(examples["component"], **example["options"])
        assert Outline(drawn).parts == Outline(example["html"]).parts, example["name"]
