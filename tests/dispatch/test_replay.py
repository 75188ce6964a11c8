"""Trying a draft of the list, or another calendar, on past cases: what it finds, and that nothing real is touched."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from dispatch.models import Replay, ReplayedCase, WorkOrder
from dispatch.services import replaying, working
from kernel.actors import SYSTEM
from kernel.calendar_notices import COLUMNS, SEED
from kernel.errors import Conflict, Invalid, Missing, NotAllowed
from kernel.models import Event, Timer
from petitions.models import Petition
from petitions.services.reception import accept
from registry.choices import DraftOrigin, LineOp
from registry.services import drafts
from tests.journeys.steps import dispatched, filed
from tests.refusals import refused
from tests.registry.steps import unhelped
from tests.world import COUNTY, MONDAY, at

pytestmark = pytest.mark.django_db
PERIOD = {"since": date(2026, 11, 1), "until": date(2026, 11, 30), "territory": "370404"}
LATER = at("2026-11-25 09:00")


def drafted(world, *lines):
    """A draft of the keeper with new items on these payloads."""
    keeper = world.actor("keeper", on=LATER)
    given = {"origin": DraftOrigin.BY_HAND, "reason": "试行", "actor": keeper, "at": LATER}
    draft = drafts.open_draft(title="换一个单位", effective=date(2026, 12, 1), **given)
    for code, payload in lines:
        drafts.put_line(draft_id=draft.pk, op=LineOp.NEW, item_code=code, payload=payload, actor=keeper, at=LATER)
    return draft


def played(*, size=replaying.CHUNK, actor=SYSTEM, **tried) -> Replay:
    """The whole of a replay."""
    made = replaying.start(**PERIOD, **tried, actor=actor, at=LATER)
    while made.is_running:
        made = replaying.step(replay_id=made.pk, at=LATER, size=size)
    return made


def done(world, order, *, when):
    """Signed at once and completed at an instant."""
    handler = world.actor("urban_handler", on=MONDAY)
    working.sign(order_id=order.pk, actor=handler, at=MONDAY)
    return working.complete(order_id=order.pk, result="已清理", actor=handler, at=when)


def test_a_draft_says_who_would_get_what_and_what_would_have_been_late(world):
    order = dispatched(world, at=MONDAY)
    done(world, order, when=at("2026-11-19 10:00"))
    dispatched(world, at=MONDAY, category="010102")
    made = played(draft_id=drafted(world, ("T-1", unhelped(lead_unit="U-GS", limit_value="1"))).pk)
    assert {name: n for name, n in made.tally.items() if isinstance(n, int) and n} == {
        "cases": 2, "placed_before": 2, "placed_after": 2, "moved": 1, "late_after": 1, "broken": 1, "shorter": 1,
        "ended": 2, "hits_before": 2, "hits_after": 1,
    }  # fmt: skip
    urban, water = str(world.units["urban"].pk), str(world.units["water"].pk)
    assert made.tally["flows"] == {f"{urban}>{water}": 1}
    assert (made.tally["units"][urban]["lost"], made.tally["units"][water]["gained"]) == (1, 1)
    (row,) = ReplayedCase.objects.all()
    assert (row.petition_id, row.before_unit, row.after_unit, row.moved, row.lateness) == (
        order.petition_id, world.units["urban"], world.units["water"], True, "broken",
    )  # fmt: skip
    assert row.after_due_at == at("2026-11-17 17:30")


def test_nothing_real_is_touched(world):
    dispatched(world, at=MONDAY)
    tables = (Petition, WorkOrder, Timer)
    draft = drafted(world, ("T-1", unhelped(lead_unit="U-GS")))
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    events = Event.objects.count()
    made = played(draft_id=draft.pk)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    new = Event.objects.order_by("pk")[events:]
    assert [(one.name, one.case_id) for one in new] == [("replay.started", made.pk), ("replay.finished", made.pk)]
    draft.refresh_from_db()
    assert draft.state == "preparing"


def test_a_replay_in_pieces_finds_the_same(world):
    for category in ("010101", "010102", "010103", "010101"):
        dispatched(world, at=MONDAY, category=category)
    draft = drafted(world, ("T-1", unhelped(lead_unit="U-GS", limit_value="1")))
    whole, pieces = played(draft_id=draft.pk), played(draft_id=draft.pk, size=1)
    assert (pieces.tally, pieces.done) == (whole.tally, whole.done)
    rows = ("petition", "before_unit", "after_unit", "before_due_at", "after_due_at", "moved", "gap", "lateness")
    found = [sorted(ReplayedCase.objects.filter(replay=one).values_list(*rows)) for one in (whole, pieces)]
    assert found[0] == found[1]
    assert len(found[0]) == 2


def test_a_gap_that_the_draft_closes_is_counted(world):
    petition = filed(world, at=MONDAY)
    accept(petition_id=petition.pk, category_code="010199", actor=world.actor("dispatcher", on=MONDAY), at=MONDAY)
    payload = unhelped(matter="M-JF", name="邻里纠纷", categories=["010199"], lead_unit="D-CG")
    made = played(draft_id=drafted(world, ("T-2", payload)).pk)
    assert (made.tally["gaps_closed"], made.tally["placed_before"], made.tally["placed_after"]) == (1, 0, 1)
    assert ReplayedCase.objects.get().gap == "closed"


def test_another_calendar_moves_dates_and_no_unit(world):
    order = dispatched(world, at=MONDAY)
    days = SEED.read_text(encoding="utf-8") + "2026-11-18,holiday,试行假日,试行\n"
    made = played(days=days)
    assert (made.tally["moved"], made.tally["longer"]) == (0, 1)
    row = ReplayedCase.objects.get()
    assert (row.petition_id, (row.after_due_at - row.before_due_at).days) == (order.petition_id, 1)


def test_whoever_has_nothing_to_do_with_the_lists_is_refused(world):
    draft = drafted(world, ("T-1", unhelped()))
    for person in ("dispatcher", "verifier", "gridworker", "citizen"):
        with refused(NotAllowed):
            replaying.start(**PERIOD, draft_id=draft.pk, actor=world.actor(person, on=LATER), at=LATER)


def test_bad_input_is_named_and_starts_nothing(world):
    keeper = world.actor("keeper", on=LATER)
    turned = {**PERIOD, "since": PERIOD["until"], "until": PERIOD["since"]}
    for given in ({**turned, "days": "x"}, {**PERIOD, "days": "x"}, {**PERIOD, "days": ",".join(COLUMNS)}):
        with refused(Invalid):
            replaying.start(**given, actor=keeper, at=LATER)
    with refused(Missing):
        replaying.start(**PERIOD, draft_id=uuid4(), actor=keeper, at=LATER)
    assert not Replay.objects.exists()


def test_one_runs_at_a_time_and_may_be_cancelled_by_whoever_asked(world):
    draft, keeper = drafted(world, ("T-1", unhelped())), world.actor("keeper", on=LATER)
    made = replaying.start(**PERIOD, draft_id=draft.pk, actor=keeper, at=LATER)
    with refused(Conflict):
        replaying.start(**PERIOD, draft_id=draft.pk, actor=keeper, at=LATER)
    with refused(NotAllowed):
        replaying.cancel(replay_id=made.pk, actor=world.actor("urban_handler", on=LATER), at=LATER)
    replaying.cancel(replay_id=made.pk, actor=keeper, at=LATER)
    assert replaying.step(replay_id=made.pk, at=LATER).done == 0
    with refused(Conflict):
        replaying.cancel(replay_id=made.pk, actor=keeper, at=LATER)
    assert COUNTY.startswith(made.territory)


@pytest.mark.parametrize(
    ("territory", "cases"),
    [("", 2), ("3704", 2), ("370404", 2), ("370404001", 1), ("370404001006", 1), ("370404001007", 0), ("370405", 0)],
)
def test_a_territory_narrower_than_a_county_leaves_out_its_neighbours(world, territory, cases):
    for lng in (117.59, 117.71):  # 坛山街道, 古邵镇
        dispatched(world, at=MONDAY, lng=lng, lat=34.77)
    draft = drafted(world, ("T-1", unhelped(lead_unit="U-GS")))
    made = replaying.start(**{**PERIOD, "territory": territory}, draft_id=draft.pk, actor=SYSTEM, at=LATER)
    made = replaying.step(replay_id=made.pk, at=LATER, size=100)
    assert (made.total, made.tally["cases"]) == (cases, cases)
