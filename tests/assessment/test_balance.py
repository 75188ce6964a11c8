"""The books balance after any deeds, in every state there is, and the log says the same as the columns."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assessment.statistics import balance as books
from assessment.statistics.balance import CLASSES, balances
from assessment.statistics.recounting import AFTER, balances_as_of
from kernel import clock
from kernel.actors import SYSTEM
from kernel.events import EVENTS
from petitions.choices import State
from petitions.models import Petition
from petitions.services import closing, joining
from tests.api.cases import ORDER_STEPS, STEPS, case_in

CLASS_OF_ORDER = {"paused": "suspended", "returning": "returned", "disputed": "returned", "returned": "returned"}
CLASS_OF_ORDER["recalled"] = "returned"


def test_every_state_is_in_exactly_one_class_for_whatever_order_it_has():
    for state in State:
        whole = [one.code for one in CLASSES if state in one.states]
        parts = [(names, holds) for one in CLASSES for part, names, holds in one.parts if part == state]
        if whole:
            assert (len(whole), parts) == (1, []), state
        else:
            taken = sorted(name for names, holds in parts if holds for name in names.split("|"))
            rest = [sorted(names.split("|")) for names, holds in parts if not holds]
            assert rest == [taken], state


@pytest.fixture
def every(world):
    """A case in every state of a petition and of an order, and one that is handled again."""
    found = {f"petition {state}": case_in(world, steps) for state, steps in STEPS.items()}
    found |= {f"order {state}": case_in(world, steps) for state, steps in ORDER_STEPS.items()}
    again = case_in(world, ["accept", "sign", "complete", "verify"])
    closing.rate(satisfaction="dissatisfied", actor=again.actor("citizen"), **again.then())
    return {**found, "round two": again}


def test_the_books_balance_and_the_log_says_the_same(world, every):
    total, lines = balances(actor=SYSTEM)
    assert total.holds
    assert total.filed == Petition.objects.count()
    assert all(one.holds for one in lines)
    assert balances_as_of(actor=SYSTEM, area="", at=clock.now()) == (total, lines)
    for name, case in every.items():
        kind, _space, state = name.partition(" ")
        if kind == "order" and state in CLASS_OF_ORDER:
            among = books.cases(actor=SYSTEM, area="", code=CLASS_OF_ORDER[state])
            assert among.filter(pk=case.petition.pk).exists(), name
    again = every["round two"].petition.pk
    assert books.cases(actor=SYSTEM, area="", code="open").filter(pk=again, round=2).exists()


def test_every_number_of_the_books_is_the_length_of_its_list_within_ones_own_ground(world, every):
    for who in ("director", "west_officer", "urban_handler"):
        actor = world.actor(who, on=clock.now())
        total, _lines = balances(actor=actor)
        numbers = {"filed": total.filed, "accepted": total.accepted, **total.classes}
        numbers |= {"awaiting": total.awaiting, "turned_away": total.turned_away}
        assert {code: books.cases(actor=actor, area="", code=code).count() for code in numbers} == numbers
        assert total.filed == Petition.objects.visible_to(actor).count()
        assert total.holds


def test_the_books_of_a_past_instant_are_those_of_that_instant(world):
    case = case_in(world, ["accept"])
    (before, _lines), then = balances(actor=SYSTEM), case.at
    joined = case_in(world, ["accept_unrouted"])
    joining.join(main_id=case.petition.pk, actor=joined.actor("dispatcher"), **joined.then())
    case.sign()
    case.complete()
    early = Petition.objects.get(pk=case.petition.pk).filed_at
    moved = balances_as_of(actor=SYSTEM, area="", at=clock.now())
    assert moved == balances(actor=SYSTEM)
    assert balances_as_of(actor=SYSTEM, area="", at=early - timedelta(seconds=1))[0].filed == 0
    told = balances_as_of(actor=SYSTEM, area="", at=then)[0]
    filed = Petition.objects.filter(filed_at__lte=then)
    accepted = filed.filter(accepted_at__lte=then).count()  # nothing else had happened to any of them
    assert (told.filed, told.accepted) == (filed.count(), accepted)
    assert {code: number for code, number in told.classes.items() if number} == {"open": accepted}
    assert before.classes["open"] == 1


def test_a_case_in_no_class_shows_as_a_difference(world, every, monkeypatch):
    kept = tuple(one for one in CLASSES if one.code != "suspended")
    monkeypatch.setattr(books, "CLASSES", kept)
    total, _lines = balances(actor=SYSTEM)
    assert total.missing == 1
    assert not total.holds


def test_the_log_is_read_for_events_that_there_are():
    assert set(AFTER) <= set(EVENTS)
