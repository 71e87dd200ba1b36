"""Addresses of Modern.Gov's pages, and what of an address says where it leads. No record."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

# What says which page is meant; the rest of a query is how it is to be shown.
_NAMED = ("cid", "mid", "id", "uid")
_LONGEST = 200


def key_of(address: str) -> str:
    """Return the one form of an address that is looked up: page, named parts, then the site.

    The page stands first so that it is found whatever site it once stood on. Modern.Gov keeps a
    document under its number, `/documents/s1234/Any%20name.pdf`: what follows may change.
    """
    try:
        parts = urlsplit(address.strip())
        site = (parts.hostname or "").lower()
    except ValueError:
        return address.strip().lower()[:_LONGEST]
    path = parts.path.strip("/")
    if path.lower().startswith("documents/"):
        path = "/".join(path.split("/")[:2])
    said = {name.lower(): value for name, value in parse_qsl(parts.query)}
    named = sorted((name, value) for name, value in said.items() if name in _NAMED)
    query = f"?{urlencode(named)}" if named else ""
    return f"{path}{query}@{site}".lower()[:_LONGEST]


def site_of(address: str) -> str:
    """Return the host of an address; empty for what is none."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""


def committee_page(site: str, committee: str) -> str:
    """Return the address of a committee's page."""
    return f"{site}/mgCommitteeDetails.aspx?ID={committee}"


def meeting_page(site: str, committee: str, meeting: str) -> str:
    """Return the address of a meeting's page."""
    return f"{site}/ieListDocuments.aspx?CId={committee}&MId={meeting}"


def item_page(site: str, item: str) -> str:
    """Return the address of an agenda item's page."""
    return f"{site}/mgAi.aspx?ID={item}"


def person_page(site: str, person: str) -> str:
    """Return the address of a member's page."""
    return f"{site}/mgUserInfo.aspx?UID={person}"


def document_page(site: str, address: str) -> str:
    """Return the whole address of a document, which a site may give without its own name."""
    return urljoin(f"{site}/", address)
