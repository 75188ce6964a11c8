"""Wake-ups. One line each."""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from typing import Any

from celery import shared_task

from assessment.models import Taken
from assessment.services import reporting, saving, taking
from kernel import clock
from kernel.actors import PUBLIC, SYSTEM
from kernel.errors import Conflict, DomainError
from organizations.queries import actor_of

log = logging.getLogger(__name__)
TURN_SECONDS = 20.0


@shared_task(name="assessment.ensure_last_month")
def ensure_last_month() -> None:
    reporting.ensure_last_month(at=clock.now())


@shared_task(name="assessment.make_exports", ignore_result=True)
def make_exports(**_kwargs: Any) -> int:
    """Make the exports that wait, one after another; returns how many."""
    end, count = time.monotonic() + TURN_SECONDS, 0
    taking.give_up_lost(at=clock.now())
    while time.monotonic() < end and (made := taking.claim(at=clock.now())) is not None:
        _make(made)
        count += 1
    return count


def _make(made: Taken) -> None:
    at, user = clock.now(), made.asked_by
    try:
        actor = actor_of(user, at=at) if user.is_active else PUBLIC
        done = taking.make(made=made, actor=actor, at=at)
        taking.finish(taken_id=made.pk, done=done, actor=actor, at=clock.now())
    except taking.StoppedError:
        return
    except DomainError as error:
        _give_up(made, error.code)
    except Exception as error:  # an export that cannot go on ends and says so, instead of being tried for ever
        log.exception("export %s failed", made.pk)
        _give_up(made, type(error).__name__)


def _give_up(made: Taken, fault: str) -> None:
    with suppress(Conflict):  # somebody has stopped it in the very moment it failed
        taking.stop(taken_id=made.pk, actor=SYSTEM, at=clock.now(), fault=fault)


@shared_task(name="assessment.sweep_exports", ignore_result=True)
def sweep_exports(**_kwargs: Any) -> None:
    at = clock.now()
    taking.sweep(at=at)
    saving.sweep(at=at)


@shared_task(name="assessment.ask_saved", ignore_result=True)
def ask_saved(**_kwargs: Any) -> int:
    """Ask the saved reports whose hour has come; returns how many were answered."""
    return saving.ask_due(at=clock.now())
