"""Sessions, and more time for them where the parties agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import personal
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Invalid, Message
from kernel.events import instant, record
from kernel.worktime import SHANGHAI
from mediation.choices import Outcome, Side
from mediation.deadlines import LONGEST_EXTENSION_DAYS
from mediation.events import MediationExtended, SessionHeld
from mediation.models import MediationCase, Party, Session
from mediation.services import cases
from mediation.services.assigning import conclude_clocks
from mediation.workflow import WORKFLOW


@deed
def hold(
    *,
    case_id: Any,
    held_at: datetime,
    place: str,
    present: Sequence[int],
    record_text: str,
    outcome: str,
    actor: Actor,
    at: datetime,
    others: str = "",
    version: int | None = None,
) -> Session:
    """Record a session that was held: `present` are the ids of the parties that were there, at least one of each side.

    Raises NotAllowed where a side is missing from the case or has refused, Invalid for what the record lacks.
    """
    case, _petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="hold", actor=actor)
    WORKFLOW.advance(case, "hold", given={"place": place.strip(), "present": present, "record": record_text.strip()})
    _check(case, present, held_at, outcome, at)
    session = Session.objects.create(
        case=case,
        number=case.sessions.count() + 1,
        held_at=held_at,
        place=place.strip(),
        present=sorted(set(present)),
        others=personal.encrypt(others.strip(), purpose="session.others"),
        record=personal.encrypt(record_text.strip(), purpose="session.record"),
        salt=personal.new_salt(),
        outcome=outcome,
        recorded_by_id=actor.user_id,
        recorded_at=at,
    )
    cases.save(case=case, at=at)
    content = personal.commitment(record_text.strip(), salt=bytes(session.salt))
    happened = SessionHeld(
        **cases.identity(case), session=session.pk, outcome=outcome, present=session.present, content=content
    )
    record(happened, actor=actor, at=at)
    return session


def _check(case: MediationCase, present: Sequence[int], held_at: datetime, outcome: str, at: datetime) -> None:
    fields: dict[str, list[Message]] = {}
    sides = set(Party.objects.filter(case=case, pk__in=present).values_list("side", flat=True))
    known = Party.objects.filter(case=case, pk__in=present).count()
    if known != len(set(present)):
        fields["present"] = [_("Somebody here is no party of this case.")]
    elif sides != {Side.APPLICANT.value, Side.RESPONDENT.value}:
        fields["present"] = [_("A session needs at least one party on each side.")]
    named = case.accepted_at.replace(second=0, microsecond=0) if case.accepted_at else at  # pages know minutes only
    if not named <= held_at <= at:
        fields["held_at"] = [_("A session lies between the naming of the mediator and now.")]
    if outcome not in Outcome.values:
        fields["outcome"] = [_("Unknown outcome.")]
    if fields:
        raise Invalid(_("The record of the session is not complete."), fields=fields)


@deed
def extend(
    *, case_id: Any, until: date, reason: str, actor: Actor, at: datetime, version: int | None = None
) -> MediationCase:
    """More time, once, by agreement of the parties, until the end of a named day. Raises NotAllowed a second time."""
    case, _petition = cases.locked(case_id=case_id, version=version)
    cases.permitted(case=case, move="extend", actor=actor)
    WORKFLOW.advance(case, "extend", given={"until": until, "reason": reason.strip()})
    assert case.conclude_by is not None  # the table extends only what has a mediator
    last = timezone.localtime(case.conclude_by).date() + timedelta(days=LONGEST_EXTENSION_DAYS)
    end = datetime.combine(until + timedelta(days=1), time.min, SHANGHAI)
    if not (end > case.conclude_by and until <= last):
        said = _("After the present end, and at most %(days)s days after it.") % {"days": LONGEST_EXTENSION_DAYS}
        raise Invalid(_("This day is not possible."), fields={"until": [said]})
    case.extended_from, case.conclude_by, case.stage_due_at = case.conclude_by, end, end
    case.extension_reason = reason.strip()
    cases.save(case=case, at=at, columns=("extended_from", "conclude_by", "stage_due_at", "extension_reason"))
    conclude_clocks(case=case, at=at)
    record(MediationExtended(**cases.identity(case), conclude_by=instant(end)), actor=actor, at=at)
    return case
