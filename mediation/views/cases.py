"""The page of a mediation case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.http import ActorRequest
from kernel.offered import Looks, offered
from mediation.choices import COLOURS
from mediation.clocks import faces_of
from mediation.endings import ENDINGS
from mediation.history import history_of
from mediation.models import Agreement, MediationCase, Session
from mediation.models.agreement import CONTENTS
from mediation.queries import agreement_of, moves_of, opened_text, reads_texts

LOOKS = Looks(
    icons={
        "assign": "user-check",
        "replace": "user-x",
        "party": "user-plus",
        "hold": "users",
        "extend": "calendar-plus",
        "draw": "file-text",
        "sign": "writing-sign",
        "drop": "file-x",
        "confirm": "building-bank",
        "perform": "check",
        "terminate": "circle-x",
    },
    first=frozenset({"assign", "hold", "sign", "perform"}),
    danger=frozenset({"terminate"}),
    pages={"agree": "draw"},
)


def seen(request: ActorRequest, case_id: UUID) -> MediationCase:
    """The case, or a 404 where it is not there or not for this person."""
    cases = MediationCase.objects.visible_to(request.actor).select_related("petition", "committee", "mediator")
    found: MediationCase | None = cases.filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """One case: parties, sessions, agreement, clocks, and what may be done now."""
    actor, at = request.actor, clock.now()
    found = seen(request, case_id)
    parties, agreement = list(found.parties.order_by("pk")), agreement_of(case=found)
    reads = reads_texts(case=found, actor=actor)
    names = {party.pk: party.name_masked for party in parties}
    context = {
        "case": found,
        "colour": COLOURS[found.state],
        "parties": parties,
        "sessions": [_session(one, names, reads) for one in found.sessions.order_by("number")],
        "agreement": agreement,
        "texts": _texts(agreement) if agreement and reads else [],
        "promises": _promises(agreement, reads) if agreement else [],
        "signed": {one.party_id: one for one in agreement.signatures.all()} if agreement else {},
        "reads": reads,
        "ending_note": opened_text(blob=found.ending_note, purpose="case.ending_note") if reads else "",
        "ways": ENDINGS[found.ending].ways if found.ending else (),
        "faces": faces_of(case=found, agreement=agreement, at=at),
        **offered(moves_of(case=found, actor=actor, parties=parties), looks=LOOKS),
        "history": history_of(case=found),
    }
    return render(request, "mediation/case.html", context)


def _session(session: Session, names: dict[int, str], reads: bool) -> dict[str, Any]:
    return {
        "session": session,
        "present": [names.get(one, "") for one in session.present],
        "others": opened_text(blob=session.others, purpose="session.others") if reads else "",
        "record": opened_text(blob=session.record, purpose="session.record") if reads else "",
    }


def _texts(agreement: Agreement) -> list[tuple[str, str]]:
    labels = {
        "facts": _("Main facts"),
        "points": _("Points in dispute"),
        "responsibilities": _("Responsibility of each side"),
        "terms": _("What was agreed"),
    }
    return [
        (labels[name], opened_text(blob=getattr(agreement, name), purpose=f"agreement.{name}")) for name in CONTENTS
    ]


def _promises(agreement: Agreement, reads: bool) -> list[dict[str, Any]]:
    return [
        {"promise": one, "what": opened_text(blob=one.what, purpose="promise.what") if reads else ""}
        for one in agreement.promises.order_by("due_on", "pk").select_related("party")
    ]
