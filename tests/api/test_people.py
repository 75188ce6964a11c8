"""Whose name is shown to whom, what a look costs, and what somebody without an account may know."""

from __future__ import annotations

import pytest

from kernel.models import Event
from petitions.models import Petition
from tests.api.conftest import REPORT

pytestmark = pytest.mark.django_db
NAME, PHONE = "张三丰", "13812345678"


def file(caller, **changes):
    answer = caller.create("/petitions/", {**REPORT, **changes})
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_names_and_telephones_are_masked_everywhere(enter):
    citizen, dispatcher, gridworker = enter("citizen"), enter("dispatcher"), enter("gridworker")
    case = file(citizen)
    for caller in (dispatcher, gridworker, citizen):
        shown = caller.get(f"/petitions/{case['id']}/")
        assert shown.json()["reporter"] == {"name": "张**", "phone": "138****5678", "withheld": False}
        for path in ("", "timeline/", "ledger/", "orders/"):
            told = caller.get(f"/petitions/{case['id']}/{path}").content.decode()
            assert NAME not in told
            assert PHONE not in told
    assert NAME not in dispatcher.get("/petitions/").content.decode()


@pytest.mark.parametrize("changes", [{"nature": "report"}, {"confidential": True}])
def test_who_reports_wrongdoing_stays_unknown_to_those_who_handle_it(enter, changes):
    citizen, village, dispatcher = enter("citizen"), enter("east_villager"), enter("dispatcher")
    case = file(citizen, **changes)
    shown = village.get(f"/petitions/{case['id']}/").json()
    assert shown["reporter"] == {"name": "", "phone": "", "withheld": True}
    (filed,) = village.get(f"/petitions/{case['id']}/timeline/").json()["results"]
    assert (filed["actor"], filed["role"]) == ("", "citizen")
    assert dispatcher.get(f"/petitions/{case['id']}/").json()["reporter"]["withheld"] is False


def test_each_look_is_recorded_with_its_purpose(enter):
    case = file(enter("citizen"))
    dispatcher = enter("dispatcher")
    path = f"/petitions/{case['id']}/reveal/"
    answer = dispatcher.deed(path, {"field": "phone", "purpose": "contact"}, version=1)
    assert answer.json() == {"field": "phone", "value": PHONE}
    assert answer["Cache-Control"] == "no-store"
    look = Event.objects.get(name="petition.identity_revealed")
    assert look.payload == {"field": "phone", "purpose": "contact"}
    assert dispatcher.deed(path, {"field": "identity", "purpose": "contact"}, version=1).status_code == 404
    assert dispatcher.deed(path, {"field": "phone"}, version=1).status_code == 400
    assert Event.objects.filter(name="petition.identity_revealed").count() == 1
    assert PHONE not in dispatcher.get(f"/petitions/{case['id']}/timeline/").content.decode()


def test_following_a_case_without_an_account(enter, nobody):
    case = file(enter("citizen"))
    told = nobody.get(f"/track/{case['tracking_code']}/")
    assert told.status_code == 200
    assert told.json()["state"] == "filed"
    assert told.json()["replies"] == []
    for secret in (NAME, "张", PHONE, REPORT["title"], "工农社区", case["id"]):
        assert secret not in told.content.decode()
    dispatcher = enter("dispatcher")
    dispatcher.deed(f"/petitions/{case['id']}/decline/", {"reason": "litigation"}, version=1)
    told = nobody.get(f"/track/{case['tracking_code']}/").json()
    assert (told["state"], told["declined"], told["go_to"]) == ("declined", "已进入诉讼", "人民法院")
    assert nobody.get("/track/3333333333/").status_code == 404


def test_a_reply_repeated_is_one_reply(enter):
    case = file(enter("citizen"))
    dispatcher = enter("dispatcher")
    path = f"/petitions/{case['id']}/reply/"
    first = dispatcher.create(path, {"text": "已收到,正在核实。"}, key="once")
    again = dispatcher.create(path, {"text": "已收到,正在核实。"}, key="once")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again["Idempotency-Replayed"] == "true"
    assert first.json() == again.json()
    assert Petition.objects.get().replies.count() == 1
    assert dispatcher.create(path, {"text": "另一句"}, key="once").status_code == 422
