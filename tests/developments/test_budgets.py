"""How many statements development petitions may cost, however many there are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from developments.models import Development, Step
from developments.services import accepting
from developments.services import steps as unit_steps
from kernel import clock
from tests.api.conftest import enter as sign_in
from tests.api.test_budgets import budget, ok
from tests.developments.steps import SITE, accepted, companies, filed, green, handed, signed, step_of

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def many(world):
    """Twelve cases of both companies: some wait, most run, some tolerantly, every step begun."""
    now = clock.now()
    companies(world, at=now - timedelta(days=20))
    green(world, at=now - timedelta(days=15))
    for number in range(12):
        at = now - timedelta(days=8) + timedelta(minutes=number)
        by = ("company", "company2")[number % 2]
        if number % 4 == 3:
            filed(world, by=by, at=at)
        else:
            case = accepted(world, by=by, at=at, lacking=("选址意见",) if number % 3 else ())
            signed(world, case, SITE, at=at + timedelta(hours=2))
    return world


def test_lists_and_pages_cost_the_same_with_many_rows(many, sign_in, enter):
    case = Development.objects.filter(state="running", enterprise__unit=many.units["plant"]).first()
    for name in ("director", "dispatcher", "urban_handler", "company"):
        caller, client = sign_in(name), enter(name)
        ok(caller.get("/developments/"))
        with budget("list development petitions"):
            assert ok(caller.get("/developments/"))["results"]
        with budget("show a development petition"):
            ok(caller.get(f"/developments/{case.pk}/"))
        if name == "company":
            with budget("page: own development petitions"):
                assert client.get("/developments/company/").status_code == 200
            with budget("page: own development petition"):
                assert client.get(f"/developments/company/{case.pk}/").status_code == 200
            continue
        for tab in ("running", "late", "papers", "all"):
            with budget("page: desk of development petitions"):
                assert client.get(f"/developments/?tab={tab}").status_code == 200
        with budget("page: a development petition"):
            assert client.get(f"/developments/{case.pk}/").status_code == 200


def test_a_plan_is_accepted_and_a_step_is_done(many):
    now = clock.now()
    case = filed(many, at=now - timedelta(hours=3))
    dispatcher, urban = many.actor("dispatcher", on=now), many.actor("urban_handler", on=now)
    with budget("accept a development petition"):
        accepting.accept(development_id=case.pk, actor=dispatcher, at=now)
    step = signed(many, case, SITE, at=now)
    with budget("finish a step"):
        unit_steps.finish(development_id=case.pk, step_id=step.pk, document_no="1", result="准予", actor=urban, at=now)
    other = accepted(many, at=now - timedelta(hours=3), lacking=("选址意见",))
    with budget("hand a paper in"):
        handed(many, other, "选址意见", at=now)
    assert Step.objects.get(pk=step_of(case, SITE).pk).state == "done"
