"""Whistles and their tasks for the table of access: one in each state that an address asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from kernel import clock
from tests.whistles import steps
from tests.world import EAST, World
from whistles.models import Task, Whistle
from whistles.services import gathering

KINDS = (Whistle, Task)
CREATING = ("/whistles/", "/whistles/blow/")
# What a unit says for itself is created beside the whistle.
BESIDE = ("/receipts/", "/leaves/", "/agenda/", "/check-ins/", "/scores/")


def wanted(world: World, _thing: Any) -> dict[str, Any]:
    """An emergency in the east that begins in half an hour."""
    return {
        "kind": "emergency",
        "matter": "燃气泄漏处置",
        "where": "工农社区北门",
        "area_code": EAST,
        "meets_at": (clock.now() + timedelta(minutes=30)).isoformat(),
        "units": [world.units["west_town"].pk],
    }


def later(world: World, _thing: Any) -> dict[str, Any]:
    return {"meets_at": (clock.now() + timedelta(minutes=40)).isoformat(), "note": "道路封闭"}


def signed(world: World, _thing: Any) -> dict[str, Any]:
    soon = (clock.now() + timedelta(minutes=30)).isoformat()
    return {"meets_at": soon, "units": [world.units["urban"].pk]}


def of_unit(key: str, **said: Any) -> Any:
    return lambda world, _thing: {"unit": world.units[key].pk, **said}


def minutes(world: World, _thing: Any) -> dict[str, Any]:
    task = {"what": "清理", "unit": world.units["urban"].pk, "limit_value": 1, "limit_unit": "workday"}
    return {"minutes": "会议记录", "decisions": ["限期清理"], "tasks": [task]}


# fmt: off
WHO = {
    # The whistle is blown by the east's head for its own ground, and the department is called; see matrix.py.
    "GET /whistles/":                     "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /whistles/":                    "-- ---x- ---- x --- x--- xx--- !",
    "POST /whistles/blow/":               "-- ----- --x- - --- ---- x---- !",
    "GET /whistles/{pk}/":                ".. ...xx x.xx x ... .... xxx.. !",
    "POST /whistles/{pk}/issue/":         "-- ----- --x- - --- ---- x---- !",
    "POST /whistles/{pk}/decline/":       "-- ----- --x- - --- ---- x---- !",
    "POST /whistles/{pk}/withdraw/":      "-- ---x- ---- . -.- .--- x.--- !",
    "POST /whistles/{pk}/summon/":        "-- ----- --x- - --- ---- x---- !",
    "POST /whistles/{pk}/move/":          "-- ----- --x- - --- ---- x---- !",
    "POST /whistles/{pk}/call-off/":      "-- ----- --x- - --- ---- x---- !",
    "POST /whistles/{pk}/excuse/":        "-- ----x x-x- - --. ---- x---- !",
    "POST /whistles/{pk}/roll/":          "-- ----x x-x- - --. ---- x---- !",
    "POST /whistles/{pk}/hold/":          "-- ----x x-x- - --. ---- x---- !",
    "POST /whistles/{pk}/minutes/":       "-- ----x x-x- - --. ---- x---- !",
    "POST /whistles/{pk}/unit-scores/":   "-- ----x x-x- - --. ---- x---- !",
    "POST /whistles/{pk}/receipts/":      "-- ...-- ---- x ..- .--- -x--- !",
    "POST /whistles/{pk}/leaves/":        "-- ...-- ---- x ..- .--- -x--- !",
    "POST /whistles/{pk}/agenda/":        ".. ...-x x.x- x ... .... xx-.. !",
    "POST /whistles/{pk}/check-ins/":     "-- ...-- ---- x ..- .--- -x--- !",
    "POST /whistles/{pk}/scores/":        "-- ...-- ---- x ..- .--- -x--- !",
    "GET /whistle-tasks/":                "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "GET /whistle-tasks/{pk}/":           ".. ...xx x.xx x ... .... xxx.. !",
    "POST /whistle-tasks/{pk}/report/":   "-- ...-- ---- x ..- .--- -x--- !",
    "POST /whistle-tasks/{pk}/confirm/":  "-- ----x x-x- - --. ---- x---- !",
    "POST /whistle-tasks/{pk}/send-back/": "-- ----x x-x- - --. ---- x---- !",
    "POST /whistle-tasks/{pk}/drop/":     "-- ----x x-x- - --. ---- x---- !",
}
# fmt: on

# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /whistles/": ("whistle", None),
    "POST /whistles/": ("whistle", wanted),
    "POST /whistles/blow/": ("whistle", wanted),
    "GET /whistles/{pk}/": ("whistle", None),
    "POST /whistles/{pk}/issue/": ("asked_whistle", signed),
    "POST /whistles/{pk}/decline/": ("asked_whistle", lambda *_: {"why": "own_duty"}),
    "POST /whistles/{pk}/withdraw/": ("asked_whistle", lambda *_: {"note": "已解决"}),
    "POST /whistles/{pk}/summon/": ("whistle", lambda world, _: {"units": [world.units["water"].pk]}),
    "POST /whistles/{pk}/move/": ("whistle", later),
    "POST /whistles/{pk}/call-off/": ("whistle", lambda *_: {"note": "险情排除"}),
    "POST /whistles/{pk}/excuse/": ("whistle", of_unit("urban", reason="防汛")),
    "POST /whistles/{pk}/roll/": ("whistle", of_unit("urban", name="李队长")),
    "POST /whistles/{pk}/hold/": ("begun", lambda *_: {}),
    "POST /whistles/{pk}/minutes/": ("assembled", minutes),
    "POST /whistles/{pk}/unit-scores/": ("recorded", of_unit("urban", response=4, result=5)),
    "POST /whistles/{pk}/receipts/": ("whistle", lambda *_: {"attendees": "李队长"}),
    "POST /whistles/{pk}/leaves/": ("whistle", lambda *_: {"reason": "防汛值守"}),
    "POST /whistles/{pk}/agenda/": ("whistle", lambda *_: {"text": "北门摊点"}),
    "POST /whistles/{pk}/check-ins/": ("whistle", lambda *_: {"lng": 117.59, "lat": 34.77}),
    "POST /whistles/{pk}/scores/": ("recorded", lambda *_: {"needed": 5, "prepared": 4}),
    "GET /whistle-tasks/": ("given", None),
    "GET /whistle-tasks/{pk}/": ("given", None),
    "POST /whistle-tasks/{pk}/report/": ("given", lambda *_: {"report": "已清理"}),
    "POST /whistle-tasks/{pk}/confirm/": ("reported", lambda *_: {}),
    "POST /whistle-tasks/{pk}/send-back/": ("reported", lambda *_: {"note": "未清理干净"}),
    "POST /whistle-tasks/{pk}/drop/": ("given", lambda *_: {"note": "已不需要"}),
}


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT. `at` is a few minutes ago."""

    def blown(since: datetime) -> Whistle:
        soon = since + timedelta(minutes=30)
        return steps.issued(world, on=since, kind="emergency", meets_at=soon, units=("urban",))

    def assembled() -> Whistle:
        whistle = blown(at - timedelta(hours=2))
        gathering.gather(whistle_ids=[whistle.pk], at=at - timedelta(minutes=30))
        return whistle

    def task(*, reported: bool = False) -> Task:
        given = steps.minuted(world, assembled(), steps.task(world), on=at)[0]
        return steps.done(world, given, on=at) if reported else given

    recorded = assembled()
    steps.minuted(world, recorded, on=at)
    return {
        "whistle": blown(at),
        "asked_whistle": steps.asked(
            world, on=at, kind="emergency", meets_at=at + timedelta(minutes=30), units=("urban",)
        ),
        "begun": blown(at - timedelta(minutes=35)),
        "assembled": assembled(),
        "recorded": recorded,
        "given": task(),
        "reported": task(reported=True),
    }
