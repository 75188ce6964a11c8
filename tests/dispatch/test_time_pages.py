"""Pages of time: asking, deciding, going on, why until then, what rests, and the lights."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from dispatch.models import LightRule, TimeRequest, WorkOrder
from dispatch.services import lights, working
from kernel import clock
from kernel.errors import Conflict, Invalid, NotAllowed
from kernel.models import Event
from tests.journeys.steps import dispatched
from tests.world import COUNTY, EAST, MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world):
    at = clock.now() - timedelta(hours=1)
    order = dispatched(world, at=at, by="dispatcher")
    working.sign(order_id=order.pk, actor=world.actor("urban_handler", on=at), at=at + timedelta(minutes=1))
    order.refresh_from_db()
    return order


def do(client, order, name, **said):
    order.refresh_from_db()
    return client.post(f"/dispatch/{order.pk}/{name}/", {"version": order.version, **said})


def in_days(n):
    return (timezone.localdate() + timedelta(days=n)).isoformat()


def case_page(client, order):
    return client.get(f"/cases/{order.petition_id}/").content.decode()


def test_an_extension_goes_from_the_unit_to_the_director_and_onto_the_file(enter, order):
    handler, director = enter("urban_handler"), enter("director")
    assert "Ask for an extension" in case_page(handler, order)
    assert do(handler, order, "ask_extension", days=5, grounds="需要鉴定").status_code == 302
    assert "More time asked for" in director.get("/").content.decode()
    shown = director.get(f"/dispatch/{order.pk}/decide_time/").content.decode()
    assert "需要鉴定" in shown
    assert "→" in shown
    assert do(director, order, "decide_time", granted="yes").status_code == 302
    page = case_page(director, order)
    assert "Time extended" in page
    assert "granted" in page
    assert "extended already" in case_page(handler, order)


def test_a_suspension_is_shown_standing_still_and_goes_on_early(enter, order):
    handler, director = enter("urban_handler"), enter("director")
    do(handler, order, "ask_pause", reason="hearing", until=in_days(9), grounds="组织听证")
    assert do(director, order, "decide_time", granted="no").status_code == 400  # a refusal needs its grounds
    do(director, order, "decide_time", granted="yes")
    page = case_page(director, order)
    assert "Paused since" in page
    assert "approved by" in page
    listed = director.get("/dispatch/suspended/").content.decode()
    assert order.petition.title in listed
    assert order.petition.title not in enter("water_handler").get("/dispatch/suspended/").content.decode()
    open_to_all = Client().get("/dispatch/suspended/units/").content.decode()
    assert "综合执法局" in open_to_all
    assert order.petition.title not in open_to_all
    assert "Suspended" in handler.get("/dispatch/?tab=paused").content.decode()
    assert do(handler, order, "resume").status_code == 302
    order.refresh_from_db()
    assert order.state == "signed"


def test_refused_input_comes_back_with_what_was_typed(enter, order):
    handler = enter("urban_handler")
    answer = do(handler, order, "ask_extension", days=31, grounds="理由")
    assert answer.status_code == 422
    assert "理由" in answer.content.decode()
    for said in ({"reason": "hearing", "until": "yesterday"}, {"reason": "x", "until": in_days(3)}, {}):
        assert do(handler, order, "ask_pause", grounds="理由", **said).status_code == 422
    assert do(handler, order, "ask_pause", reason="hearing", until=in_days(0), grounds="理由").status_code == 400
    assert not TimeRequest.objects.exists()


def test_why_until_then_is_one_click_from_the_case(enter, order, world):
    page = case_page(enter("dispatcher"), order)
    address = f"/dispatch/why-until/{order.petition_id}/"
    assert address in page
    shown = enter("dispatcher").get(address).content.decode()
    for word in ("Limit", "M-CG-L", "Version 1", "Whose time it was", "综合执法局"):
        assert word in shown, word
    assert "gives another date" not in shown
    assert enter("neighbour").get(address).status_code == 404


def test_the_lights_of_a_county_hold_for_the_orders_handed_out_from_then_on(world):
    keeper = world.actor("administrator")
    before = dispatched(world, at=MONDAY)
    lights.set_lights(area_code=COUNTY, half=Decimal("0.30"), warn=Decimal("0.60"), actor=keeper, at=MONDAY)
    after = dispatched(world, at=MONDAY + timedelta(minutes=1))
    before.refresh_from_db()
    assert (before.half_share, before.warn_share) == (Decimal("0.50"), Decimal("0.80"))
    assert (after.half_share, after.warn_share) == (Decimal("0.30"), Decimal("0.60"))
    assert after.half_at < before.half_at
    assert Event.objects.filter(name="order.lights_set").count() == 1


def test_lights_out_of_order_or_of_a_township_are_refused(world):
    keeper = world.actor("administrator")
    wrong = [(COUNTY, "0.80", "0.50"), (COUNTY, "0", "0.50"), (COUNTY, "0.5", "1"), (EAST, "0.4", "0.8")]
    for area, half, warn in wrong:
        with pytest.raises(Invalid):
            lights.set_lights(area_code=area, half=Decimal(half), warn=Decimal(warn), actor=keeper, at=MONDAY)
    with pytest.raises(NotAllowed):
        lights.set_lights(
            area_code=COUNTY, half=Decimal("0.4"), warn=Decimal("0.8"), actor=world.actor("director"), at=MONDAY
        )
    lights.set_lights(area_code=COUNTY, half=Decimal("0.4"), warn=Decimal("0.8"), actor=keeper, at=MONDAY)
    with pytest.raises(Conflict):
        lights.set_lights(area_code=COUNTY, half=Decimal("0.3"), warn=Decimal("0.8"), actor=keeper, at=MONDAY)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        LightRule.objects.update(half=Decimal("0.1"))


def test_the_page_of_lights_sets_and_shows(enter):
    keeper = enter("administrator")
    answer = keeper.post("/dispatch/lights/", {"area": COUNTY, "half": 40, "warn": 70})
    assert answer.status_code == 302
    assert "0.40" in keeper.get("/dispatch/lights/").content.decode()
    assert keeper.post("/dispatch/lights/", {"area": COUNTY, "half": 90, "warn": 70}).status_code == 400
    assert keeper.post("/dispatch/lights/", {"area": "x", "half": 90, "warn": 70}).status_code == 422
    assert enter("director").post("/dispatch/lights/", {"area": COUNTY, "half": 1, "warn": 2}).status_code == 403


def test_what_was_asked_and_decided_stands(enter, order):
    do(enter("urban_handler"), order, "ask_extension", days=5, grounds="需要鉴定")
    for change in ({"days": 30}, {"grounds": "另一个理由"}, {"asked_by": None}):
        with pytest.raises(IntegrityError, match="stands"), transaction.atomic():
            TimeRequest.objects.update(**change)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        TimeRequest.objects.all().delete()
    assert WorkOrder.objects.get(pk=order.pk).asking == "extension"
