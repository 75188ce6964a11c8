"""How many statements a request may cost, whatever the data: counted on real requests with a token."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dispatch.models import WorkOrder
from kernel import clock
from kernel.models import Delivery
from kernel.relay import deliver_due, deliver_everything
from petitions.models import Petition
from tests.api.conftest import REPORT

pytestmark = pytest.mark.django_db
BUDGETS = json.loads((Path(__file__).parents[1] / "budgets.json").read_text(encoding="utf-8"))


@contextmanager
def budget(name):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        yield
    said = [one["sql"] for one in seen.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(said) <= BUDGETS[name], f"{name}: {len(said)} statements\n" + "\n".join(one[:160] for one in said)


def ok(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


@pytest.fixture
def people(enter):
    return {name: enter(name) for name in ("citizen", "dispatcher", "urban_handler", "verifier", "gridworker")}


def warm(people):
    """Once over everything: what a process reads once in its life is not counted."""
    ok(people["dispatcher"].create("/petitions/", {**REPORT, "category": "010101"}), 201)
    people["dispatcher"].get("/petitions/")


def case_of(people):
    case = ok(people["citizen"].create("/petitions/", REPORT), 201)
    return f"/petitions/{case['id']}/"


def test_filing(people):
    warm(people)
    for name in ("citizen", "dispatcher", "gridworker"):
        with budget("file a petition"):
            answer = people[name].create("/petitions/", {**REPORT, "category": "010101"})
        ok(answer, 201)


def test_lists_cost_the_same_with_many_rows(people):
    warm(people)
    for _ in range(12):
        case_of(people)
    for name in people:
        for query in ({}, {"state": "filed", "q": "占道"}, {"overdue": "true", "township": "370404001"}):
            with budget("list petitions"):
                ok(people[name].get("/petitions/", **query))
        with budget("list orders"):
            ok(people[name].get("/orders/", light="green"))


def test_the_whole_life(people):
    warm(people)
    deliver_everything(at=clock.now())
    case = case_of(people)
    with budget("accept"):
        ok(people["dispatcher"].deed(f"{case}accept/", {"category": "010101"}, version=1))
    with budget("dispatch by the list"):
        assert deliver_due(at=clock.now(), limit=1) == 1
    deliver_everything(at=clock.now())
    order = f"/orders/{WorkOrder.objects.latest('assigned_at').pk}/"
    handler, verifier = people["urban_handler"], people["verifier"]
    with budget("sign"):
        ok(handler.deed(f"{order}sign/", version=1))
    with budget("report progress"):
        ok(handler.deed(f"{order}progress/", {"text": "已到现场"}, version=2))
    for _ in range(5):
        version = ok(handler.get(order))["version"]
        ok(handler.deed(f"{order}progress/", {"text": "继续"}, version=version))
    with budget("show an order"):
        ok(handler.get(order))
    with budget("complete"):
        ok(handler.deed(f"{order}complete/", {"result": "已清理"}, version=8))
    with budget("verify"):
        ok(verifier.deed(f"{order}verify/", {"passed": True}, version=9))
    for name in ("citizen", "dispatcher", "urban_handler"):
        with budget("show a petition"):
            ok(people[name].get(case))
    with budget("rate"):
        version = Petition.objects.get(pk=case.split("/")[2]).version
        ok(people["citizen"].deed(f"{case}rate/", {"satisfaction": "satisfied"}, version=version))
    assert Delivery.objects.filter(state="dead").count() == 0


def test_a_centre_that_decides_itself(people, world):
    warm(people)
    case = case_of(people)
    ok(people["dispatcher"].deed(f"{case}accept/", {"category": "010199"}, version=1))
    deliver_everything(at=clock.now())
    with budget("assign"):
        order = ok(people["dispatcher"].deed(f"{case}assign/", {"unit": world.units["urban"].pk}, version=3))
    with budget("reassign: cancel, take back and dispatch in one"):
        given = {"unit": world.units["water"].pk, "note": "属供水"}
        ok(people["dispatcher"].deed(f"/orders/{order['id']}/reassign/", given, version=1))
