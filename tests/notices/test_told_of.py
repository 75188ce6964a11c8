"""Who is told of what by the apps that stand: orders, supervision and the registry."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from dispatch.services import returning, verifying, working
from dispatch.services.opening import open_orders
from kernel import lanes
from kernel.relay import deliver_everything
from notices.kinds import KINDS
from notices.models import Delivery, Notice
from notices.queries import said
from petitions.services.reception import accept
from registry.services import drafts
from tests.architecture.sources import APPS
from tests.journeys.steps import dispatched, filed, let_time_pass
from tests.registry.steps import found, offered, proposed, stall
from tests.supervision.steps import answered, in_hand, issued, sent_back
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
PERCENT = re.compile(r"%\((\w+)\)s")


def told(kind, **narrowed):
    rows = Notice.objects.filter(kind=kind, **narrowed).order_by("user__username")
    return list(rows.values_list("user__username", flat=True).distinct())


def urgently_dispatched(world):
    """An order for a case that was accepted as urgent."""
    petition = filed(world, at=MONDAY)
    actor = world.actor("dispatcher")
    accept(petition_id=petition.pk, category_code="010101", urgency="urgent", actor=actor, at=MONDAY)
    deliver_everything(at=MONDAY)


def words(kind):
    return {one.title for one in said(Notice.objects.filter(kind=kind))}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_leads_to_a_page_that_is_there_and_speaks_without_its_facts(kind):
    one = KINDS[kind]
    assert kind.split(".")[0] in APPS
    if one.url_name:
        app, name = one.url_name.split(":")
        patterns = get_resolver().namespace_dict[app][1].reverse_dict
        (possible,) = {tuple(params) for template, *_rest in patterns.getlist(name) for _text, params in template}
        assert len(possible) == 1, f"{one.url_name} takes {possible}"
    assert "%(" not in one.name
    assert {literal for literal, field, *_rest in Formatter().parse(one.name) if field} == set()


def test_an_order_is_told_to_those_of_its_unit_who_sign(world):
    order = dispatched(world, at=MONDAY)
    assert told("dispatch.assigned") == ["urban_handler"]
    (title,) = words("dispatch.assigned")
    assert order.petition.number in title
    assert "11-16 " in title
    assert not Delivery.objects.exists()


def test_an_urgent_order_leaves_the_product_at_once(world):
    urgently_dispatched(world)
    assert told("dispatch.assigned") == []
    assert told("dispatch.assigned_now") == ["urban_handler"]
    assert Delivery.objects.get().notice.kind == "dispatch.assigned_now"


def test_telling_of_many_orders_costs_what_telling_of_one_does(world):
    def cost(count):
        cases = [filed(world, at=MONDAY) for _ in range(count)]
        for case in cases:
            accept(petition_id=case.pk, category_code="010101", actor=world.actor("dispatcher"), at=MONDAY)
        with CaptureQueriesContext(connection) as asked:
            assert open_orders(petition_ids=[case.pk for case in cases], at=MONDAY) == count
        return len([one for one in asked if "notices_" in one["sql"] or "organizations_posting" in one["sql"]])

    cost(1)
    assert cost(1) == cost(8) == 2


def test_what_nobody_signs_climbs_to_the_centre_and_is_told_to_the_head_of_the_unit(world):
    order = dispatched(world, at=MONDAY)
    let_time_pass(until=at("2026-11-18 17:00"))
    rungs = order.escalations.count()
    assert rungs
    assert told("dispatch.climbed")[0:2] == ["director", "dispatcher"]
    assert told("dispatch.late") == ["urban_handler", "urban_head"]
    assert Notice.objects.filter(kind="dispatch.late", user=world.users["urban_handler"]).count() == rungs
    assert any("综合执法局" in one and order.petition.number in one for one in words("dispatch.climbed"))
    let_time_pass(until=at("2026-11-18 17:00"))
    assert Notice.objects.filter(kind="dispatch.late", user=world.users["urban_handler"]).count() == rungs


def test_a_return_is_told_to_those_who_rule_and_the_ruling_to_the_unit(world):
    order = dispatched(world, at=MONDAY)
    returning.request_return(
        order_id=order.pk, reason_code="not_ours", note="不属我局", actor=world.actor("urban_handler"), at=MONDAY
    )
    assert "dispatcher" in told("dispatch.return_asked")
    assert "urban_handler" not in told("dispatch.return_asked")
    returning.rule_return(order_id=order.pk, granted=False, note="属你局", actor=world.actor("director"), at=MONDAY)
    assert told("dispatch.return_refused") == ["urban_handler"]
    assert not any("不属我局" in one for one in words("dispatch.return_asked"))


def test_what_does_not_pass_goes_back_to_those_who_handle(world):
    order = in_hand(world)
    working.complete(order_id=order.pk, result="已清理", actor=world.actor("urban_handler"), at=MONDAY)
    verifying.verify(order_id=order.pk, passed=False, note="仍在", actor=world.actor("verifier"), at=MONDAY)
    assert told("dispatch.sent_back") == ["urban_handler"]


def test_an_urging_and_a_supervision_order_are_told_to_the_unit(world, signed_in):
    order = in_hand(world)
    client = signed_in("dispatcher")
    client.post(f"/supervision/cases/{order.petition_id}/urge/", {"note": "", "version": order.petition.version})
    assert told("supervision.urged") == ["urban_handler"]
    made = issued(world, order)
    assert told("supervision.issued") == ["urban_handler", "urban_head"]
    link = {one.target for one in said(Notice.objects.filter(kind="supervision.issued"))}
    assert link == {f"/supervision/{made.pk}/"}


def test_an_answer_goes_to_the_issuer_and_back(world):
    made = answered(world, in_hand(world))
    assert told("supervision.answered") == ["director", "supervisor"]
    sent_back(world, made, at=at("2026-11-18 10:00"))
    assert told("supervision.sent_back") == ["urban_handler", "urban_head"]


def test_a_draft_is_told_to_who_approves_and_never_to_who_proposed(world):
    found(("T-CG", stall()))
    made = proposed(world, ("change", "T-CG", {"safeguards": "新"}))
    first = told("registry.submitted", subject=str(made.pk))
    assert (first, made.proposed_by.username) == (["director"], "keeper")
    drafts.refuse(draft_id=made.pk, reason="依据不足", actor=world.actor("director"), at=MONDAY)
    assert told("registry.decided") == ["keeper"]


def test_a_hand_over_is_told_to_both_units(world):
    found(("T-CG", stall(cooperations=[{"unit": "U-GS", "duty": "配合"}])))
    offered(world)
    assert {"urban_handler", "water_handler"} >= set(told("registry.to_sign")) != set()
    assert any("综合执法局" in one and "自来水公司" in one for one in words("registry.to_sign"))


def test_no_reporter_is_in_any_notice(world):
    dispatched(world, at=MONDAY)
    let_time_pass(until=at("2026-11-20 17:00"))
    stored = str(list(Notice.objects.values_list("facts", "subject", "once")))
    shown = str([one.title for one in said(Notice.objects.all())])
    for secret in ("张三丰", "13812345678", "门前占道经营", "摊贩"):
        assert secret not in stored
        assert secret not in shown


def test_a_played_history_tells_inside_only(world):
    with lanes.entered(lanes.HISTORY):
        urgently_dispatched(world)
    assert told("dispatch.assigned_now") == ["urban_handler"]
    assert not Delivery.objects.exists()
