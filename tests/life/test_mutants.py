"""The oracle bites: with a fault put into the services, a short life as it always goes breaks what has to hold."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis.stateful import INVARIANT_MARKER

from dispatch.services import laying
from kernel import events, timers
from tests.life import machine

pytestmark = pytest.mark.django_db
INVARIANTS = [name for name, value in vars(machine.Life).items() if hasattr(value, INVARIANT_MARKER)]
basis_of = laying.basis_of


def check(life):
    for name in INVARIANTS:
        getattr(life, name)()


def live(world):
    """Filed, signed, extended, suspended and gone on, a notice on the way, and overdue at the end."""
    machine.WORLD[:] = [world]
    life = machine.Life()
    try:
        life.registry()
        life.file(category="010101", urgency="ordinary")
        check(life)
        steps = [
            lambda: life.work(number=0, done=False),
            lambda: life.extend(number=0, days=10, granted=True),
            lambda: life.suspend(number=0, days=3, granted=True, early=False),
            lambda: life.announce_a_notice(ahead=4, off=True),
            lambda: life.pass_time(length=24 * 30),
        ]
        for step in steps:
            step()
            check(life)
        return life.order(0)
    finally:
        life.teardown()


def test_without_a_fault_the_life_holds(world):
    order = live(world)
    assert order.extension_days == 10
    assert order.rung  # it was overdue at the end
    assert order.laid == 3  # by the extension, the suspension and its end


def no_pause_is_subtracted(patch):
    patch.setattr(laying, "pauses_of", lambda **_said: [])


def an_extension_counts_twice(patch):
    def twice(*, order, pauses):
        basis = basis_of(order=order, pauses=pauses)
        return laying.Basis(
            start=basis.start,
            limit=basis.limit,
            extension_days=2 * basis.extension_days,
            half=basis.half,
            warn=basis.warn,
            pauses=basis.pauses,
        )

    patch.setattr(laying, "basis_of", twice)


def no_timer_is_laid_anew(patch):
    patch.setattr(timers, "swap", lambda **_said: None)


def an_event_is_written_past_its_chain(patch):
    record_many = events.record_many

    def unchained(happened, **said):
        given = list(happened)
        past = [one for one in given if one.name == "order.extended"]
        with connection.cursor() as cursor:
            if past:
                cursor.execute("ALTER TABLE kernel_event DISABLE TRIGGER kernel_event_chain")
            record_many(given, **said)
            if past:
                cursor.execute("ALTER TABLE kernel_event ENABLE ALWAYS TRIGGER kernel_event_chain")

    patch.setattr(events, "record_many", unchained)


def a_subscriber_fails(patch):
    def fail(_facts):
        raise RuntimeError("a fault on purpose")

    patch.setitem(events.HANDLERS, "assessment.order_signed", fail)


FAULTS = [
    no_pause_is_subtracted,
    an_extension_counts_twice,
    no_timer_is_laid_anew,
    an_event_is_written_past_its_chain,
    a_subscriber_fails,
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_caught(world, monkeypatch, fault):
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        live(world)
