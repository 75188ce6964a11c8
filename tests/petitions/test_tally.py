"""The counters that are kept as things happen are what a full count finds, whatever happens and in whatever order."""

from __future__ import annotations

import random
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F

from kernel.actors import SYSTEM
from petitions.choices import OPEN_STATES, Measure, State
from petitions.models import Petition, Tally, TallyDelta
from petitions.queries import by_place_alone, conservation, counted, differences
from petitions.services.closing import withdraw
from petitions.services.tallies import fold
from tests.journeys.steps import dispatched, filed
from tests.races import at_once
from tests.world import EAST, EAST_OTHER, EAST_VILLAGE, MONDAY, WEST, WEST_VILLAGE

PLACES = (
    ("370404", EAST[:9], EAST_VILLAGE),
    ("370404", WEST[:9], WEST_VILLAGE),
    ("370404", EAST[:9], ""),
    ("", "", ""),
)


def copies(one: Petition, *, count: int, dice: random.Random) -> list[Petition]:
    """Petitions like this one, somewhere, some day, in some state that needs nothing else."""
    made = []
    for _number in range(count):
        county, township, village = dice.choice(PLACES)
        key = f"{dice.getrandbits(100):025x}"
        values = {field.attname: getattr(one, field.attname) for field in Petition._meta.concrete_fields}
        values |= {
            "id": f"{key:0>32}",
            "number": key[:24],
            "tracking_code": key[:12],
            "state": dice.choice((State.FILED, State.ACCEPTED, State.DISPATCHED, State.ARCHIVED)),
            "county_code": county,
            "township_code": township,
            "village_code": village,
            "filed_at": MONDAY - timedelta(hours=dice.randrange(100)),
            "accepted_at": dice.choice((None, MONDAY - timedelta(hours=dice.randrange(50)))),
        }
        made.append(Petition(**values))
    return made


@pytest.mark.parametrize("seed", range(2))
def test_after_any_statements_the_tally_is_the_count(world, seed):
    dice = random.Random(seed)
    one = filed(world, at=MONDAY)

    def some():
        pks = list(Petition.objects.exclude(pk=one.pk).values_list("pk", flat=True))
        return Petition.objects.filter(pk__in=dice.sample(pks, len(pks) // 3))

    deeds = (
        lambda: Petition.objects.bulk_create(copies(one, count=dice.randrange(1, 9), dice=dice)),
        lambda: some().update(state=dice.choice((State.HANDLED, State.CLOSED, State.WITHDRAWN))),
        lambda: some().update(closed_at=F("filed_at") + timedelta(days=3)),
        lambda: some().update(village_code=EAST_OTHER, township_code=EAST[:9], county_code="370404"),
        lambda: some().update(accepted_at=None, closed_at=None),
        lambda: some().update(title="only words"),
        lambda: some().delete(),
        lambda: fold(limit=dice.choice((1, 3, 1000))),
    )
    for _step in range(24):
        dice.choice(deeds)()
        assert differences() == []
    while fold():
        pass
    assert not TallyDelta.objects.exists()
    assert differences() == []
    assert conservation().holds
    assert conservation().filed == Petition.objects.count() > 1


@pytest.mark.parametrize("is_folded", [False, True])
def test_an_upgrade_counts_what_is_closed_anew_and_leaves_the_other_counters(world, is_folded):
    moved = import_module("petitions.migrations.0011_closed_alone").Migration.operations[0]
    one = filed(world, at=MONDAY)
    Petition.objects.bulk_create(copies(one, count=40, dice=random.Random(5)))
    Petition.objects.filter(state=State.ARCHIVED).update(closed_at=MONDAY)
    Petition.objects.filter(state=State.DISPATCHED).update(state=State.WITHDRAWN, closed_at=MONDAY)
    while is_folded and fold():
        pass
    with connection.cursor() as cursor:
        cursor.execute(moved.reverse_sql)
        assert {one.measure for one in differences()} == {Measure.CLOSED}, "as it was before"
        cursor.execute(moved.sql)
    assert differences() == []


def test_what_moves_nothing_writes_nothing(world):
    one = filed(world, at=MONDAY)
    before = TallyDelta.objects.count()
    Petition.objects.filter(pk=one.pk).update(title="other words", version=F("version") + 1, holder="citizen")
    assert TallyDelta.objects.count() == before


def test_deeds_are_counted_by_state_and_day(world):
    dispatched(world, at=MONDAY)
    late = filed(world, at=MONDAY + timedelta(hours=16))  # the next day on the clock of the office
    withdraw(petition_id=late.pk, actor=SYSTEM, at=MONDAY + timedelta(hours=17))
    assert Petition.objects.get(pk=late.pk).closed_at
    assert counted(measure=Measure.CLOSED, by="day") == {}, "what was taken back is not closed"
    assert counted(measure=Measure.STATE, by="state") == {"dispatched": 1, "withdrawn": 1}
    assert counted(measure=Measure.FILED, by="day") == {date(2026, 11, 16): 1, date(2026, 11, 17): 1}
    assert counted(measure=Measure.ACCEPTED, by="measure", since=date(2026, 11, 17)) == {}
    assert counted(measure=Measure.STATE, by="village_code", states=OPEN_STATES) == {EAST_VILLAGE: 1}


@pytest.mark.parametrize("name", ["dispatcher", "director", "east_officer", "west_officer", "east_dispatcher"])
def test_where_places_decide_the_tally_counts_what_one_sees(world, name):
    dice = random.Random(name)
    Petition.objects.bulk_create(copies(filed(world, at=MONDAY), count=40, dice=dice))
    actor = world.actor(name)
    seen = Petition.objects.visible_to(actor)
    by_state = counted(measure=Measure.STATE, by="state", reach=by_place_alone(actor))
    assert by_state == {state: seen.filter(state=state).count() for state in by_state}
    assert sum(by_state.values()) == seen.count() > 0


@pytest.mark.parametrize("name", ["urban_handler", "gridworker", "east_villager", "citizen", "administrator"])
def test_where_more_than_places_decides_there_is_no_short_cut(world, name):
    assert by_place_alone(world.actor(name)) is None


def test_a_wrong_count_is_found(world, capsys):
    filed(world, at=MONDAY)
    fold()
    call_command("prove_counters")
    assert "1 petitions counted" in capsys.readouterr().out
    Tally.objects.filter(measure=Measure.STATE).update(n=F("n") + 1)
    assert [(one.state, one.kept, one.found) for one in differences()] == [("filed", 2, 1)]
    with pytest.raises(SystemExit):
        call_command("prove_counters")
    assert not conservation().holds
    call_command("prove_counters", "--mend")
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_filing_never_waits_for_folding_nor_folding_for_filing(world):
    """Two at once on two connections, one of them in the middle of its transaction."""
    one = filed(world, at=MONDAY)
    more = copies(one, count=30, dice=random.Random(1))

    def file(among):
        with transaction.atomic():
            Petition.objects.bulk_create(among)

    with transaction.atomic():
        Petition.objects.filter(pk=one.pk).update(state=State.ACCEPTED)  # not committed while the others work
        at_once([lambda: file(more[:10]), lambda: file(more[10:20]), lambda: file(more[20:]), fold, fold])
    assert differences() == []
    at_once([fold, fold, lambda: Petition.objects.filter(pk__in=[one.pk]).update(state=State.FILED)])
    while fold():
        pass
    assert differences() == []
    assert conservation().filed == 31
