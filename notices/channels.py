"""The ways out of the product, as the settings name them: each a name and a URL, the first one tried first.

A URL is one of apprise (https://github.com/caronc/apprise/wiki), with {phone} or {email} where the person's own address
goes; a URL without either reaches everybody, such as the robot of a group. "log://" writes a line to the log.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.conf import settings

from notices.choices import Means

LOG = "log://"


def configured() -> dict[str, str]:
    """Name → URL, in the order of the settings."""
    found: dict[str, str] = dict(settings.NOTICE_CHANNELS)
    return found


def route(*, first: str, contacts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The ways to one person, their first choice first: name and the URL with their address filled in.

    A way that needs an address which the person never gave is left out.
    """
    named = sorted(configured().items(), key=lambda one: one[0] != first)
    filled = [(name, fill(url, contacts)) for name, url in named]
    return [(name, url) for name, url in filled if url]


def fill(url: str, contacts: Mapping[str, str]) -> str:
    """The URL with the person's addresses in it; "" where one is missing."""
    for means in Means.values:
        hole = "{" + means + "}"
        if hole in url:
            if not contacts.get(means):
                return ""
            url = url.replace(hole, quote(contacts[means], safe=""))
    return url
