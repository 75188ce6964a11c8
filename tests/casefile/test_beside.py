"""What stands beside a case, why, and for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from desk.case.related import groups_of
from petitions.models import Petition
from petitions.services.filing import ReporterData
from petitions.services.joining import join
from tests.journeys.steps import filed
from tests.world import MONDAY, World


@pytest.fixture(autouse=True)
def _fresh(db: None) -> None:
    cache.clear()


def found(world: World, petition: Petition, by: str = "dispatcher", family: tuple[Petition, ...] = ()) -> dict:
    with translation.override("en"):
        groups = groups_of(petition=petition, withheld=False, joined=family, actor=world.actor(by))
    return {group.name: [(row.petition.title, row.why) for row in group.rows] for group in groups}


def test_each_related_petition_stands_once_with_its_reason(world: World) -> None:
    main = filed(world, at=MONDAY)
    other = ReporterData(name="李四", phone="13900000000")
    filed(world, at=MONDAY, title="路灯不亮", lng=117.70)
    filed(world, at=MONDAY + timedelta(days=-2), title="流动摊贩", lng=117.5905, reporter=other)
    filed(world, at=MONDAY, title="门前占道经营太多", lng=117.598, reporter=other)
    joined = filed(world, at=MONDAY, title="并入", reporter=other)
    join(petition_id=joined.pk, main_id=main.pk, actor=world.actor("dispatcher"), at=MONDAY)
    seen = found(world, main, family=(joined,))
    assert seen["joined"] == [("并入", "joined to this one")]
    assert seen["person"] == [("路灯不亮", "the same telephone")]
    assert seen["place"] == [("流动摊贩", "46 m away, 2 days apart")]
    assert [title for title, _why in seen["subject"]] == ["门前占道经营太多"]
    assert "alike" in seen["subject"][0][1]
    assert "路灯不亮" not in str(found(world, main, by="east_officer"))  # the other township's


def test_the_page_names_the_counts_and_leads_to_its_parts(world: World) -> None:
    main = filed(world, at=MONDAY)
    filed(world, at=MONDAY, title="路灯不亮")
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["dispatcher"])
    page = client.get(f"/cases/{main.pk}/").content.decode()
    for anchor in ("said", "course", "related", "clocks-drawn"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page
    assert "the same telephone" in page
    assert page.count('id="said"') == 1
