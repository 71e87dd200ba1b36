"""Pages of this site looked at without the network: they are asked for as a visitor would."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import time
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from peelian.publication.asking import USER_AGENT, Limits
from peelian.publication.reading import read
from peelian.publication.verdicts import Form, Verdict
from peelian.publication.visiting import Found


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def look(path: str, form: Form, today: dt.date) -> Found:
    """Return what the public finds at a path of this site."""
    at, started = dt.datetime.now(dt.UTC), time.monotonic()
    status, headers, body = _asked(path)
    seconds = round(time.monotonic() - started, 2)
    media_type = headers.get("content-type", "").partition(";")[0]
    reading = None
    if status == 200:
        reading = read(body[: Limits().size], path, media_type, today)
        is_it = form in (reading.form, Form.OTHER)
        verdict, detail = (Verdict.ANSWERS, "") if is_it else (Verdict.WRONG_TYPE, reading.form)
    elif status in (404, 410):
        verdict, detail = Verdict.GONE, str(status)
    else:
        verdict, detail = Verdict.ERROR, str(status)
    return Found(
        url=path,
        verdict=verdict,
        at=at,
        detail=str(detail),
        status=status,
        final_url=path,
        seconds=seconds,
        size=len(body),
        media_type=media_type,
        sha256=hashlib.sha256(body).hexdigest() if body else "",
        reading=reading,
    )


def _asked(path: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of this site's own answer."""
    site, parts = urlsplit(settings.SITE), urlsplit(path)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(parts.path),
        "QUERY_STRING": parts.query,
        "HTTP_HOST": site.netloc,
        "HTTP_USER_AGENT": USER_AGENT,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        # Whoever serves the site ends TLS before it.
        **({"HTTP_X_FORWARDED_PROTO": "https"} if settings.HTTPS else {}),
    }
    setup_testing_defaults(environ)
    # Neither begun nor ended as a request of its own: that would close the database's connection.
    response: Any = _handler().get_response(WSGIRequest(environ))
    headers = {name.lower(): value for name, value in response.items()}
    return response.status_code, headers, b"".join(response)
