"""What was begun is kept for the one who began it: sealed, small, not for ever, and gone with its deed."""

import logging
from datetime import timedelta

import orjson
import pytest
from django.db import connection
from django.urls import reverse

from desk.models import Draft
from desk.models.draft import MOST_BYTES
from desk.services import drafts
from kernel import clock
from tests.journeys import steps
from tests.world import MONDAY

KEY = "calls:file"
# A lock that somebody else holds for too long, as the database says it.
REFUSING = """
CREATE FUNCTION pg_temp.held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'held' USING ERRCODE = '55P03'; END $$;
CREATE TRIGGER held BEFORE DELETE ON desk_draft FOR EACH ROW EXECUTE FUNCTION pg_temp.held();
"""
SAID = {"asked": ["李四家的水管, 电话 13812345678"], "kind": ["ordinary"]}


def keep(client, key=KEY, fields=None, **extra):
    body = orjson.dumps({"fields": fields or SAID})
    return client.post(reverse("desk:draft", args=[key]), body, content_type="application/json", **extra)


def kept(client, key=KEY):
    return client.get(reverse("desk:draft", args=[key])).json()


def test_only_its_owner_finds_a_draft_again(enter):
    owner, other = enter("dispatcher"), enter("dispatcher2")
    assert keep(owner).status_code == 204
    assert kept(owner)["fields"] == SAID
    assert kept(other) == {}
    assert other.post(reverse("desk:draft-discard", args=[KEY])).status_code == 404
    assert owner.post(reverse("desk:draft-discard", args=[KEY])).status_code == 204
    assert kept(owner) == {}


def test_a_draft_is_sealed_for_one_person_and_one_form(world, enter, caplog):
    with caplog.at_level(logging.DEBUG):
        keep(enter("dispatcher"))
    row = Draft.objects.get()
    assert b"13812345678" not in bytes(row.sealed)
    assert "13812345678" not in caplog.text
    Draft.objects.update(user=world.users["dispatcher2"])  # somebody with a hand in the database
    with pytest.raises(ValueError, match="moved"):
        drafts.opened(key=KEY, actor=world.actor("dispatcher2"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_event WHERE payload::text LIKE %s", ["%13812345678%"])
        assert cursor.fetchone() == (0,)


def test_what_opens_doors_is_never_kept(enter):
    owner = enter("dispatcher")
    secret = {"password": ["x"], "new_password1": ["x"], "csrfmiddlewaretoken": ["x"], "version": ["3"]}
    keep(owner, fields={**SAID, **secret, "idempotency_key": ["x"], "_draft": [KEY]})
    assert kept(owner)["fields"] == SAID


NO_FORMS = [
    (KEY, b"", 400),
    (KEY, b"{", 400),
    (KEY, b"[]", 400),
    (KEY, b'{"fields": {"asked": "text"}}', 400),
    (KEY, b'{"fields": {"asked": [1]}}', 400),
    (KEY, b'{"fields": {"as ked": ["x"]}}', 400),
    (KEY, orjson.dumps({"fields": {"asked": ["\u202e"]}}), 400),
    (KEY, orjson.dumps({"fields": {f"f{n}": ["x"] for n in range(61)}}), 400),
    ("a b", orjson.dumps({"fields": SAID}), 400),
    ("k" * 121, orjson.dumps({"fields": SAID}), 400),
    (KEY, orjson.dumps({"fields": {"asked": ["水" * MOST_BYTES]}}), 413),
    (KEY, orjson.dumps({"fields": {"asked": ["x" * MOST_BYTES]}}), 413),
]


def test_what_is_no_form_is_refused(enter):
    client = enter("dispatcher")
    for key, body, status in NO_FORMS:
        answer = client.post(reverse("desk:draft", args=[key]), body, content_type="application/json")
        assert answer.status_code == status, (key, body[:60])
    assert not Draft.objects.exists()


def test_of_many_drafts_the_oldest_goes_and_after_two_weeks_all(world):
    actor = world.actor("dispatcher")
    for number in range(drafts.MOST_DRAFTS + 2):
        drafts.keep(key=f"form:{number}", fields=SAID, actor=actor, at=MONDAY + timedelta(minutes=number))
    left = set(Draft.objects.values_list("key", flat=True))
    assert len(left) == drafts.MOST_DRAFTS
    assert not left & {"form:0", "form:1"}
    drafts.keep(key="form:2", fields=SAID, actor=actor, at=MONDAY + timedelta(days=1))
    assert drafts.sweep_old(at=MONDAY + drafts.KEPT_FOR + timedelta(hours=5)) == drafts.MOST_DRAFTS - 1
    assert Draft.objects.get().key == "form:2"


def test_the_draft_of_a_deed_goes_when_it_is_done_and_stays_when_it_is_refused(world, enter):
    petition = steps.filed(world, at=clock.now())
    page = reverse("petitions:deed", args=[petition.pk, "decline"])
    client = enter("dispatcher")
    shown = client.get(page).content.decode()
    key = page.strip("/").replace("/", ":")
    assert f'data-draft="{key}"' in shown
    keep(client, key, {"note": ["已经去法院"]})
    refused = client.post(page, {"version": petition.version, "reason": "", "_draft": key})
    assert refused.status_code == 422
    assert "data-draft-typed" in refused.content.decode()
    assert kept(client, key)["fields"] == {"note": ["已经去法院"]}
    done = client.post(page, {"version": petition.version, "reason": "litigation", "note": "已经去法院", "_draft": key})
    assert done.status_code == 302
    assert kept(client, key) == {}


def test_a_draft_of_no_form_never_turns_a_deed_that_was_done_into_a_fault(world, enter):
    petition = steps.filed(world, at=clock.now())
    said = {"version": petition.version, "reason": "litigation", "note": "x", "_draft": "a\x00b"}
    answer = enter("dispatcher").post(reverse("petitions:deed", args=[petition.pk, "decline"]), said)
    assert answer.status_code == 302
    petition.refresh_from_db()
    assert petition.state == "declined"


def test_a_draft_that_cannot_be_forgotten_just_now_is_swept_later(world, enter):
    """Busy after the deed is done is nobody's business but the log's."""
    client = enter("dispatcher")
    petition = steps.filed(world, at=clock.now())
    key = "petitions:x:decline"
    keep(client, key)
    with connection.cursor() as cursor:
        cursor.execute(REFUSING)
    said = {"version": petition.version, "reason": "litigation", "note": "x", "_draft": key}
    assert client.post(reverse("petitions:deed", args=[petition.pk, "decline"]), said).status_code == 302


def test_who_was_faster_is_named_and_the_text_is_kept(world, enter):
    petition = steps.filed(world, at=clock.now())
    page = reverse("petitions:deed", args=[petition.pk, "ask"])
    client, other = enter("dispatcher"), enter("director")
    accepted = {"version": petition.version, "category": "010101"}
    assert other.post(reverse("petitions:deed", args=[petition.pk, "accept"]), accepted).status_code == 302
    late = client.post(f"{page}?q=王五", {"version": petition.version, "question": "请补充门牌号"})
    assert late.status_code in (409, 412)
    shown = late.content.decode()
    assert shown.count("director · ") == 1
    assert f'data-draft="petitions:{petition.pk}:ask"' in shown
    assert "请补充门牌号" in shown
