"""A call that the list cannot place is a gap of it, as a petition is; one case is counted once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from calls.services import triaging, turning
from kernel.models import Event
from kernel.relay import deliver_everything
from petitions.services.reception import accept
from registry.models import Gap, GapCase
from registry.services.gaps import close
from tests.api.conftest import callers
from tests.calls.steps import HOUR, filed
from tests.world import MONDAY

pytestmark = pytest.mark.django_db
NOWHERE = "010199"  # a category without a matter


def triaged(world, call, *, at):
    return triaging.triage(
        call_id=call.pk,
        unit_id=world.units["urban"].pk,
        until=at + timedelta(days=3),
        actor=world.actor("dispatcher", on=at),
        at=at,
    )


def test_an_emergency_that_the_list_cannot_place_opens_a_gap_with_its_own_case(world):
    call = filed(world, kind="emergency", category_code=NOWHERE)
    gap = Gap.objects.get()
    assert (call.state, gap.kind, gap.first_case, gap.times) == ("filed", "no_matter", call.case_id, 1)
    told = Event.objects.get(case_id=gap.pk, name="registry.gap_opened").payload
    assert (told["petition"], told["call"]) == ("", str(call.pk))
    close(gap_id=gap.pk, note="由中心指定", actor=world.actor("keeper"), at=MONDAY)
    filed(world, kind="emergency", category_code=NOWHERE)
    assert sorted(Gap.objects.values_list("state", "times")) == [("closed", 1), ("open", 1)]


def test_what_the_centre_had_to_place_is_counted_and_a_call_without_category_asked_nothing(world):
    for code, gaps in (("", 0), ("010101", 0), (NOWHERE, 1)):
        call = filed(world, category_code=code)
        triaged(world, call, at=MONDAY + HOUR)
        assert Gap.objects.count() == gaps, code


def test_the_petition_of_a_call_is_the_same_case_and_is_not_counted_again(world):
    call = filed(world, kind="emergency", category_code=NOWHERE)
    said = {"nature": "help", "channel": "township", "title": "求助", "description": "求助"}
    turning.file_for_call(call_id=call.pk, actor=world.actor("east_officer"), at=MONDAY, **said)
    accept(petition_id=call.case_id, category_code=NOWHERE, actor=world.actor("dispatcher"), at=MONDAY + HOUR)
    deliver_everything(at=MONDAY + HOUR)
    assert (Gap.objects.get().times, GapCase.objects.count()) == (1, 1)


def test_the_page_and_the_api_say_how_many_calls(world, page):
    filed(world, kind="emergency", category_code=NOWHERE)
    gap = Gap.objects.get()
    assert "另有 1 次没有诉求件的呼叫" in page("keeper", f"/registry/gaps/{gap.pk}/").content.decode()
    shown = callers(world, ["keeper"])["keeper"].get(f"/gaps/{gap.pk}/").json()
    assert (shown["calls"], shown["cases"]) == (1, [])
