"""Calls for the table of access, one in each state that an address asks for: the east calls urban and water."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from PIL import Image

from calls.models import Call, Part
from calls.services import answering, parts
from calls.services.showing import show
from kernel import clock
from organizations.models import ResponsibilityEntry, Team
from petitions.services.attaching import prepared
from tests.calls import steps
from tests.world import World

KINDS = (Call,)
CREATING = ("/calls/",)
MINUTE = timedelta(minutes=1)


@dataclass
class PartOf:
    """A part as an address names it: by its call and by itself."""

    pk: UUID
    part_id: UUID
    version: int


@dataclass
class FileOf:
    """A file as an address names it: by its call and by itself."""

    pk: UUID
    file_id: UUID
    version: int = 1


def picture() -> io.BytesIO:
    """A photograph of the place."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "JPEG")
    file.name = "现场.jpg"
    file.seek(0)
    return file


def shown(world: World, *, at: datetime) -> FileOf:
    """A photograph that the caller has added."""
    call = call_in(world, "called", at=at)
    given = [prepared(file=picture(), name="a.jpg")]
    (row,) = show(call_id=call.pk, given=given, actor=world.actor("east_officer", on=at), at=at)
    return FileOf(pk=call.pk, file_id=row.pk)


def named(name: str) -> Any:
    """Somebody of the unit, in a minute."""
    return lambda world, _thing: {
        "person": world.users[name].pk,
        "promised_at": (clock.now() + MINUTE).isoformat(),
    }


def triaged(world: World, _thing: Any) -> dict[str, Any]:
    until = (clock.now() + timedelta(days=3)).isoformat()
    return {"unit": world.units["urban"].pk, "until": until, "assists": [{"unit": world.units["water"].pk}]}


def row(_world: World, _thing: Any) -> dict[str, Any]:
    return {"entry": ResponsibilityEntry.objects.get(code="M-CG-L").pk, "note": "不属本局职责"}


def note(*_: Any) -> dict[str, Any]:
    return {"note": "情况属实"}


# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /calls/": ("call_called", None),
    "POST /calls/": ("call_called", lambda *_: {"kind": "livelihood", "asked": "请派人到场"}),
    "GET /calls/{pk}/": ("call_called", None),
    "POST /calls/{pk}/sign/": ("call_signing", lambda *_: {}),
    "POST /calls/{pk}/decline/": ("call_signing", note),
    "POST /calls/{pk}/triage/": ("call_filed", triaged),
    "POST /calls/{pk}/turn-away/": ("call_filed", note),
    "POST /calls/{pk}/answer/": ("call_called", named("urban_handler")),
    "POST /calls/{pk}/refuse/": ("call_called", row),
    "POST /calls/{pk}/arrive/": ("call_answered", lambda *_: {"lng": 117.59, "lat": 34.77}),
    "POST /calls/{pk}/report/": ("call_arrived", lambda *_: {"result": "已清理"}),
    "POST /calls/{pk}/solve/": ("call_reported", lambda *_: {"speed": 5, "quality": 4}),
    "POST /calls/{pk}/send-back/": ("call_reported", note),
    "POST /calls/{pk}/uphold/": ("call_refused", note),
    "POST /calls/{pk}/overrule/": ("call_refused", note),
    "POST /calls/{pk}/withdraw/": ("call_called", note),
    "POST /calls/{pk}/petition/": (
        "call_called",
        lambda *_: {"nature": "help", "title": "求助", "description": "求助"},
    ),
    "POST /calls/{pk}/parts/{part_id}/answer/": ("part_called", named("water_handler")),
    "POST /calls/{pk}/parts/{part_id}/arrive/": ("part_answered", lambda *_: {}),
    "POST /calls/{pk}/parts/{part_id}/report/": ("part_arrived", lambda *_: {"result": "已停水"}),
    "POST /calls/{pk}/parts/{part_id}/refuse/": ("part_called", row),
    "POST /calls/{pk}/parts/{part_id}/uphold/": ("part_refused", note),
    "POST /calls/{pk}/parts/{part_id}/overrule/": ("part_refused", note),
    "POST /calls/{pk}/files/": ("call_arrived", lambda *_: {"file": picture()}),
    "GET /calls/{pk}/files/{file_id}/": ("file", None),
    "POST /calls/{pk}/send/": ("call_called", lambda *_: {"team": str(Team.objects.get(code="T-1").pk)}),
}

