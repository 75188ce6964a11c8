"""Many at once, on committed data with real threads: exactly one wins, and the others are told what changed."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from knox.models import AuthToken

from dispatch.models import Escalation, WorkOrder
from dispatch.services import working
from kernel.chains import verify_all
from kernel.errors import DomainError
from kernel.models import Event, Timer
from kernel.relay import deliver_everything
from kernel.timers import fire_due, fire_everything
from organizations.choices import Role
from organizations.models import Posting, User
from petitions.models import Petition
from tests.api.cases import ORDER_STEPS, case_in, file_case
from tests.api.conftest import REPORT, Caller
from tests.journeys.steps import dispatched
from tests.races import at_once
from tests.world import MONDAY, START, build

pytestmark = pytest.mark.django_db(transaction=True)
OFFICERS = 20


@pytest.fixture
def county(db):
    return build()


def officers(county, unit, role):
    """Twenty people of one unit, each with a token."""
    found = []
    for number in range(OFFICERS):
        user = User.objects.create_user(username=f"officer{number}")
        Posting.objects.create(user=user, unit=county.units[unit], role=role, valid_from=START)
        found.append(Caller(AuthToken.objects.create(user=user)[1]))
    return found


def told_what_changed(answer, *, state, event, role):
    details = answer.json()["error"]["details"]
    assert answer.status_code in (409, 412)
    assert details["state"] == state
    assert details["last_event"] == event
    assert details["last_actor_role"] == role
    assert details["current_version"] > 1
    assert details["changed_at"]


def test_twenty_sign_one_order(county):
    order = case_in(county, ORDER_STEPS["assigned"]).order()
    people = officers(county, "urban", Role.HANDLER)
    answers = at_once([lambda who=who: who.deed(f"/orders/{order.pk}/sign/", version=1) for who in people])
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses[200] == 1
    assert statuses[409] + statuses[412] == OFFICERS - 1
    for answer in answers:
        if answer.status_code != 200:
            told_what_changed(answer, state="signed", event="order.signed", role="handler")
    assert Event.objects.filter(name="order.signed").count() == 1
    assert WorkOrder.objects.get().version == 2
    assert all(one.intact for one in verify_all())


def test_two_centres_accept_one_petition(county):
    case = file_case(county)
    tokens = {name: AuthToken.objects.create(user=county.users[name])[1] for name in ("dispatcher", "east_dispatcher")}
    path = f"/petitions/{case.petition.pk}/accept/"
    answers = at_once(
        [lambda t=token: Caller(t).deed(path, {"category": "010101"}, version=1) for token in tokens.values()]
    )
    assert sorted(answer.status_code for answer in answers)[0] == 200
    (loser,) = (answer for answer in answers if answer.status_code != 200)
    told_what_changed(loser, state="accepted", event="petition.accepted", role="dispatcher")
    assert Event.objects.filter(name="petition.accepted").count() == 1
    deliver_everything(at=case.at + timedelta(hours=1))
    assert WorkOrder.objects.count() == 1


def test_one_key_ten_times_at_once(county):
    token = AuthToken.objects.create(user=county.users["citizen"])[1]
    answers = at_once([lambda: Caller(token).create("/petitions/", REPORT, key="one-and-the-same")] * 10)
    assert {answer.status_code for answer in answers} == {201}
    assert all(answer.json() == answers[0].json() for answer in answers)
    assert Petition.objects.count() == 1
    assert Event.objects.count() == 1


def test_one_key_with_another_report(county):
    token = AuthToken.objects.create(user=county.users["citizen"])[1]
    bodies = [REPORT, {**REPORT, "title": "另一件事"}]
    answers = at_once([lambda body=body: Caller(token).create("/petitions/", body, key="reused") for body in bodies])
    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert Petition.objects.count() == 1


def test_twins_of_one_source_number(county):
    token = AuthToken.objects.create(user=county.users["dispatcher"])[1]
    report = {**REPORT, "channel": "hotline", "source": "12345", "source_no": "A-1"}
    answers = at_once([lambda: Caller(token).create("/petitions/", report)] * 5)
    statuses = Counter(answer.status_code for answer in answers)
    assert statuses == {201: 1, 409: 4}
    number = Petition.objects.get().number
    assert {a.json()["error"]["details"]["number"] for a in answers if a.status_code == 409} == {number}


@pytest.mark.parametrize("trial", range(3))
def test_a_signature_at_the_instant_of_its_deadline(county, trial):
    """Either in time and nobody is told, or told and then late: never both, and nothing fires twice."""
    order = dispatched(county, at=MONDAY)
    instant = order.sign_due_at
    handler = county.actor("urban_handler")

    def sign():
        try:
            working.sign(order_id=order.pk, actor=handler, at=instant)
        except DomainError as error:
            return error.status
        return 200

    at_once([sign, lambda: fire_due(at=instant), lambda: fire_due(at=instant)])
    fire_everything(at=instant)
    signed = WorkOrder.objects.get()
    assert signed.state == "signed"
    told = list(
        Event.objects.order_by("seq")
        .filter(name__in=["order.escalated", "order.signed"])
        .values_list("name", flat=True)
    )
    assert told in (["order.signed"], ["order.escalated", "order.signed"])
    assert Escalation.objects.count() == told.count("order.escalated")
    assert not Timer.objects.filter(kind="order.sign", state="armed").exists()
    assert all(one.intact for one in verify_all())


def test_sign_and_return_at_once(county):
    order = case_in(county, ORDER_STEPS["assigned"]).order()
    one, two = officers(county, "urban", Role.HANDLER)[:2]
    back = {"reason": "not_ours", "note": "不属我局"}
    answers = at_once(
        [
            lambda: one.deed(f"/orders/{order.pk}/sign/", version=1),
            lambda: two.deed(f"/orders/{order.pk}/return/", back, version=1),
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
