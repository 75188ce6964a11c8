"""The pages of work orders: the inbox of a unit, the desk of the centre, and each deed."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from desk.case.words import EVENT_WORDS
from dispatch.models import WorkOrder
from kernel import clock
from kernel.events import EVENTS
from kernel.relay import deliver_everything
from petitions.models import Petition
from petitions.services.reception import accept
from tests.journeys.steps import dispatched, filed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def earlier(**back):
    return clock.now() - timedelta(**back)


def do(client, order, name, **said):
    order.refresh_from_db()
    return client.post(f"/dispatch/{order.pk}/{name}/", {"version": order.version, **said})


def test_a_unit_sees_its_own_orders_by_time_to_breach(enter, world):
    later = dispatched(world, at=earlier(hours=1), title="后到期")
    sooner = dispatched(world, at=earlier(hours=5), title="先到期")
    page = enter("urban_handler").get("/dispatch/").content.decode()
    assert page.index("先到期") < page.index("后到期")
    assert "先到期" not in enter("water_handler").get("/dispatch/").content.decode()
    assert {later.unit, sooner.unit} == {world.units["urban"]}


def test_the_inbox_opens_at_what_is_to_be_done(enter, world):
    order = dispatched(world, at=earlier(hours=1))
    assert enter("urban_handler").get("/dispatch/").context["tab"] == "sign"
    do(enter("urban_handler"), order, "sign")
    assert enter("urban_handler").get("/dispatch/").context["tab"] == "hand"
    do(enter("urban_handler"), order, "complete", result="已清理")
    assert enter("verifier").get("/dispatch/").context["tab"] == "verify"


def test_an_order_goes_through_its_pages_to_the_end(enter, world):
    order = dispatched(world, at=earlier(hours=1))
    handler, verifier = enter("urban_handler"), enter("verifier")
    assert do(handler, order, "sign").status_code == 302
    assert do(handler, order, "progress", text="已到现场").status_code == 302
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
    photo = SimpleUploadedFile("after.jpg", picture.getvalue(), content_type="image/jpeg")
    assert do(handler, order, "complete", result="已清理", photos=photo).status_code == 302
    assert do(verifier, order, "verify", passed="yes", reply="已办结，感谢反映。").status_code == 302
    petition = Petition.objects.get()
    file = petition.attachments.get()
    page = enter("dispatcher").get(f"/cases/{petition.pk}/").content.decode()
    for words in (
        "已到现场",
        "已清理",
        "已办结，感谢反映。",
        f"/petitions/attachments/{file.pk}/small/",
        "Chain proved",
    ):
        assert words in page
    assert b"".join(enter("dispatcher").get(f"/petitions/attachments/{file.pk}/").streaming_content)
    assert enter("neighbour").get(f"/petitions/attachments/{file.pk}/").status_code == 404


def test_evidence_that_is_no_picture_leaves_the_order_in_hand(enter, world):
    order = dispatched(world, at=earlier(hours=1))
    do(enter("urban_handler"), order, "sign")
    fake = SimpleUploadedFile("after.jpg", b"<script>", content_type="image/jpeg")
    answer = do(enter("urban_handler"), order, "complete", result="已清理", photos=fake)
    assert answer.status_code == 400
    assert "已清理" in answer.content.decode()
    order.refresh_from_db()
    assert order.state == "signed"
    assert not order.petition.attachments.exists()


def test_a_return_is_asked_for_and_refused(enter, world):
    order = dispatched(world, at=earlier(hours=1))
    handler, center = enter("urban_handler"), enter("dispatcher")
    assert do(handler, order, "return", reason="not_ours").status_code == 422
    assert do(handler, order, "return", reason="not_ours", note="镇里的路").status_code == 302
    assert "镇里的路" in center.get(f"/dispatch/{order.pk}/rule/").content.decode()
    assert do(center, order, "rule", granted="no").status_code == 400
    assert do(center, order, "rule", granted="no", note="清单写明由你局负责").status_code == 302
    answer = do(handler, order, "return", reason="not_ours", note="再试一次")
    assert answer.status_code == 403
    assert "cannot be returned again" in answer.content.decode()


def test_nobody_verifies_what_one_handled(enter, world):
    order = dispatched(world, at=earlier(hours=1))
    do(enter("urban_handler"), order, "sign")
    do(enter("urban_handler"), order, "complete", result="已清理")
    assert do(enter("urban_handler"), order, "verify", passed="yes").status_code == 403


def test_what_the_list_has_no_answer_for_is_named_by_the_centre(enter, world):
    petition = filed(world, at=earlier(hours=2))
    accept(petition_id=petition.pk, category_code="010199", actor=world.actor("dispatcher"), at=earlier(hours=1))
    deliver_everything(at=clock.now())
    page = enter("dispatcher").get(f"/cases/{petition.pk}/").content.decode()
    assert "No unit by the list" in page
    assert f"/dispatch/assign/{petition.pk}/" in page
    petition.refresh_from_db()
    unit = world.units["urban"].pk
    answer = enter("dispatcher").post(
        f"/dispatch/assign/{petition.pk}/", {"version": petition.version, "unit": unit, "instruction": "请现场查看"}
    )
    assert answer.status_code == 302
    assert WorkOrder.objects.get(petition=petition).unit_id == unit


def test_a_unit_that_only_cooperates_cannot_be_named(enter, world):
    order = dispatched(world, at=earlier(hours=1))
    cooperating = world.units["east_town"].pk
    answer = do(enter("dispatcher"), order, "reassign", unit=cooperating, note="试试")
    assert answer.status_code == 400
    assert "unit" in answer.context["form"].errors


def test_an_order_of_another_area_is_not_there(enter, world):
    order = dispatched(world, at=earlier(hours=1))
    for name in ("sign", "rule", "nonsense"):
        assert enter("west_dispatcher").get(f"/dispatch/{order.pk}/{name}/").status_code == 404, name


@pytest.mark.parametrize("query", ["tab=nonsense", "scope=everything", "cursor=AAAA", "overdue=1"])
def test_an_odd_address_is_answered(enter, world, query):
    dispatched(world, at=earlier(hours=1))
    assert enter("urban_handler").get(f"/dispatch/?{query}").status_code in (200, 400)


def test_every_event_has_words():
    of_cases = {name for name in EVENTS if name.startswith(("petition.", "order.", "mediation."))}
    assert of_cases <= set(EVENT_WORDS) <= set(EVENTS)
