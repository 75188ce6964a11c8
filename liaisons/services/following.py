"""What follows by itself: the end with the posting, and the word before an end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kernel.actors import SYSTEM
from kernel.deeds import deed
from liaisons.choices import EndedBy
from liaisons.deadlines import ENDS_SOON
from liaisons.models import Assignment
from liaisons.queries.posts import held_postings, works_until
from liaisons.services.assigning import close
from liaisons.services.keeping import tell_of
from liaisons.tellings import ENDS_SOON as SAID


@deed
def follow_postings(*, user_id: int, at: datetime) -> int:
    """End what somebody is assigned to with his work for the unit; returns how many ended. Again changes nothing."""
    held = Assignment.objects.select_for_update(of=("self",)).filter(user_id=user_id)
    postings, ended = held_postings(user_id=user_id), 0
    for one in held.lasting(timezone.localtime(at).date()).order_by("pk"):
        over = works_until(postings, unit_id=one.unit_id)
        if over is None or (one.valid_until is not None and one.valid_until <= over):
            continue
        close(one, on=max(over, one.valid_from), because=EndedBy.POSTING, actor=SYSTEM, at=at)
        ended += 1
    return ended


@deed
def remind(*, assignment_ids: Iterable[UUID], at: datetime) -> None:
    """Say that an assignment ends soon, where that is still so."""
    today = timezone.localtime(at).date()
    held = Assignment.objects.select_for_update(of=("self",)).filter(pk__in=assignment_ids, valid_until__gt=today)
    for one in held.filter(valid_until__lte=today + ENDS_SOON).order_by("pk"):
        tell_of(one, kind=SAID.code, at=at)
