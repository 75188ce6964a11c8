"""The course of a case: whole, narrowed, in pages, with joined petitions, and with links that open."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client, RequestFactory

from governance.web.casefile.course import SHOWN, by_day, changes_of_hands, events_of, wanted_of
from governance.web.casefile.told import course_of
from kernel.actors import SYSTEM
from kernel.errors import Invalid
from kernel.events import record_many
from kernel.models import Event
from petitions.events import PetitionReplied
from petitions.services.joining import join
from tests.journeys.steps import dispatched, filed
from tests.world import MONDAY, World


@pytest.fixture(autouse=True)
def _fresh(db: None) -> None:
    cache.clear()


def page_for(world: World, name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users[name])
    return client


def course(world: World, petition: object, query: str = "", by: str = "dispatcher") -> dict:
    request = RequestFactory().get(f"/?{query}")
    return course_of(request=request, petition=petition, actor=world.actor(by), for_public=False)


def test_all_apps_in_one_course_and_only_what_changed_hands(world: World) -> None:
    order = dispatched(world, at=MONDAY)
    every = course(world, order.petition)
    titles = [entry["title"] for _day, entries in every["days"] for entry in entries]
    assert len(titles) == Event.objects.filter(case_id=order.petition_id).count() == every["shown"]
    handed = course(world, order.petition, "hands=1")
    holders = [entry["to"] for _day, entries in handed["days"] for entry in entries]
    assert holders == ["综合执法局", "区指挥中心"]  # the latest first; the centre's acceptance changed nothing
    only = course(world, order.petition, "kind=order")
    assert {entry["icon"] for _day, entries in only["days"] for entry in entries} == {"clipboard-list", "users-plus"}
    assert course(world, order.petition, "kind=nonsense")["wanted"].kind == ""


def test_an_order_s_entry_leads_to_the_order_and_only_for_who_sees_it(world: World) -> None:
    order = dispatched(world, at=MONDAY)
    address = f"/cases/{order.petition_id}/#order-{order.pk}"
    client = page_for(world, "dispatcher")
    page = client.get(f"/cases/{order.petition_id}/").content.decode()
    assert f'href="{address}"' in page
    assert f'id="order-{order.pk}"' in page
    assert page_for(world, "water_handler").get(f"/cases/{order.petition_id}/course/").status_code == 404


def test_long_histories_come_in_pages_without_loss_or_repetition(world: World) -> None:
    petition = filed(world, at=MONDAY)
    said = [
        PetitionReplied(case_id=petition.pk, subject_id=str(petition.pk), kind="progress", content=f"{n}")
        for n in range(SHOWN + 5)
    ]
    for number, one in enumerate(said):
        record_many([one], actor=SYSTEM, at=MONDAY + timedelta(seconds=number // 3))  # several at one instant
    seen: list[int] = []
    wanted = wanted_of(QueryDict(""))
    while True:
        found = events_of(cases=[petition.pk], wanted=wanted, for_public=False)
        seen += [one.pk for one in found.rows]
        if not found.next:
            break
        wanted = wanted_of({"cursor": found.next})
    expected = Event.objects.filter(case_id=petition.pk).order_by("-occurred_at", "-pk").values_list("pk", flat=True)
    assert seen == list(expected)
    client = page_for(world, "dispatcher")
    answer = client.get(f"/cases/{petition.pk}/course/?whole=1")
    assert answer.content.decode().count("timeline-mark") == len(seen)
    with pytest.raises(Invalid):
        course(world, petition, "cursor=rubbish")
    assert client.get(f"/cases/{petition.pk}/course/?cursor=rubbish").status_code == 400


def test_joined_petitions_are_told_between_and_kept_from_who_may_not_see_them(world: World) -> None:
    main = filed(world, at=MONDAY)
    other = filed(world, at=MONDAY + timedelta(minutes=1), title="同一件事")
    join(petition_id=other.pk, main_id=main.pk, actor=world.actor("dispatcher"), at=MONDAY + timedelta(minutes=2))
    alone, both = course(world, main), course(world, main, "joined=1")
    assert alone["joined"] == 1
    tags = [entry["tag"] for _day, entries in both["days"] for entry in entries]
    assert set(tags) == {"", other.number}
    assert both["shown"] > alone["shown"]
    request = RequestFactory().get("/?joined=1")
    public = course_of(request=request, petition=main, actor=world.actor("dispatcher"), for_public=True)
    assert public["joined"] == 0
    assert {entry["to"] for _day, entries in public["days"] for entry in entries} == {""}


def test_naming_the_same_holder_again_is_no_change_of_hands(world: World) -> None:
    case = uuid4()
    for number, holder in enumerate(["unit:1", "unit:1", "", "unit:2", "unit:1"]):
        one = PetitionReplied(case_id=case, subject_id=str(case), kind="progress", content="x", holder=holder)
        record_many([one], actor=SYSTEM, at=MONDAY + timedelta(minutes=number))
    assert [holder for _pk, holder in changes_of_hands(cases=[case])] == ["unit:1", "unit:2", "unit:1"]


def test_days_are_those_of_the_office_s_clock() -> None:
    late = MONDAY.replace(hour=23, minute=59)
    days = by_day([{"at": late + timedelta(minutes=2)}, {"at": late}])
    assert [str(day) for day, _entries in days] == ["2026-11-17", "2026-11-16"]


def test_htmx_gets_the_panel_and_the_address_of_the_case_follows(world: World) -> None:
    petition = filed(world, at=MONDAY)
    client = page_for(world, "dispatcher")
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/cases/{petition.pk}/"}
    answer = client.get(f"/cases/{petition.pk}/course/?hands=1", headers=headers)
    assert answer.headers["HX-Replace-Url"] == f"/cases/{petition.pk}/?hands=1"
    assert "<html" not in answer.content.decode()
    assert "checked" in client.get(f"/cases/{petition.pk}/?hands=1").content.decode()
