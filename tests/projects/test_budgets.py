"""How many statements key work may cost, however many projects there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from kernel import clock
from projects.models import Project
from projects.services import bulletins
from tests.api.conftest import enter  # noqa: F401
from tests.api.test_budgets import budget, ok
from tests.projects import steps

pytestmark = pytest.mark.django_db
MANY = 12


@pytest.fixture
def many(world):
    """Twelve running projects with two milestones, an instruction and a month each, and a bulletin of them."""
    at = clock.now()
    today = at.date()
    of = steps.ready(world, on=at)
    days = (today + timedelta(days=9), today + timedelta(days=90))
    for number in range(MANY):
        project = steps.running(
            world, *days, of=of, on=at, code=f"B-{number:02d}", starts_on=today, ends_on=today + timedelta(days=200)
        )
        steps.instructed(world, project, on=at, due=days[0])
    steps.opened(of, on=at)
    director = world.actor("director", on=at)
    bulletins.draw(plan_id=of.pk, span="quarter", day=today, actor=director, at=at)
    return Project.objects.order_by("code").first()


def test_lists_and_pages_cost_the_same_with_many_rows(many, enter, world):  # noqa: F811
    month, bulletin = many.plan.months.get(), many.plan.bulletins.get()
    for name in ("director", "urban_handler", "leader"):
        caller, client = enter(name), Client()
        client.force_login(world.users[name])
        ok(caller.get("/projects/"))
        client.get("/projects/")
        lists = ("projects", "project-instructions", "project-reports", "project-months", "action-plans")
        for one in lists:
            with budget("list of key work"):
                assert ok(caller.get(f"/{one}/"))["results"]
        with budget("show a project"):
            ok(caller.get(f"/projects/{many.pk}/"))
        pages = {
            "page: board of key work": "/projects/",
            "page: list of projects": "/projects/list/",
            "page: a project": f"/projects/{many.pk}/",
            "page: months of key work": "/projects/months/",
            "page: a month of key work": f"/projects/months/{month.pk}/",
        }
        if name == "director":
            pages["page: a bulletin of key work"] = f"/projects/bulletins/{bulletin.pk}/"
        for label, path in pages.items():
            with budget(label):
                assert client.get(path).status_code == 200


def test_deeds(many, enter):  # noqa: F811
    handler = enter("urban_handler")
    milestones = [one.pk for one in many.milestones.order_by("number")]
    said = {"evidence": "批复", "done_on": localdate(clock.now()).isoformat()}
    with budget("report a milestone"):
        ok(handler.deed(f"/project-milestones/{milestones[0]}/report/", said, version=1))
    report = many.reports.get()
    with budget("file a monthly report"):
        ok(handler.create(f"/project-reports/{report.pk}/file/", {"done": "推进", "percent": 20}), 201)
