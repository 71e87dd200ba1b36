"""What every page's frame shows: the office's name, the navigation, who is signed in."""

from typing import Any
from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"office": settings.OFFICE}
