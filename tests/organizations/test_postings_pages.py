"""Postings by hand: listed, made once, ended, for whoever manages accounts and nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kernel import clock
from organizations.models import Posting
from tests.api.test_budgets import budget
from tests.grids.test_audit import enter
from tests.world import CELL

pytestmark = pytest.mark.django_db
AT = "/organizations/postings/"


def moment(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def test_somebody_is_posted_once_and_the_posting_is_ended(world):
    admin = enter(world, "administrator")
    before = Posting.objects.count()
    with budget("page: postings"):
        listed = admin.get(AT).content.decode()
    assert "east_officer" in listed
    begins = clock.now() - timedelta(minutes=5)
    said = {
        "account": "citizen", "unit": world.units["water"].pk, "role": "handler", "cell_code": "",
        "valid_from": moment(begins), "valid_until": "", "idempotency_key": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
    }  # fmt: skip
    for wrong, status in (
        ({"account": "nobody"}, 400), ({"role": "citizen"}, 422), ({"cell_code": CELL}, 400), ({"unit": ""}, 422),
        ({"valid_until": moment(begins - timedelta(days=1))}, 400), ({"role": "gridworker"}, 400),
    ):  # fmt: skip
        assert admin.post(f"{AT}new/", said | wrong | {"idempotency_key": ""}).status_code == status, wrong
    for _ in range(2):
        assert admin.post(f"{AT}new/", said).headers["Location"] == AT
    assert Posting.objects.count() == before + 1
    made = Posting.objects.latest("pk")
    assert (made.user.username, made.role, made.unit) == ("citizen", "handler", world.units["water"])
    assert admin.post(f"{AT}new/", said | {"idempotency_key": ""}).status_code == 409
    assert f"{AT}{made.pk}/end/" in admin.get(AT, {"q": "citizen"}).content.decode()
    assert admin.get(f"{AT}{made.pk}/end/").status_code == 200
    assert admin.post(f"{AT}{made.pk}/end/", {"until": moment(begins - timedelta(days=1))}).status_code == 400
    over = moment(clock.now() - timedelta(minutes=1))
    assert admin.post(f"{AT}{made.pk}/end/", {"until": over}).status_code == 302
    assert admin.post(f"{AT}{made.pk}/end/", {"until": over}).status_code == 409
    assert "water" not in str(admin.get(AT, {"q": "citizen"}).context["rows"])
    assert [one.pk for one in admin.get(AT, {"q": "citizen", "past": "on"}).context["rows"]] == [made.pk]
    assert {one.role for one in admin.get(AT, {"role": "verifier"}).context["rows"]} == {"verifier"}


def test_only_who_manages_accounts_posts_people(world):
    held = Posting.objects.filter(user=world.users["gridworker"]).get()
    for name in ("director", "list_keeper", "citizen"):
        if name not in world.users:
            continue
        person = enter(world, name)
        for path in (AT, f"{AT}new/", f"{AT}{held.pk}/end/"):
            assert person.get(path).status_code == 403
        assert person.post(f"{AT}{held.pk}/end/", {"until": moment(clock.now())}).status_code == 403
        assert AT not in person.get("/").content.decode()
    held.refresh_from_db()
    assert held.valid_until is None
    assert f'href="{AT}"' in enter(world, "administrator").get("/").content.decode()
