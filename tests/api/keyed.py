"""Key work for the table of access: a project of the department, one in each state that an address asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from kernel import clock
from projects.models import ActionPlan, Bulletin, Instruction, Milestone, Month, MonthReport, Project
from projects.services import bulletins, ending, stopping
from tests.projects import steps
from tests.world import COUNTY, World

KINDS = (ActionPlan, Project, Milestone, Instruction, Month, MonthReport, Bulletin)
CREATING = ("/action-plans/", "/projects/", "/project-bulletins/")
# What is filed on a report of a month is no change of a version.
BESIDE = ("/file/", "/remark/")


def day(more: int) -> str:
    return (timezone.localtime(clock.now()).date() + timedelta(days=more)).isoformat()


def founding(_world: World, _thing: Any) -> dict[str, Any]:
    return {"name": "另一计划", "area_code": COUNTY, "starts_on": day(0), "ends_on": day(300)}


def batch(_world: World, _thing: Any) -> dict[str, Any]:
    return {"name": "第二批", "starts_on": "2026-02-01", "ends_on": "2027-02-01"}


def group(world: World, _thing: Any) -> dict[str, Any]:
    return {"name": "民生专班", "lead": world.units["urban"].pk, "head": world.users["leader"].pk}


def drafting(world: World, thing: ActionPlan) -> dict[str, Any]:
    said = steps.said(world, thing, code="NEW-1")
    given = {name: getattr(said, name) for name in said.__dataclass_fields__}
    return {**given, "plan": str(thing.pk), "starts_on": day(0), "ends_on": day(200)}


def people(world: World, _thing: Any) -> dict[str, Any]:
    return {"person": world.users["urban_head"].pk, "leader": world.users["leader"].pk, "note": "调岗"}


def instructing(world: World, _thing: Any) -> dict[str, Any]:
    return {"what": "完成拆迁", "unit": world.units["urban"].pk, "due_on": day(5)}


# fmt: off
WHO = {
    # The department owns the project, the east township helps, the county leader is in charge; see matrix.py.
    "GET /action-plans/":                            "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /action-plans/":                           "-- ----- x-x- - --- ---- ----- !",
    "GET /action-plans/{pk}/":                       ".. ...x. xxxx x ... .... xxx.. !",
    "POST /action-plans/{pk}/batches/":              "-- ----. x-x- - --. ---- ----- !",
    "POST /action-plans/{pk}/groups/":               "-- ----. x-x- - --. ---- ----- !",
    "GET /projects/":                                "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /projects/":                               "-- ----. x-x- - --. ---- ----- !",
    "GET /projects/{pk}/":                           ".. ...x. xxxx x ... .... xxx.. !",
    "POST /projects/{pk}/milestones/":               "-- ----. x-x- - --. ---- ----- !",
    "POST /projects/{pk}/begin/":                    "-- ----. x-x- - --. ---- ----- !",
    "POST /projects/{pk}/replace/":                  "-- ----. x-x- - --. ---- ----- !",
    "POST /projects/{pk}/ask-done/":                 "-- ----- ---- x -.- .--- -x--- !",
    "POST /projects/{pk}/accept/":                   "-- ----. xxx- - --. ---- ----- !",
    "POST /projects/{pk}/send-back/":                "-- ----. xxx- - --. ---- ----- !",
    "POST /projects/{pk}/suspend/":                  "-- ----- --x- - --- ---- --x-- !",
    "POST /projects/{pk}/resume/":                   "-- ----- --x- - --- ---- --x-- !",
    "POST /projects/{pk}/end/":                      "-- ----- --x- - --- ---- --x-- !",
    "POST /projects/{pk}/instructions/":             "-- ----. xxx- - --. ---- ----- !",
    "GET /project-milestones/{pk}/":                 ".. ...x. xxxx x ... .... xxx.. !",
    "POST /project-milestones/{pk}/report/":         "-- ----- ---- x -.- .--- -x--- !",
    "POST /project-milestones/{pk}/confirm/":        "-- ----. xxx- - --. ---- ----- !",
    "POST /project-milestones/{pk}/send-back/":      "-- ----. xxx- - --. ---- ----- !",
    "POST /project-milestones/{pk}/ask-move/":       "-- ----- ---- x -.- .--- -x--- !",
    "POST /project-milestones/{pk}/grant/":          "-- ----- --x- - --- ---- --x-- !",
    "POST /project-milestones/{pk}/refuse/":         "-- ----- --x- - --- ---- --x-- !",
    "GET /project-instructions/":                    "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "GET /project-instructions/{pk}/":               ".. ...x. xxxx x ... .... xxx.. !",
    "POST /project-instructions/{pk}/reply/":        "-- ----- ---- x -.- .--- -x--- !",
    "POST /project-instructions/{pk}/settle/":       "-- ----. xxx- - --. ---- ----- !",
    "POST /project-instructions/{pk}/send-back/":    "-- ----. xxx- - --. ---- ----- !",
    "POST /project-instructions/{pk}/drop/":         "-- ----. xxx- - --. ---- ----- !",
    "GET /project-months/":                          "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "GET /project-months/{pk}/":                     ".. ...x. xxxx x ... .... xxx.. !",
    "POST /project-months/{pk}/hold/":               "-- ----. xxx- - --. ---- ----- !",
    "GET /project-reports/":                         "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "GET /project-reports/{pk}/":                    ".. ...x. xxxx x ... .... xxx.. !",
    "POST /project-reports/{pk}/file/":              "-- ----- ---- x -.- .--- -x--- !",
    "POST /project-reports/{pk}/remark/":            "-- ----. xxx- - --. ---- ----- !",
    "GET /project-bulletins/":                       "xx xxxxx xxxx x xxx xxxx xxxxx !",
    "POST /project-bulletins/":                      "-- ----- --xx - --- ---- ----- !",
    "GET /project-bulletins/{pk}/":                  ".. ..... ..xx . ... .... ..... !",
    "POST /project-bulletins/{pk}/publish/":         "-- ----- --xx - --- ---- ----- !",
}
# fmt: on

# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /action-plans/": ("plan", None),
    "POST /action-plans/": ("plan", founding),
    "GET /action-plans/{pk}/": ("plan", None),
    "POST /action-plans/{pk}/batches/": ("plan", batch),
    "POST /action-plans/{pk}/groups/": ("plan", group),
    "GET /projects/": ("project", None),
    "POST /projects/": ("plan", drafting),
    "GET /projects/{pk}/": ("project", None),
    "POST /projects/{pk}/milestones/": (
        "project", lambda *_: {"name": "封顶", "due_on": day(100), "weight": 10},
    ),
    "POST /projects/{pk}/begin/": ("drafted_project", lambda *_: {}),
    "POST /projects/{pk}/replace/": ("project", people),
    "POST /projects/{pk}/ask-done/": ("finished", lambda *_: {"note": "完工"}),
    "POST /projects/{pk}/accept/": ("asked_project", lambda *_: {}),
    "POST /projects/{pk}/send-back/": ("asked_project", lambda *_: {"note": "缺报告"}),
    "POST /projects/{pk}/suspend/": ("project", lambda *_: {"note": "等规划", "until": day(30)}),
    "POST /projects/{pk}/resume/": ("suspended", lambda *_: {"note": "已批"}),
    "POST /projects/{pk}/end/": ("project", lambda *_: {"note": "取消"}),
    "POST /projects/{pk}/instructions/": ("project", instructing),
    "GET /project-milestones/{pk}/": ("milestone", None),
    "POST /project-milestones/{pk}/report/": ("milestone", lambda *_: {"evidence": "批复", "done_on": day(0)}),
    "POST /project-milestones/{pk}/confirm/": ("reported_milestone", lambda *_: {}),
    "POST /project-milestones/{pk}/send-back/": ("reported_milestone", lambda *_: {"note": "缺件"}),
    "POST /project-milestones/{pk}/ask-move/": ("milestone", lambda *_: {"to_day": day(60), "reason": "雨季"}),
    "POST /project-milestones/{pk}/grant/": ("moving", lambda *_: {}),
    "POST /project-milestones/{pk}/refuse/": ("moving", lambda *_: {"note": "不变"}),
    "GET /project-instructions/": ("instruction", None),
    "GET /project-instructions/{pk}/": ("instruction", None),
    "POST /project-instructions/{pk}/reply/": ("instruction", lambda *_: {"reply": "已办"}),
    "POST /project-instructions/{pk}/settle/": ("replied", lambda *_: {}),
    "POST /project-instructions/{pk}/send-back/": ("replied", lambda *_: {"note": "缺清单"}),
    "POST /project-instructions/{pk}/drop/": ("instruction", lambda *_: {"note": "不需要"}),
    "GET /project-months/": ("month", None),
    "GET /project-months/{pk}/": ("month", None),
    "POST /project-months/{pk}/hold/": ("month", lambda *_: {"remarks": "平稳"}),
    "GET /project-reports/": ("month_report", None),
    "GET /project-reports/{pk}/": ("month_report", None),
    "POST /project-reports/{pk}/file/": ("month_report", lambda *_: {"done": "推进", "percent": 30}),
    "POST /project-reports/{pk}/remark/": ("month_report", lambda *_: {"remark": "加快"}),
    "GET /project-bulletins/": ("bulletin", None),
    "POST /project-bulletins/": (
        "plan", lambda _world, thing: {"plan": str(thing.pk), "span": "half", "day": day(0)},
    ),
    "GET /project-bulletins/{pk}/": ("bulletin", None),
    "POST /project-bulletins/{pk}/publish/": ("bulletin", lambda *_: {"remarks": "平稳"}),
}  # fmt: skip


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT. `at` is a few minutes ago."""
    today = timezone.localtime(at).date()
    of = steps.ready(world, on=at)

    def running(code: str, more: int = 20) -> Project:
        return steps.running(
            world,
            today + timedelta(days=more),
            of=of,
            on=at,
            code=code,
            starts_on=today,
            ends_on=today + timedelta(days=200),
        )

    finished, asked, suspended = running("F-1"), running("F-2"), running("F-3")
    for one in (finished, asked):
        steps.reached(world, one.milestones.get(), on=at, since=today)
        steps.confirmed(world, one.milestones.get(), on=at)
    owner, director = world.actor("urban_handler", on=at), world.actor("director", on=at)
    ending.ask_done(project_id=asked.pk, note="完工", actor=owner, at=at)
    stopping.suspend(project_id=suspended.pk, note="等", until=today + timedelta(days=9), actor=director, at=at)
    reported, moving, project = running("F-4").milestones.get(), running("F-5").milestones.get(), running("F-6")
    steps.reached(world, reported, on=at, since=today)
    steps.asked_move(world, moving, to=today + timedelta(days=50), on=at)
    task = steps.instructed(world, project, on=at, due=today + timedelta(days=3), unit="urban")
    replied = steps.instructed(world, project, on=at, due=today + timedelta(days=3), unit="urban")
    steps.tasks.reply(task_id=replied.pk, reply="已办", actor=owner, at=at)
    month = steps.opened(of, on=at)
    return {
        "plan": of,
        "project": project,
        "drafted_project": _drafted(world, of, at),
        "finished": finished,
        "asked_project": asked,
        "suspended": suspended,
        "milestone": project.milestones.get(),
        "reported_milestone": reported,
        "moving": moving,
        "instruction": task,
        "replied": replied,
        "month": month,
        "month_report": month.reports.get(project=project),
        "bulletin": bulletins.draw(plan_id=of.pk, span="quarter", day=today, actor=director, at=at),
    }


def _drafted(world: World, of: ActionPlan, at: datetime) -> Project:
    today = timezone.localtime(at).date()
    project = steps.drafted(world, of, on=at, code="F-7", starts_on=today, ends_on=today + timedelta(days=200))
    steps.promised(world, project, due=project.ends_on, on=at)
    return project
