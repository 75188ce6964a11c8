"""Replays in the browser: started from the draft, watched, read, taken away, stopped."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from dispatch.models import Replay
from dispatch.services import replaying
from kernel import clock
from tests.dispatch.test_replay import MONDAY, dispatched, drafted
from tests.registry.steps import unhelped

pytestmark = pytest.mark.django_db
PERIOD = {"since": "2026-11-01", "until": "2026-11-30"}


@pytest.fixture
def signed_in(world, client):
    def enter(name):
        client.force_login(world.users[name])
        return client

    return enter


@pytest.fixture
def draft(world):
    dispatched(world, at=MONDAY)
    return drafted(world, ("T-1", unhelped(lead_unit="U-GS", limit_value="1")))


def test_from_the_draft_to_the_spreadsheet(world, signed_in, draft):
    keeper = signed_in("keeper")
    trial = f"{reverse('dispatch:replays')}?draft={draft.pk}"
    assert f'href="{trial}"' in keeper.get(reverse("registry:draft", args=[draft.pk])).content.decode()
    form = keeper.get(trial).content.decode()
    assert f'value="{draft.pk}" selected' in form
    answer = keeper.post(reverse("dispatch:replays"), {**PERIOD, "draft": draft.pk})
    made = Replay.objects.get()
    address = reverse("dispatch:replay", args=[made.pk])
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert "<progress" in keeper.get(address).content.decode()
    assert "hx-get" in keeper.get(address, headers={"HX-Request": "true"}).content.decode()
    replaying.step(replay_id=made.pk, at=clock.now())
    page = keeper.get(address).content.decode()
    assert "自来水公司" in page
    assert "门前占道经营" not in page  # the keeper of the list reads no case
    assert "门前占道经营" in signed_in("director").get(address, {"moved": "1"}).content.decode()
    book = b"".join(signed_in("director").get(reverse("dispatch:replay-book", args=[made.pk])).streaming_content)
    sheets = CalamineWorkbook.from_filelike(BytesIO(book))
    assert sheets.get_sheet_by_index(2).to_python()[1] == ["综合执法局", "自来水公司", 1.0]
    assert len(sheets.get_sheet_by_index(3).to_python()) == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [({}, "draft"), ({"draft": "x"}, "draft"), ({"days": "1"}, "days"), ({"since": "2026-12-01"}, "until")],
)
def test_a_form_that_is_not_right_says_where_and_starts_nothing(signed_in, draft, said, field):
    given = {**PERIOD, **({"draft": draft.pk} if field == "until" else {}), **said}
    answer = signed_in("keeper").post(reverse("dispatch:replays"), given)
    assert answer.status_code in (400, 422)
    assert answer.context["form"].errors[field]
    assert not Replay.objects.exists()


def test_whoever_asked_may_stop_it(signed_in, draft):
    keeper = signed_in("keeper")
    keeper.post(reverse("dispatch:replays"), {**PERIOD, "draft": draft.pk})
    made = Replay.objects.get()
    assert keeper.post(reverse("dispatch:replay-stop", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.cancelled_at is not None


def test_others_see_neither_the_list_nor_a_replay(signed_in, draft):
    signed_in("keeper").post(reverse("dispatch:replays"), {**PERIOD, "draft": draft.pk})
    made = Replay.objects.get()
    dispatcher = signed_in("dispatcher")
    assert dispatcher.get(reverse("dispatch:replays")).status_code == 403
    assert dispatcher.get(reverse("dispatch:replay", args=[made.pk])).status_code == 404
