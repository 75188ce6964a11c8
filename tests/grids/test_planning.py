"""Splits and mergers from a day to come: tried at once, done or refused on the day, withdrawn before it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from grids.models import Cell, CellChange, CellPlan
from grids.queries import forget
from grids.services.planning import plan_merger, plan_split, take_effect, withdraw_plan
from grids.services.reshaping import Fresh
from grids.services.staffing import staff_cell
from kernel import clock
from kernel.errors import Conflict, Invalid, NotAllowed, Stale, WrongState
from kernel.models import Event, Timer
from kernel.relay import deliver_everything
from kernel.timers import fire_everything
from notices.models import Notice
from organizations.models import Posting
from petitions.models import Petition
from tests.api.test_budgets import budget
from tests.factories.grids import cell
from tests.grids.test_audit import enter
from tests.grids.test_reshaping import DOWN, FIRST, SECOND, _fresh_index, everybody  # noqa: F401  (a fixture)
from tests.journeys.steps import filed
from tests.world import CELL, EAST_VILLAGE, MONDAY

pytestmark = pytest.mark.django_db
SOUTH = f"{EAST_VILLAGE}010"
DAY = MONDAY.date() + timedelta(days=10)
MIDNIGHT = timezone.make_aware(timezone.datetime(DAY.year, DAY.month, DAY.day))


def plan(world, *, by="administrator", at=MONDAY, **said):
    given = {
        "code": CELL, "on": DAY, "line": DOWN, "first": Fresh(name="西", households=0, residents=0),
        "second": Fresh(name="东", households=0, residents=0), "staff": everybody(), "reason": "太大", "rest": "second",
    }  # fmt: skip
    return plan_split(**(given | said), actor=world.actor(by), at=at)


def test_a_plan_changes_nothing_until_its_day_and_open_cases_follow_then(world):
    case = filed(world, at=MONDAY, lng=117.582)
    held = plan(world, version=1)
    assert (held.state, held.on, held.version) == ("planned", DAY, 1)
    assert Cell.objects.filter(village=EAST_VILLAGE).count() == 1
    assert Posting.objects.filter(cell_code__startswith=EAST_VILLAGE).exclude(cell_code=CELL).count() == 0
    assert not Event.objects.filter(name__in=["cell.split", "cell.drawn", "posting.ended"]).exists()
    fire_everything(at=MIDNIGHT - timedelta(seconds=1))
    assert Cell.objects.get(code=CELL).active
    fire_everything(at=MIDNIGHT)
    deliver_everything(at=MIDNIGHT)
    held.refresh_from_db()
    assert (held.state, held.ended_at, held.change.on) == ("done", MIDNIGHT, DAY)
    assert {one.new.code for one in held.change.successions.all()} == {FIRST, SECOND}
    assert Cell.objects.get(code=CELL).ends_on == DAY
    assert Petition.objects.get(pk=case.pk).cell_code == FIRST
    assert Posting.objects.in_force(MIDNIGHT).filter(cell_code=CELL).count() == 0
    assert Notice.objects.get(kind="grids.plan_done").user == world.users["administrator"]
    told = Event.objects.filter(case_id=held.pk).order_by("seq").values_list("name", flat=True)
    assert list(told) == ["cell_plan.made", "cell_plan.done"]
    with pytest.raises(IntegrityError), transaction.atomic():
        CellPlan.objects.filter(pk=held.pk).update(state="planned", change=None, ended_at=None)


def test_what_would_be_refused_today_is_refused_at_once_and_leaves_nothing(world):
    outside = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    for wrong, error in (
        ({"on": MONDAY.date()}, Invalid),
        ({"on": MONDAY.date() + timedelta(days=367)}, Invalid),
        ({"line": outside}, Conflict),
        ({"staff": {}}, Invalid),
        ({"reason": " "}, Invalid),
        ({"version": 7}, Stale),
        ({"by": "director"}, NotAllowed),
    ):
        with pytest.raises(error), transaction.atomic():
            plan(world, **wrong)
    assert not CellPlan.objects.exists()
    assert not Timer.objects.filter(kind="grids.plan_due").exists()
    assert plan(world, on=MONDAY.date() + timedelta(days=366)).state == "planned"
    with pytest.raises(Conflict) as twice, transaction.atomic():
        plan(world)
    assert twice.value.code == "planned"


def redraw(_world):
    Cell.objects.filter(code=CELL).update(version=2)


def retire(_world):
    Cell.objects.filter(code=CELL).update(active=False)


def hire(world):
    staff_cell(
        code=CELL, kind="police", name="新来", valid_from=MONDAY.date(), actor=world.actor("administrator"), at=MONDAY
    )


def demote(world):
    Posting.objects.filter(user=world.users["administrator"]).update(valid_until=MONDAY + timedelta(days=1))


def overlap(_world):
    cell(SOUTH, 117.579, 34.765, side=0.0015)


@pytest.mark.parametrize(
    ("meanwhile", "fault"),
    [(redraw, "stale"), (retire, "missing"), (hire, "invalid"), (demote, "not_allowed"), (overlap, "does_not_fit")],
)
def test_what_changed_meanwhile_stops_it_whole_and_whoever_planned_it_is_told(world, meanwhile, fault):
    held = plan(world)
    meanwhile(world)
    before = list(Posting.objects.order_by("pk").values_list("pk", "valid_until"))
    fire_everything(at=MIDNIGHT)
    held.refresh_from_db()
    assert (held.state, held.fault, held.change) == ("refused", fault, None)
    assert not CellChange.objects.exists()
    assert list(Posting.objects.order_by("pk").values_list("pk", "valid_until")) == before
    assert Notice.objects.filter(kind="grids.plan_refused", user=world.users["administrator"]).count() == 1
    assert not Timer.objects.filter(kind="grids.plan_due", state="armed").exists()


def test_who_left_before_the_day_stops_nothing(world):
    held = plan(world)
    Posting.objects.filter(user=world.users["gridworker"]).update(valid_until=MONDAY + timedelta(days=1))
    fire_everything(at=MIDNIGHT)
    held.refresh_from_db()
    assert held.state == "done"


def test_two_are_merged_on_their_day_and_a_plan_is_withdrawn_before_it(world):
    cell(SOUTH, 117.58, 34.74, side=0.02)
    forget()

    def merger():
        return plan_merger(
            code=CELL, other=SOUTH, name="合", on=DAY, reason="太小", version=1, other_version=1,
            actor=world.actor("administrator"), at=MONDAY,
        )  # fmt: skip

    first = merger()
    with pytest.raises(Conflict), transaction.atomic():
        plan(world)
    for wrong, error in (({"version": 5}, Stale), ({"actor": world.actor("director")}, NotAllowed)):
        with pytest.raises(error), transaction.atomic():
            withdraw_plan(**({"plan_id": first.pk, "actor": world.actor("administrator"), "at": MONDAY} | wrong))
    withdraw_plan(plan_id=first.pk, version=1, actor=world.actor("administrator"), at=MONDAY)
    with pytest.raises(WrongState), transaction.atomic():
        withdraw_plan(plan_id=first.pk, actor=world.actor("administrator"), at=MONDAY)
    assert take_effect(plan_id=first.pk, at=MIDNIGHT).state == "withdrawn"  # as when the clock was already striking
    second = merger()
    fire_everything(at=MIDNIGHT)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "done")
    assert Cell.objects.drawn().get(village=EAST_VILLAGE).name == "合"


def test_the_pages_plan_show_and_withdraw(world):
    admin = enter(world, "administrator")
    day = clock.today() + timedelta(days=30)
    at = f"/grids/{CELL}/split/"
    people = {name: "both" for name in admin.get(at).context["form"].fields if name.startswith("posting-")}
    said = {"version": 1, "cut": "west_east", "line": "", "first_name": "W", "second_name": "E", "rest": "first"}
    said |= people | {"reason": "too large"}
    assert f"From {day} on" in admin.post(at, said | {"check": "1", "on": day.isoformat()}).content.decode()
    assert admin.post(at, said | {"on": "2020-01-01"}).status_code == 400
    made = admin.post(at, said | {"on": day.isoformat()}).headers["Location"]
    assert Cell.objects.get(code=CELL).active
    with budget("page: a planned change of grids"):
        page = admin.get(made).content.decode()
    for words in ("Split in two", day.isoformat(), "W, E", "too large", f"{made}withdraw/"):
        assert words in page
    assert made in admin.get(f"/grids/{CELL}/").content.decode()
    public = enter(world, "citizen")
    card = public.get(f"/grids/{CELL}/").content.decode()
    assert f"From {day} on" in card
    assert made not in card
    assert public.get(made).status_code == 404
    assert admin.get(f"{made}withdraw/").status_code == 200
    assert admin.post(f"{made}withdraw/", {"version": 9}).status_code == 412
    assert admin.post(f"{made}withdraw/", {"version": 1}).status_code == 302
    assert "Withdrawn" in admin.get(made).content.decode()
    assert f"From {day} on" not in public.get(f"/grids/{CELL}/").content.decode()


def test_what_was_refused_lately_stands_on_the_card_for_whoever_keeps_the_map(world):
    at = clock.now() - timedelta(days=3)
    held = plan(world, at=at, on=timezone.localtime(at).date() + timedelta(days=1))
    Cell.objects.filter(code=CELL).update(version=2)
    fire_everything(at=clock.now())
    admin = enter(world, "administrator")
    assert "came to nothing" in admin.get(f"/grids/{CELL}/").content.decode()
    assert "A grid was changed after this was planned." in admin.get(f"/grids/plans/{held.pk}/").content.decode()
    assert "came to nothing" not in enter(world, "citizen").get(f"/grids/{CELL}/").content.decode()


def test_whoever_changes_a_grid_is_told_of_the_plan_that_stands(world):
    cell(f"{EAST_VILLAGE}010")
    keeper = enter(world, "administrator")
    pages = [f"/grids/{CELL}/{deed}/" for deed in ("draw", "split", "merge")]
    told = "Something is planned for this grid."
    assert not [page for page in pages if told in keeper.get(page).content.decode()]
    held = plan(world)
    for page in pages:
        assert told in (shown := keeper.get(page).content.decode())
        assert f'href="/grids/plans/{held.pk}/"' in shown
    withdraw_plan(plan_id=held.pk, actor=world.actor("administrator"), at=MONDAY)
    assert not [page for page in pages if told in keeper.get(page).content.decode()]
