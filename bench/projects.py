"""`python -m bench.projects [--projects N]`: board, list, one project, a month and the workbench with N projects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bench import pages

BUDGET = 28  # the workbench, which asks each of its tables
STATES = ("running", "running", "running", "asked", "done", "done", "drafted", "suspended")
STEPS = 4


def fill(*, total: int) -> None:
    """Projects of one more plan in every state, each with four milestones and a report of last month."""
    from kernel import clock
    from kernel.ids import new_id
    from organizations.models import User
    from organizations.queries import actor_of
    from projects.models import ActionPlan, Milestone, Month, MonthReport, Project
    from projects.services import planning

    at = clock.now()
    today = at.date()
    director = actor_of(User.objects.get(username="director"), at=at)
    model = ActionPlan.objects.prefetch_related("groups").first()
    assert model is not None, "the demo has a plan"
    given: Any = {"starts_on": today - timedelta(days=400), "ends_on": today + timedelta(days=800)}
    plan = planning.found_plan(name=f"压力测试 {at}", area_code="370404000000", actor=director, at=at, **given)
    batch = planning.open_batch(plan_id=plan.pk, name="第一批", actor=director, at=at, **given)
    groups = [
        planning.found_group(
            plan_id=plan.pk, name=one.name, lead=one.lead_id, head=one.head_id, members=[], actor=director, at=at
        )
        for one in model.groups.order_by("number")
    ]
    samples = list(Project.objects.filter(plan=model).order_by("code"))
    projects = [
        _project(Project, number, samples[number % len(samples)], plan, batch, groups, at, new_id(at=at))
        for number in range(total)
    ]
    Project.objects.bulk_create(projects, batch_size=500)
    Milestone.objects.bulk_create(
        [row for one in projects for row in _milestones(Milestone, one, at, new_id)], batch_size=1000
    )
    month = Month.objects.create(
        id=new_id(at=at), plan=plan, month=today.replace(day=1), opened_at=at, remind_at=at, due_at=at, changed_at=at
    )
    MonthReport.objects.bulk_create(
        [MonthReport(id=new_id(at=at), month=month, project=one) for one in projects], batch_size=1000
    )


def _project(model: Any, number: int, sample: Any, plan: Any, batch: Any, groups: list[Any], at: Any, pk: Any) -> Any:
    state = STATES[number % len(STATES)]
    asked = state in ("asked", "done")
    return model(
        id=pk, plan=plan, batch=batch, group=groups[number % len(groups)], code=f"T-{number:04d}",
        name=f"重点项目 {number}", kind=sample.kind, place=sample.place, owner_id=sample.owner_id,
        person_id=sample.person_id, leader_id=sample.leader_id, starts_on=at.date() - timedelta(days=200),
        ends_on=at.date() + timedelta(days=number % 300 + 1), done_means="验收合格", state=state, opened_at=at,
        changed_at=at, stage_due_at=at + timedelta(days=5), note="停" if state == "suspended" else "",
        begun_at=None if state == "drafted" else at, asked_at=at if asked else None,
        asked_by_id=sample.person_id if asked else None, asked_note="完工" if asked else "",
        ended_at=at if state == "done" else None, ended_by_id=sample.leader_id if state == "done" else None,
    )  # fmt: skip


def _milestones(model: Any, one: Any, at: Any, new_id: Any) -> Iterator[Any]:
    for number in range(1, STEPS + 1):
        due = one.starts_on + timedelta(days=60 * number)
        reached = one.state in ("asked", "done") or due < at.date()
        yield model(
            id=new_id(at=at), project=one, number=number, name=f"节点{number}", weight=25, first_due=due, due_on=due,
            stage_due_at=at, changed_at=at, state="confirmed" if reached else "planned",
            done_on=due if reached else None, evidence="材料" if reached else "", reported_at=at if reached else None,
            checked_at=at if reached else None,
        )  # fmt: skip


def measure() -> dict[str, Any]:
    """Milliseconds and statements of the pages of whoever checks, owns and is in charge."""
    from organizations.models import Posting
    from projects.models import ActionPlan, Month, Project

    plan = ActionPlan.objects.order_by("-opened_at").first()
    assert plan is not None
    project = Project.objects.filter(plan=plan).order_by("code").first()
    assert project is not None
    month = Month.objects.get(plan=plan)

    def paths(posting: Any) -> Iterator[tuple[str, str]]:
        yield "board", f"/projects/?plan={plan.pk}"
        yield "board by owner", f"/projects/?plan={plan.pk}&by=owner"
        yield "list", f"/projects/list/?plan={plan.pk}"
        yield "list behind", f"/projects/list/?plan={plan.pk}&light=behind"
        yield "project", f"/projects/{project.pk}/"
        yield "month", f"/projects/months/{month.pk}/?show=owed"
        yield "workbench", "/"

    postings = Posting.objects.select_related("user")
    people = {
        "director": postings.filter(user__username="director").first(),
        "owner": postings.filter(user=project.person_id).first(),
        "leader": postings.filter(user=project.leader_id).first(),
    }
    return pages.of_people(people, paths=paths, budget=BUDGET)


if __name__ == "__main__":
    pages.main(of="projects", doc=__doc__, usual=1000, fill=fill, measure=measure)
