"""Proof of the log of one case: what its chain is, and a file with which anybody can check it without this system.

The texts that are hashed hold ids and codes only. Of a case whose reporter is kept from the reader, and for citizens,
texts that would name who filed or what the office did inside are left out; their hashes stay, so the chain closes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from desk.case.words import words_of
from kernel import clock
from kernel.actors import Actor
from kernel.chains import ChainStatus, verify_case
from kernel.events import instant
from kernel.http import ActorRequest
from kernel.models import Chain, Event
from kernel.snapshots import one_snapshot
from organizations.choices import Role
from petitions.deed_pages.table import seen
from petitions.models import Petition
from petitions.queries import is_withheld

FORMAT = "grid-chain-1"
RULE = "hash = sha256(prev + utf8(case + ':' + seq + ':' + text)); prev of the first is empty"
FILED = frozenset({"petition.filed", "petition.information_supplied", "call.filed", "development.filed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The chain as it is now."""

    status: ChainStatus
    head: str
    verified_at: datetime
    links: list[dict[str, Any]]

    @property
    def kept_back(self) -> int:
        """How many texts are left out for this reader."""
        return sum(1 for link in self.links if link["text"] is None)

    def as_json(self) -> bytes:
        """The file."""
        said = {
            "format": FORMAT,
            "rule": RULE,
            "case": str(self.status.case_id),
            "length": self.status.length,
            "head": self.head,
            "intact": self.status.intact,
            "verified_at": instant(self.verified_at),
            "events": self.links,
        }
        return orjson.dumps(said, option=orjson.OPT_INDENT_2)


def proof_of(*, petition: Petition, actor: Actor, at: datetime) -> Proof:
    """The proof of one case for one reader, as it was at one instant. Three queries."""
    with one_snapshot():
        return _proof(petition, actor, at)


def _proof(petition: Petition, actor: Actor, at: datetime) -> Proof:
    head = Chain.objects.filter(case_id=petition.pk).values_list("head", flat=True).first()
    events = Event.objects.filter(case_id=petition.pk).order_by("seq")
    return Proof(
        status=verify_case(case_id=petition.pk),
        head=bytes(head).hex() if head is not None else "",
        verified_at=at,
        links=_links(list(events), petition, actor),
    )


def _links(events: list[Event], petition: Petition, actor: Actor) -> list[dict[str, Any]]:
    if actor.roles <= {Role.CITIZEN}:
        return [_link(one, public=words_of(one.name).public, kept=True) for one in events]
    hidden = is_withheld(petition=petition, actor=actor)
    filers = {f"user:{pk}" for pk in (petition.reporter_user_id, petition.registrar_id) if pk} if hidden else set()
    return [_link(one, kept=hidden and (one.name in FILED or one.actor_key in filers)) for one in events]


def _link(event: Event, *, kept: bool, public: bool = True) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "name": event.name if public else "",
        "prev": bytes(event.prev).hex(),
        "hash": bytes(event.hash).hex(),
        "text": None if kept else event.canonical,
    }


@never_cache
@login_required
@require_safe
def proof(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The page: length, head, verified now, and every event with its hash; to be printed and put away."""
    petition = seen(request, case_id)
    found = proof_of(petition=petition, actor=request.actor, at=clock.now())
    rows = [{"link": link, "label": words_of(link["name"]).label if link["name"] else ""} for link in found.links]
    return render(request, "casefile/proof.html", {"petition": petition, "proof": found, "rows": rows})


@never_cache
@login_required
@require_safe
def proof_file(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The same as a file: hashes and texts of ids and codes, no personal data."""
    petition = seen(request, case_id)
    found = proof_of(petition=petition, actor=request.actor, at=clock.now())
    response = HttpResponse(found.as_json(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{petition.number}-proof.json"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
