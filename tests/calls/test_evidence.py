"""Photographs belong to the call: at filing, on site and with the report; the petition's stay with the petition."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from PIL import Image

from calls.models import Call, Evidence
from calls.services import answering, showing
from kernel import clock
from kernel.errors import Conflict, Missing, NotAllowed
from kernel.models import Event
from petitions.models import Attachment
from petitions.services.attaching import attach, prepared
from tests.api.called import picture
from tests.api.conftest import callers
from tests.calls.steps import HOUR, answered, called, filed, solved
from tests.journeys import steps as petitions
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
THEN = MONDAY + 2 * HOUR


def shown(world, call, name, *, on=THEN, many=1):
    given = [prepared(file=picture(), name="现场.jpg") for _number in range(many)]
    return showing.show(call_id=call.pk, given=given, actor=world.actor(name, on=on), at=on)


def test_the_caller_shows_at_once_and_the_called_when_they_are_there(world):
    call = called(world, assists=("water",))
    (first,) = shown(world, call, "east_officer")
    assert (first.stage, first.unit_id, first.content_type) == ("filed", world.units["east_town"].pk, "image/jpeg")
    with pytest.raises(NotAllowed):
        shown(world, call, "urban_handler")
    answered(world, call, at=THEN)
    urban = world.actor("urban_handler", on=THEN)
    answering.arrive(call_id=call.pk, actor=urban, at=THEN + HOUR)
    assert shown(world, call, "urban_handler", on=THEN + HOUR)[0].stage == "arrived"
    answering.report(call_id=call.pk, result="已清理", actor=urban, at=THEN + HOUR)
    assert shown(world, call, "urban_handler", on=THEN + HOUR)[0].stage == "reported"
    with pytest.raises(NotAllowed):  # the water company has not checked in
        shown(world, call, "water_handler", on=THEN + HOUR)
    said = Event.objects.filter(case_id=call.case_id, name="call.evidence_added").order_by("seq")
    assert [one.payload["stage"] for one in said] == ["filed", "arrived", "reported"]
    solved(world, call, at=THEN + 2 * HOUR)
    with pytest.raises(Conflict):
        shown(world, call, "east_officer", on=THEN + 3 * HOUR)


def test_who_sees_the_call_sees_it_and_nobody_else(world):
    call = called(world)
    (row,) = shown(world, call, "east_officer")
    sees = {name for name in world.users if opens(world, call, row, name)}
    assert {"urban_handler", "urban_head", "leader", "east_head", "director"} <= sees
    assert sees.isdisjoint({"water_handler", "west_officer", "enforcer", "company", "citizen"})
    with pytest.raises(Missing):
        showing.opened(call_id=filed(world).pk, file_id=row.pk, actor=world.actor("east_officer"))


def opens(world, call, row, name):
    try:
        return showing.opened(call_id=call.pk, file_id=row.pk, actor=world.actor(name)) == row
    except Missing:
        return False


def test_the_called_get_nothing_of_the_petition(world):
    petition = petitions.filed(world, at=MONDAY, by="citizen")
    actor = world.actor("citizen")
    attach(petition_id=petition.pk, file=picture(), name="门牌.jpg", purpose="report", actor=actor, at=MONDAY)
    call = called(world, petition_id=petition.pk)
    shown(world, call, "east_officer")
    assert (Attachment.objects.count(), Evidence.objects.count()) == (1, 1)
    told = callers(world, ["urban_handler"])["urban_handler"].get(f"/calls/{call.pk}/")
    assert [one["original_name"] for one in told.json()["files"]] == ["现场.jpg"]
    assert "门牌" not in told.content.decode()


def test_twenty_are_enough_and_what_was_shown_stands(world):
    call = called(world)
    rows = shown(world, call, "east_officer", many=20)
    with pytest.raises(Conflict):
        shown(world, call, "east_officer")
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=rows[0].pk).update(stage="arrived")


def test_the_pages_take_files_and_refuse_what_is_none_with_the_deed(world, page):
    at = clock.now()
    call = called(world, at=at - 2 * HOUR)
    answered(world, call, at=at - timedelta(minutes=1))
    path, version = f"/calls/{call.pk}/arrive/", Call.objects.get().version
    bad = io.BytesIO(b"<html>")
    bad.name = "a.jpg"
    assert page("urban_handler", path, {"version": version, "file": [bad]}).status_code == 400
    assert Call.objects.get().state == "answered"
    page("urban_handler", path, {"version": version, "file": [picture()]})
    row = Evidence.objects.get()
    assert (Call.objects.get().state, row.stage) == ("arrived", "arrived")
    small = page("east_officer", f"/calls/{call.pk}/files/{row.pk}/small/")
    assert Image.open(io.BytesIO(b"".join(small.streaming_content))).format == "WEBP"
    assert str(row.pk) in page("east_officer", f"/calls/{call.pk}/").content.decode()
    assert page("water_handler", f"/calls/{call.pk}/files/{row.pk}/").status_code == 404
    said = {"kind": "livelihood", "asked": "清理", "when": "list", "place": "370404001000", "file": [picture()]}
    page("east_officer", "/calls/new/", said)
    assert Call.objects.latest("filed_at").evidence.get().stage == "filed"
