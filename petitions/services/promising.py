"""The promise to the citizen moves only with what moves the order behind it: written down, and told.

Called by deeds on orders, inside their transaction, with the petitions locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel import personal
from kernel.actors import Actor
from kernel.clock_journal import Move, note_moves
from kernel.events import record
from petitions.choices import ReplyKind, State
from petitions.events import PetitionReplied
from petitions.models import Petition, Reply
from petitions.services.stages import save_stage

STAGE_CLOCK = "petition.resolve"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A petition in the hands of a unit, and until when that unit has time now.

    `promised`: the unit's date is the one promised to the citizen, so that both move; a unit that was given time after
    the promise was broken moves its own alone. `holder`: who has the case from now on, "" where that stays.
    """

    petition: Petition
    due_at: datetime
    provisional: bool
    calendar_version: int
    promised: bool
    holder: str = ""


COLUMNS = ("due_at", "due_provisional", "holder")


def move_promises(given: Sequence[Moved], *, cause: str, ref: str, actor: Actor, at: datetime) -> None:
    """Move the date of the stage, and that of the promise where it is the same. The caller swaps the clocks."""
    note_promises(given, cause=cause, ref=ref, actor=actor, at=at)
    for one in given:
        put_promise(one)
        save_stage(petition=one.petition, at=at, columns=COLUMNS)


def note_promises(given: Sequence[Moved], *, cause: str, ref: str, actor: Actor, at: datetime) -> None:
    """Write down why the dates of these petitions move; moving them is the caller's."""
    note_moves([move for one in given for move in _moves(one, ref)], cause=cause, actor=actor, at=at)


def put_promise(one: Moved) -> None:
    """Set the columns; saving them is the caller's."""
    petition = one.petition
    if petition.state == State.DISPATCHED:
        petition.stage_due_at = one.due_at
    if one.promised:
        petition.due_at, petition.due_provisional = one.due_at, one.provisional
    petition.calendar_version = one.calendar_version
    petition.holder = one.holder or petition.holder


def _moves(one: Moved, ref: str) -> list[Move]:
    """Both dates run under the clock of handling; where they are one, so is their row."""
    before = {one.petition.stage_due_at} if one.petition.state == State.DISPATCHED else set()
    if one.promised and one.petition.due_at is not None:
        before.add(one.petition.due_at)
    return [
        Move(
            case_id=one.petition.pk,
            subject_id=str(one.petition.pk),
            clock=STAGE_CLOCK,
            from_due=due,
            to_due=one.due_at,
            calendar_version=one.calendar_version,
            ref=ref,
        )
        for due in sorted(before)
    ]


def hand_to(*, petition: Petition, holder: str, at: datetime) -> None:
    """Somebody else has the case from now on, while its dates stay."""
    petition.holder = holder
    save_stage(petition=petition, at=at, columns=("holder",))


def tell(*, petition: Petition, text: str, unit_id: int | None, actor: Actor, at: datetime) -> None:
    """Write to the citizen on the way: a notice on the petition, and the event that it was written."""
    written = Reply.objects.create(
        petition=petition,
        kind=ReplyKind.INTERIM,
        text=text,
        unit_id=unit_id,
        replied_by_id=actor.user_id,
        replied_at=at,
    )
    content = personal.commitment(written.text, salt=petition.salt)
    told = PetitionReplied(case_id=petition.pk, subject_id=str(petition.pk), kind=written.kind, content=content)
    record(told, actor=actor, at=at)