# fmt: off
WHO = {
    # address                                          own, strangers, county, department, others, heads…, nobody
    "GET /calls/":                                     "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /calls/":                                    "-- ---x- ---- x -x- x--- x---- !",
    "GET /calls/{pk}/":                                ".. ...xx xxxx x ... x... xxx.. !",
    "POST /calls/{pk}/sign/":                          "-- ----- ---- - --- ---- x.--- !",
    "POST /calls/{pk}/decline/":                       "-- ----- ---- - --- ---- x.--- !",
    "POST /calls/{pk}/triage/":                        "-- ----- x-x- - --. ---- ----- !",
    "POST /calls/{pk}/turn-away/":                     "-- ----- x-x- - --. ---- ----- !",
    "POST /calls/{pk}/answer/":                        "-- --.-- ---- x -.- ---- -x-.- !",
    "POST /calls/{pk}/refuse/":                        "-- --.-- ---- x -.- ---- -x--- !",
    "POST /calls/{pk}/arrive/":                        "-- --.-- ---- x -.- ---- -x-.- !",
    "POST /calls/{pk}/report/":                        "-- --.-- ---- x -.- ---- -x-.- !",
    "POST /calls/{pk}/solve/":                         "-- ---x- ---- - -.- ---- x---- !",
    "POST /calls/{pk}/send-back/":                     "-- ---x- ---- - -.- ---- x---- !",
    "POST /calls/{pk}/uphold/":                        "-- ----- --x- - --- ---- ----- !",
    "POST /calls/{pk}/overrule/":                      "-- ----- --x- - --- ---- ----- !",
    "POST /calls/{pk}/withdraw/":                      "-- ---x- ---- - -.- ---- x---- !",
    "POST /calls/{pk}/petition/":                      "-- ---x- ---- - -.- ---- x---- !",
    "POST /calls/{pk}/parts/{part_id}/answer/":        "-- --.-- ---- - -.- x--- ----- !",
    "POST /calls/{pk}/parts/{part_id}/arrive/":        "-- --.-- ---- - -.- x--- ----- !",
    "POST /calls/{pk}/parts/{part_id}/report/":        "-- --.-- ---- - -.- x--- ----- !",
    "POST /calls/{pk}/parts/{part_id}/refuse/":        "-- --.-- ---- - -.- x--- ----- !",
    "POST /calls/{pk}/parts/{part_id}/uphold/":        "-- ----- --x- - --- ---- ----- !",
    "POST /calls/{pk}/parts/{part_id}/overrule/":      "-- ----- --x- - --- ---- ----- !",
    "POST /calls/{pk}/files/":                         ".. ...x- ---- x ... -... xx-.. !",
    "GET /calls/{pk}/files/{file_id}/":                ".. ...xx xxxx x ... x... xxx.. !",
    "POST /calls/{pk}/send/":                          "-- ---x- ---- - -.- ---- x---- !",
}
# fmt: on


def call_in(world: World, state: str, *, at: datetime) -> Call:
    """A call that has come as far as a state; every step is a minute after the last."""
    if state == "signing":
        return steps.filed(world, at=at, kind="enforcement")
    if state == "filed":
        return steps.filed(world, at=at)
    begun = at - timedelta(hours=4)
    call = steps.called(world, at=begun, assists=("water",))
    then = begun + timedelta(hours=1, minutes=1)
    if state == "refused":
        said = {"entry_id": row(world, call)["entry"], "note": "不属本局职责"}
        return answering.refuse(call_id=call.pk, actor=world.actor("urban_handler", on=then), at=then, **said)
    if state == "reported":
        return steps.reported(world, call, at=then)
    if state in ("answered", "arrived"):
        call = steps.answered(world, call, at=then)
    if state == "arrived":
        call = answering.arrive(call_id=call.pk, actor=world.actor("urban_handler", on=then), at=then + MINUTE)
    return call


def part_in(world: World, state: str, *, at: datetime) -> PartOf:
    """The part of the water company in a state."""
    call = call_in(world, "called", at=at)
    part, then = Part.objects.get(call=call), at - timedelta(hours=2)
    common: dict[str, Any] = {"call_id": call.pk, "part_id": part.pk, "actor": world.actor("water_handler", on=then)}
    if state == "refused":
        said = {"entry_id": row(world, part)["entry"], "note": "不属供水"}
        part = parts.refuse_part(at=then, **said, **common)
    elif state != "called":
        person = world.users["water_handler"].pk
        part = parts.answer_part(person_id=person, promised_at=then + MINUTE, at=then, **common)
    if state == "arrived":
        part = parts.arrive_part(at=then + MINUTE, **common)
    return PartOf(pk=call.pk, part_id=part.pk, version=part.version)


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT."""
    found = {"file": shown(world, at=at)}
    states = ("signing", "filed", "called", "answered", "arrived", "reported", "refused")
    return (
        found
        | {f"call_{state}": call_in(world, state, at=at) for state in states}
        | {f"part_{state}": part_in(world, state, at=at) for state in ("called", "answered", "arrived", "refused")}
    )
