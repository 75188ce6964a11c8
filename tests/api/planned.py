"""Development petitions for the table of access: the plant's, with steps of urban and water, one in each state."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from developments.models import Development, Enterprise, PlanTemplate
from developments.services import lapsing
from developments.services import steps as unit_steps
from kernel import clock
from petitions.models import DeclineReason
from tests.developments import steps
from tests.journeys.steps import filed as petition_filed
from tests.world import World

KINDS = (Development, Enterprise, PlanTemplate)
CREATING = ("/developments/", "/developments/open/", "/enterprises/", "/plan-templates/")
HOUR = timedelta(hours=1)


@dataclass
class PieceOf:
    """A step or a paper as an address names it: by its case and by itself."""

    pk: UUID
    version: int
    step_id: UUID | str = ""
    paper_id: UUID | str = ""


def document() -> io.BytesIO:
    """A small PDF."""
    file = io.BytesIO(steps.PDF)
    file.name = "材料.pdf"
    return file


def asked(_world: World, _thing: Any) -> dict[str, Any]:
    return {"template": "2335", "title": "泵阀项目", "asked": "请并联办理"}


def opening(world: World, thing: Any) -> dict[str, Any]:
    company = Enterprise.objects.get(unit=world.units["plant"]).pk
    return {**asked(world, thing), "petition": str(thing.pk), "enterprise": company}


def declined(_world: World, _thing: Any) -> dict[str, Any]:
    DeclineReason.objects.get_or_create(code="plan", defaults={"name": "不属于本区", "channel": "市局", "basis": "法"})
    return {"reason": "plan", "note": "请向市局申请"}


def sent_again(world: World, _thing: Any) -> dict[str, Any]:
    return {"unit": world.units["urban"].pk, "note": "应予受理"}


def published(world: World, _thing: Any) -> dict[str, Any]:
    unit = {"unit": world.units["urban"].pk, "limit_value": 3, "limit_unit": "workday"}
    step = {"code": "a", "name": "审查", **unit, "green_value": 2, "green_unit": "workday"}
    return {"code": "new", "version": 0, "name": "新", "category": "160101", "reason": "试行", "steps": [step]}


def registered(world: World, _thing: Any) -> dict[str, Any]:
    Enterprise.objects.filter(unit=world.units["mill"]).delete()
    return {"unit": world.units["mill"].pk, "credit_code": steps.CODES["mill"]}


def prolonged(_world: World, _thing: Any) -> dict[str, Any]:
    return {"until": (clock.now() + timedelta(days=9)).isoformat(), "note": "设计院延误"}


NOTE = {"note": "情况属实"}
# Which thing an address is asked of, and what is sent.
SENT: dict[str, tuple[str, Any]] = {
    "GET /developments/": ("plan_running", None),
    "POST /developments/": ("plan_running", asked),
    "POST /developments/open/": ("plan_petition", opening),
    "GET /developments/{pk}/": ("plan_running", None),
    "POST /developments/{pk}/accept/": ("plan_filed", lambda *_: {}),
    "POST /developments/{pk}/decline/": ("plan_filed", declined),
    "POST /developments/{pk}/promise/": ("plan_lacking", lambda *_: {"promise": "按期补交"}),
    "POST /developments/{pk}/withdraw/": ("plan_running", lambda *_: NOTE),
    "POST /developments/{pk}/end/": ("plan_running", lambda *_: {"basis": "行政许可法 32", **NOTE}),
    "POST /developments/{pk}/rate/": ("plan_finished", lambda *_: {"speed": 5, "quality": 4}),
    "POST /developments/{pk}/steps/{step_id}/sign/": ("plan_step", lambda *_: {}),
    "POST /developments/{pk}/steps/{step_id}/finish/": (
        "plan_step_signed",
        lambda *_: {"document_no": "1", "result": "准予"},
    ),
    "POST /developments/{pk}/steps/{step_id}/ask/": ("plan_step_signed", lambda *_: {"name": "补充说明", "days": 3}),
    "POST /developments/{pk}/steps/{step_id}/refuse/": ("plan_step", lambda *_: {"basis": "法 1", **NOTE}),
    "POST /developments/{pk}/steps/{step_id}/again/": ("plan_step_refused", sent_again),
    "POST /developments/{pk}/steps/{step_id}/waive/": ("plan_step_refused", lambda *_: NOTE),
    "POST /developments/{pk}/papers/{paper_id}/hand-in/": ("plan_paper_missing", lambda *_: {"file": document()}),
    "POST /developments/{pk}/papers/{paper_id}/accept/": ("plan_paper", lambda *_: {}),
    "POST /developments/{pk}/papers/{paper_id}/send-back/": ("plan_paper", lambda *_: NOTE),
    "POST /developments/{pk}/papers/{paper_id}/prolong/": ("plan_paper_lapsed", prolonged),
    "GET /developments/{pk}/papers/{paper_id}/file/": ("plan_paper", None),
    "GET /enterprises/": ("enterprise", None),
    "POST /enterprises/": ("enterprise", registered),
    "GET /enterprises/{pk}/": ("enterprise", None),
    "POST /enterprises/{pk}/green/": ("enterprise", lambda *_: {"green": True, "reason": "重点项目"}),
    "GET /plan-templates/": ("plan_template", None),
    "POST /plan-templates/": ("plan_template", published),
    "GET /plan-templates/{pk}/": ("plan_template", None),
}

# fmt: off
WHO = {
    # address                                         own, others, county, department, siblings, others, heads, nobody
    "GET /developments/":                                 "-- ---xx xxxx x -xx x--- xxx-x !",
    "POST /developments/":                                "-- ----- ---- - --- ---- ----x !",
    "POST /developments/open/":                           "-- ----- x-x- - --. ---- ----- !",
    "GET /developments/{pk}/":                            "-- ---xx xxxx x -.. x--- xxx-x !",
    "POST /developments/{pk}/accept/":                    "-- ----- x-x- - --. ---- ----- !",
    "POST /developments/{pk}/decline/":                   "-- ----- x-x- - --. ---- ----- !",
    "POST /developments/{pk}/promise/":                   "-- ----- ---- - --- ---- ----x !",
    "POST /developments/{pk}/withdraw/":                  "-- ----- ---- - --- ---- ----x !",
    "POST /developments/{pk}/end/":                       "-- ----- --x- - --- ---- ----- !",
    "POST /developments/{pk}/rate/":                      "-- ----- ---- - --- ---- ----x !",
    "POST /developments/{pk}/steps/{step_id}/sign/":      "-- ----- ---- x -.- ---- -x--- !",
    "POST /developments/{pk}/steps/{step_id}/finish/":    "-- ----- ---- x -.- ---- -x--- !",
    "POST /developments/{pk}/steps/{step_id}/ask/":       "-- ----- ---- x -.- ---- -x--- !",
    "POST /developments/{pk}/steps/{step_id}/refuse/":    "-- ----- ---- x -.- ---- -x--- !",
    "POST /developments/{pk}/steps/{step_id}/again/":     "-- ----- --x- - --- ---- ----- !",
    "POST /developments/{pk}/steps/{step_id}/waive/":     "-- ----- --x- - --- ---- ----- !",
    "POST /developments/{pk}/papers/{paper_id}/hand-in/":  "-- ----- ---- - --- ---- ----x !",
    "POST /developments/{pk}/papers/{paper_id}/accept/":  "-- ----- ---- x -.- ---- -x--- !",
    "POST /developments/{pk}/papers/{paper_id}/send-back/": "-- ----- ---- x -.- ---- -x--- !",
    "POST /developments/{pk}/papers/{paper_id}/prolong/": "-- ----- --x- - --- ---- ----- !",
    "GET /developments/{pk}/papers/{paper_id}/file/":     "-- ----- x-x- x -.. ---- -xx-x !",
    "GET /enterprises/":                                  "-- ----x x-x- - --x --xx ----x !",
    "POST /enterprises/":                                 "-- ----- ---- - --- --xx ----- !",
    "GET /enterprises/{pk}/":                             "-- ----x x-x- - --x --xx ----x !",
    "POST /enterprises/{pk}/green/":                      "-- ----- --x- - --- ---- ----- !",
    "GET /plan-templates/":                               "-- ---xx xxxx x -xx x-xx xxx-x !",
    "POST /plan-templates/":                              "-- ----- ---- - --- --xx ----- !",
    "GET /plan-templates/{pk}/":                          "-- ---xx xxxx x -xx x-xx xxx-x !",
}
# fmt: on


def piece(world: World, state: str, *, at: datetime) -> PieceOf:
    """A step, or a paper, in a state."""
    begun = at - 6 * HOUR
    case = steps.accepted(world, at=begun, lacking=("选址意见",))
    if state.startswith("paper"):
        paper = steps.paper_of(case, "选址意见" if state != "paper" else "营业执照")
        if state == "paper_lapsed":
            type(paper).objects.filter(pk=paper.pk).update(stage_due_at=at - HOUR)
            lapsing.lapse(paper_ids=[paper.pk], at=at)
        paper.refresh_from_db()
        return PieceOf(pk=case.pk, version=paper.version, paper_id=paper.pk)
    step = steps.step_of(case, steps.SITE)
    if state != "step":
        step = steps.signed(world, case, steps.SITE, at=begun + 2 * HOUR)
        steps.handed(world, case, "选址意见", at=begun + 3 * HOUR)
    if state == "step_refused":
        given: dict[str, Any] = {"basis": "法 1", "note": "不符", "actor": world.actor("urban_handler", on=at)}
        unit_steps.refuse(development_id=case.pk, step_id=step.pk, at=begun + 3 * HOUR, **given)
    step.refresh_from_db()
    return PieceOf(pk=case.pk, version=step.version, step_id=step.pk)


def finished(world: World, *, at: datetime) -> Development:
    begun = at - 9 * HOUR
    case = steps.accepted(world, at=begun)
    for number, code in enumerate((steps.WATER, steps.SITE, steps.PERMIT), start=1):
        steps.done(world, case, code, at=begun + 2 * number * HOUR)
    return Development.objects.get(pk=case.pk)


def things(world: World, *, at: datetime) -> dict[str, Any]:
    """One of each, by the key of SENT."""
    steps.companies(world, at=at - timedelta(days=9))
    return {
        "plan_filed": steps.filed(world, at=at),
        "plan_lacking": steps.filed(world, at=at, lacking=("选址意见",), promise=""),
        "plan_running": Development.objects.get(pk=steps.accepted(world, at=at - 3 * HOUR).pk),
        "plan_finished": finished(world, at=at),
        "plan_petition": petition_filed(world, at=at, kind="development"),
        "enterprise": Enterprise.objects.get(unit=world.units["plant"]),
        "plan_template": PlanTemplate.objects.get(code="2335"),
        **{
            f"plan_{state}": piece(world, state, at=at)
            for state in ("step", "step_signed", "step_refused", "paper", "paper_missing", "paper_lapsed")
        },
    }
