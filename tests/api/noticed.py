"""Notices for the table of access: one of the dispatcher's; everybody has an inbox, nobody reads another's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from notices.models import Notice
from notices.services.telling import tell
from tests.world import World

KINDS = (Notice,)
CREATING: tuple[str, ...] = ()
QUIET = {"digest_hour": 8, "quiet_from": "21:00", "quiet_until": "07:30"}

# fmt: off
WHO = {
    # Everybody who is signed in has an inbox and says how they are told; the notice at hand is the dispatcher's.
    "GET /notices/":                                   "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "GET /notices/unread/":                            "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /notices/{pk}/read/":                        ".. ..... x... . ... .... ..... !",
    "POST /notices/read/":                             "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "GET /notice-kinds/":                              "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /notice-kinds/{pk}/mute/":                   "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /notice-kinds/{pk}/unmute/":                 "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "GET /notice-preferences/":                        "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /notice-preferences/":                       "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /notice-contacts/":                          "xx xxxxx xxxx x xxx xxxx xxxxx !",
}
# fmt: on

SENT: dict[str, tuple[str, Any]] = {
    "GET /notices/": ("notice", None),
    "GET /notices/unread/": ("notice", None),
    "POST /notices/{pk}/read/": ("notice", {}),
    "POST /notices/read/": ("notice", lambda *_: {"kind": ""}),
    "GET /notice-kinds/": ("notice", None),
    "POST /notice-kinds/{pk}/mute/": ("kind", {}),
    "POST /notice-kinds/{pk}/unmute/": ("kind", {}),
    "GET /notice-preferences/": ("notice", None),
    "POST /notice-preferences/": ("chosen", lambda *_: {"outward": "daily", **QUIET}),
    "POST /notice-contacts/": ("notice", lambda *_: {"means": "phone", "address": "13800000000"}),
}


class Plain:
    """Something that is no row: a kind by its code, preferences that nobody chose yet."""

    def __init__(self, pk: str = "", version: int = 0) -> None:
        self.pk, self.version = pk, version


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """A notice of the dispatcher."""
    person = world.users["dispatcher"].pk
    with transaction.atomic():
        tell(kind="dispatch.assigned", people=[person], subject="1", facts={"number": "1"}, once="matrix", at=at)
    return {
        "notice": Notice.objects.get(once="matrix"),
        "kind": Plain("dispatch.assigned"),
        "chosen": Plain(version=0),
    }
