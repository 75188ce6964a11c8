"""Gaps: opened by cases that the list has no unit for, counted, seen and closed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from kernel.errors import Invalid, NotAllowed, WrongState
from kernel.models import Event
from kernel.relay import deliver_everything
from petitions.services.reception import accept
from registry.choices import LineOp
from registry.models import Draft, Gap, GapCase
from registry.queries.gaps import cases_of
from registry.services import drafts, publishing
from registry.services.drafts import LineInput
from registry.services.gaps import Met, close, open_gap
from registry.services.proposing import propose_line
from tests.journeys.steps import filed
from tests.refusals import refused
from tests.registry.steps import unhelped
from tests.registry.typed import typed
from tests.world import MONDAY

pytestmark = pytest.mark.django_db


def unroutable(world, **said):
    petition = filed(world, at=MONDAY, **said)
    accept(petition_id=petition.pk, category_code="010199", actor=world.actor("dispatcher"), at=MONDAY)
    deliver_everything(at=MONDAY)
    petition.refresh_from_db()
    return petition


def test_what_the_list_has_no_answer_for_goes_to_the_centre_and_opens_a_gap(world):
    petition = unroutable(world)
    assert (petition.unroutable, petition.state) == ("no_matter", "accepted")
    gap = Gap.objects.get()
    assert (gap.kind, gap.category_id, gap.place, gap.times, gap.state) == (
        "no_matter",
        "010199",
        "370404001",
        1,
        "open",
    )
    assert list(Event.objects.filter(case_id=gap.pk).values_list("name", flat=True)) == ["registry.gap_opened"]


def test_the_next_case_is_counted_and_the_same_case_is_not_counted_twice(world):
    first = unroutable(world)
    unroutable(world)
    unroutable(world, lng=117.71, lat=34.77)
    counted = dict(Gap.objects.values_list("place", "times"))
    assert counted == {"370404001": 2, "370404100": 1}
    met = Met(petition_id=first.pk, kind="no_matter", category="010199", matter_id=None, place=first.place)
    assert open_gap(met=met, at=MONDAY).times == 2
    assert GapCase.objects.count() == 3


def test_there_is_one_open_gap_for_one_lack(world):
    unroutable(world)
    gap = Gap.objects.get()
    twin = Gap(**{field.attname: getattr(gap, field.attname) for field in Gap._meta.concrete_fields})
    twin.pk = gap.first_case
    with pytest.raises(IntegrityError, match="registry_one_open_gap"), transaction.atomic():
        twin.save(force_insert=True)


def test_it_is_closed_by_whoever_keeps_the_list_with_an_answer_and_opens_anew(world):
    unroutable(world)
    gap = Gap.objects.get()
    keeper = world.actor("keeper")
    with pytest.raises(NotAllowed):
        close(gap_id=gap.pk, note="x", actor=world.actor("dispatcher"), at=MONDAY)
    with pytest.raises(Invalid):
        close(gap_id=gap.pk, actor=keeper, at=MONDAY)
    with pytest.raises(Invalid):
        close(gap_id=gap.pk, draft_id=gap.pk, actor=keeper, at=MONDAY)
    closed = close(gap_id=gap.pk, note="不属清单事项", actor=keeper, at=MONDAY, version=1)
    assert (closed.state, closed.version) == ("closed", 2)
    with pytest.raises(WrongState):
        close(gap_id=gap.pk, note="再来", actor=keeper, at=MONDAY)
    unroutable(world)
    assert Gap.objects.open().get().pk != gap.pk


def test_the_cases_behind_it_are_shown_as_far_as_the_reader_sees_them(world):
    unroutable(world)
    gap = Gap.objects.get()
    seen = {name: cases_of(gap=gap, actor=world.actor(name)).count() for name in ("dispatcher", "west_dispatcher")}
    assert seen == {"dispatcher": 1, "west_dispatcher": 0}


def test_the_pages_list_show_and_close_it(world):
    unroutable(world)
    gap = Gap.objects.get()
    client = Client()
    client.force_login(world.users["keeper"], backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    listed = client.get("/registry/gaps/").content.decode()
    assert f"/registry/gaps/{gap.pk}/" in listed
    assert "坛山街道" in listed
    assert client.get(f"/registry/gaps/{gap.pk}/").status_code == 200
    assert "open gap" in client.get("/").content.decode()
    assert client.post(f"/registry/gaps/{gap.pk}/close/", {"version": 1}).status_code in (400, 422)
    done = client.post(f"/registry/gaps/{gap.pk}/close/", {"version": 1, "note": "不属清单事项"})
    assert done.status_code == 302
    assert client.get("/registry/gaps/?state=closed").status_code == 200
    client.force_login(world.users["citizen"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/registry/gaps/").status_code == 403
    assert client.get(f"/registry/gaps/{gap.pk}/").status_code == 404


def test_a_draft_made_for_a_gap_closes_it_when_it_is_approved(world):
    unroutable(world)
    gap, day = Gap.objects.get(), (MONDAY + timedelta(days=9)).date()
    keeper, director = world.actor("keeper"), world.actor("director")
    payload = unhelped(matter="M-JF", name="邻里纠纷", categories=["010199"], lead_unit="D-CG")
    line = LineInput(op=LineOp.NEW, item_code="T-JF", payload=payload)
    given = {"title": "补清单", "reason": "无单位承办", "effective": day, "actor": keeper, "at": MONDAY}
    draft = propose_line(**given, line=line, gap_id=gap.pk)
    assert (draft.origin, draft.gap_id) == ("gap", gap.pk)
    drafts.submit(draft_id=draft.pk, actor=keeper, at=MONDAY)
    gap.refresh_from_db()
    assert gap.state == "open"
    publishing.approve(draft_id=draft.pk, actor=director, at=MONDAY)
    gap.refresh_from_db()
    assert (gap.state, gap.closed_by_id, gap.closed_by_user_id) == ("closed", draft.pk, director.user_id)
    names = list(Event.objects.filter(case_id=gap.pk).order_by("seq").values_list("name", flat=True))
    assert names == ["registry.gap_opened", "registry.gap_closed"]
    for name in (gap.pk, uuid4(), None):
        with refused(Invalid) as found:
            drafts.open_draft(**given, origin="gap", gap_id=name)
        assert "gap" in found.value.fields


def test_a_gap_that_was_closed_before_stays_as_it_is(world):
    unroutable(world)
    gap, director = Gap.objects.get(), world.actor("director")
    payload = unhelped(matter="M-JF", name="邻里纠纷", categories=["010199"], lead_unit="D-CG")
    line = LineInput(op=LineOp.NEW, item_code="T-JF", payload=payload)
    given = {"title": "补清单", "reason": "无单位承办", "effective": (MONDAY + timedelta(days=9)).date()}
    draft = propose_line(**given, line=line, gap_id=gap.pk, actor=world.actor("keeper"), at=MONDAY)
    drafts.submit(draft_id=draft.pk, actor=world.actor("keeper"), at=MONDAY)
    close(gap_id=gap.pk, note="清单无误", actor=director, at=MONDAY)
    publishing.approve(draft_id=draft.pk, actor=director, at=MONDAY)
    gap.refresh_from_db()
    assert (gap.closed_by_id, gap.note) == (None, "清单无误")


def test_the_page_of_a_gap_leads_to_a_draft_that_is_made_for_it(page, world):
    unroutable(world)
    gap = Gap.objects.get()
    address = f"/registry/new/?gap={gap.pk}"
    assert address in page("keeper", f"/registry/gaps/{gap.pk}/")
    assert 'value="010199" id="id_categories_' in page("keeper", address)
    there = page("keeper", address, typed(), expect=302)
    draft = Draft.objects.get()
    assert (draft.gap_id, draft.origin) == (gap.pk, "gap")
    assert f"/registry/gaps/{gap.pk}/" in page("keeper", there)
    for wrong in ("x", str(uuid4())):
        page("keeper", f"/registry/new/?gap={wrong}", expect=404)
    close(gap_id=gap.pk, note="清单无误", actor=world.actor("director"), at=MONDAY)
    page("keeper", address, expect=404)
