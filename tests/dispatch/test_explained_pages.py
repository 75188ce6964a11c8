"""Pages that explain: why this unit, the dry run, the hit-rates with their cases, and the deed of adjudication."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dispatch.hitrates import MIN_CASES, hit_rates
from dispatch.models import FirstUnit, WorkOrder
from dispatch.services import opening, returning
from kernel import clock
from kernel.models import Event
from tests.journeys.steps import dispatched, filed

pytestmark = pytest.mark.django_db


def earlier(**back):
    return clock.now() - timedelta(**back)


@pytest.fixture
def disputed(world):
    """Returned by water, given to the urban bureau, returned by that too."""
    at, later = earlier(minutes=20), earlier(minutes=19)
    first = dispatched(world, at=at, category="010102")
    water, urban, center = (world.actor(name, on=at) for name in ("water_handler", "urban_handler", "dispatcher"))
    said = {"reason_code": "not_ours"}
    returning.request_return(order_id=first.pk, note="不属供水", actor=water, at=at, **said)
    returning.rule_return(order_id=first.pk, granted=True, actor=center, at=later)
    order = opening.assign(petition_id=first.petition_id, unit_id=world.units["urban"].pk, actor=center, at=later)
    return returning.request_return(order_id=order.pk, note="属供水管网", actor=urban, at=later, **said)


def test_why_this_unit_is_one_click_from_the_case_and_from_the_list(enter, world):
    order = dispatched(world, at=earlier(hours=1))
    address = f"/dispatch/{order.pk}/why/"
    assert address in enter("dispatcher").get(f"/cases/{order.petition_id}/").content.decode()
    assert address in enter("urban_handler").get("/dispatch/").content.decode()
    page = enter("urban_handler").get(address).content.decode()
    for words in ("Row of the list", "M-CG-L", "综合执法局", "坛山街道", "Hours", "Open orders", "5 working days"):
        assert words in page, words
    assert enter("water_handler").get(address).status_code == 404


def test_a_dry_run_shows_the_decision_and_changes_nothing(enter, world):
    petition = filed(world, at=earlier(hours=1))
    before = Event.objects.count()
    center = enter("dispatcher")
    asked = {"category": "010101", "place": "370404001006", "urgency": "", "condition": "", "at": "2026-11-16T09:00"}
    page = center.get("/dispatch/dry-run/", asked).content.decode()
    assert "M-CG-L" in page
    assert "within working hours" in page
    assert "no matter" in center.get("/dispatch/dry-run/", {**asked, "category": "010199"}).content.decode()
    assert center.get("/dispatch/dry-run/", {"category": "9", "place": "x"}).status_code == 200
    assert center.get(f"/dispatch/dry-run/{petition.pk}/").status_code == 200
    assert enter("urban_handler").get("/dispatch/dry-run/").status_code == 403
    assert enter("west_dispatcher").get(f"/dispatch/dry-run/{petition.pk}/").status_code == 404
    assert (Event.objects.count(), WorkOrder.objects.count()) == (before, 0)


def test_the_director_adjudicates_on_a_page_that_tells_who_said_what(enter, world, disputed):
    address = f"/dispatch/{disputed.pk}/adjudicate/"
    director = enter("director")
    assert address in director.get(f"/cases/{disputed.petition_id}/").content.decode()
    page = director.get(address).content.decode()
    for words in ("不属供水", "属供水管网", "upheld", "not ruled on yet", "M-GS-L"):
        assert words in page, words
    assert "Second returns to adjudicate" in director.get("/").content.decode()
    assert enter("dispatcher").get(address).status_code == 403
    said = {"version": disputed.version, "unit": world.units["water"].pk, "note": "属供水设施", "basis": ""}
    assert director.post(address, said).status_code == 422
    assert director.post(address, {**said, "basis": "清单 M-GS"}).status_code == 302
    order = WorkOrder.objects.get(petition=disputed.petition_id, state="assigned")
    assert (order.unit, order.bound) == (world.units["water"], True)
    told = enter("water_handler").get(f"/dispatch/{order.pk}/why/").content.decode()
    assert "属供水设施" in told
    assert enter("water_handler").get(f"/dispatch/{order.pk}/return/").status_code == 403


def test_the_return_page_says_until_when_and_that_the_second_is_adjudicated(enter, world):
    order = dispatched(world, at=earlier(hours=1))
    assert (
        "Your unit may object once, until"
        in enter("urban_handler").get(f"/dispatch/{order.pk}/return/").content.decode()
    )


def test_hit_rates_count_first_against_last_and_guard_small_numbers(enter, world, disputed):
    at = earlier(minutes=10)
    for _number in range(MIN_CASES):
        dispatched(world, at=at)
    since, until = earlier(days=1), clock.now()
    found = {
        one.key: (one.hits, one.total, one.rate)
        for one in hit_rates(actor=world.actor("director"), by="entry", since=since, until=until)
    }
    assert found == {"M-CG-L": (MIN_CASES, MIN_CASES, 1.0), "M-GS-L": (0, 1, None)}
    missed = FirstUnit.objects.get(petition=disputed.petition_id)
    assert (missed.first_unit, missed.last_unit) == (world.units["water"], world.units["urban"])
    assert hit_rates(actor=world.actor("west_dispatcher"), by="unit", since=since, until=until) == []
    center = enter("director")
    for by in ("entry", "rule", "category", "unit", "nonsense"):
        assert center.get(f"/dispatch/hit-rates/?by={by}").status_code == 200
    shown = center.get("/dispatch/hit-rates/").content.decode()
    assert "too few" in shown
    # 10 of 10: (1 + 3.8416/20 - 1.96·√(3.8416/400)) / (1 + 3.8416/10) = 1 / 1.38416
    assert "72.2 – 100.0 %" in shown
    # and of all, 10 of 11
    assert "62.3 – 98.4 %" in shown
    behind = center.get("/dispatch/hit-rates/cases/?by=entry&key=M-GS-L&missed=1").content.decode()
    assert "自来水公司 → 综合执法局" in behind
    book = center.get("/dispatch/hit-rates/hit-rates.xlsx")
    assert b"".join(book.streaming_content).startswith(b"PK")
    assert center.get("/dispatch/hit-rates/?since=never").status_code == 400
    assert enter("citizen").get("/dispatch/hit-rates/").status_code == 403
