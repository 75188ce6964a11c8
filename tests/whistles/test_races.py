"""Many at once, on committed data with real threads: one wins, nobody is absent twice, numbers have no gaps."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from kernel import clock
from kernel.chains import verify_all
from kernel.models import Event
from kernel.timers import fire_due
from tests.races import at_once, tried
from tests.whistles import steps
from tests.world import build
from whistles.models import CheckIn, Summons, Whistle
from whistles.services import arriving

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8
SOON = timedelta(minutes=20)


@pytest.fixture
def county(db):
    return build()


def blown(county, at, **changes):
    return steps.issued(county, on=at, kind="emergency", meets_at=at + SOON, **changes)


def test_two_presses_of_one_person_are_one_check_in(county):
    at = clock.now()
    whistle = blown(county, at)
    handler = county.actor("urban_handler", on=at)
    answers = at_once([lambda: tried(lambda: arriving.check_in(whistle_id=whistle.pk, actor=handler, at=at))] * MANY)
    assert Counter(answers) == {"done": 1, "checked_in_already": MANY - 1}
    assert CheckIn.objects.count() == 1
    assert all(one.intact for one in verify_all())


def test_two_people_of_a_unit_at_once_are_two_check_ins_and_one_arrival(county):
    at = clock.now()
    whistle = blown(county, at)
    names = ["urban_handler", *(steps.colleague(county, f"urban_{number}", unit="urban") for number in range(3))]
    actors = [county.actor(name, on=at) for name in names]
    done = at_once(
        [lambda one=one: tried(lambda: arriving.check_in(whistle_id=whistle.pk, actor=one, at=at)) for one in actors]
    )
    assert Counter(done) == {"done": len(names)}
    assert CheckIn.objects.count() == len(names)
    assert Summons.objects.get(whistle=whistle, unit=county.units["urban"]).attendance == "present"


def test_a_check_in_at_the_instant_of_absence_is_one_truth(county):
    at = clock.now()
    for _round in range(4):
        whistle = blown(county, at, units=("urban",))
        over = whistle.meets_at + timedelta(minutes=15)
        handler = county.actor("urban_handler", on=at)

        def arrive(whistle=whistle, handler=handler, over=over):
            return tried(lambda: arriving.check_in(whistle_id=whistle.pk, actor=handler, at=over))

        assert at_once([arrive, *[lambda over=over: fire_due(at=over)] * 3]).count("done") == 1
        summons = Summons.objects.get(whistle=whistle)
        absent = Event.objects.filter(case_id=whistle.case_id, name="whistle.absent").count()
        assert summons.attendance == "late"
        assert absent == (1 if summons.absent_at else 0)
        whistle.refresh_from_db()
        assert whistle.state == "assembled"
    assert all(one.intact for one in verify_all())


def test_absence_is_recorded_once_by_many_workers(county):
    at = clock.now()
    whistle = blown(county, at)
    over = whistle.meets_at + timedelta(minutes=15)
    at_once([lambda: fire_due(at=over)] * 4)
    assert Event.objects.filter(case_id=whistle.case_id, name="whistle.absent").count() == 2
    assert Event.objects.filter(case_id=whistle.case_id, name="whistle.assembled").count() == 1


def test_numbers_have_no_gaps_whoever_blows_at_the_same_time(county):
    at = clock.now()

    def blow(number):
        units = ("urban",) if number % 4 else ("county",)  # every fourth is refused
        return lambda: tried(lambda: blown(county, at, units=units))

    done = Counter(at_once([blow(number) for number in range(MANY)]))
    assert done == {"done": MANY - MANY // 4, "invalid": MANY // 4}
    serials = sorted(Whistle.objects.values_list("serial", flat=True))
    assert serials == list(range(1, len(serials) + 1))
