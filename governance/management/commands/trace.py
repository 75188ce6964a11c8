"""Print one case: what happened, who held it how long, and whether its chain is whole. Masked data only."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from desk.case.words import words_of
from kernel.actors import PUBLIC, SYSTEM
from kernel.chains import verify_case
from kernel.clock import now
from petitions.history import ledger_of, timeline_of
from petitions.models import Petition
from petitions.queries import is_withheld

# Of an event's payload, what has no meaning outside of the database: commitments and numbers of rows.
UNSAID = {"content", "reporter", "sha256", "identity", "attachment", "progress"}


class Command(BaseCommand):
    help = "Prints the timeline, the ledger of minutes and the chain of one case."
    requires_system_checks: tuple[str, ...] = ()  # pages and addresses play no part here

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", help="its number, its tracking code or its id")

    def handle(self, *, case: str, **options: Any) -> None:
        petition = _found(case.strip())
        self._head(petition)
        self.stdout.write("\nTimeline")
        for told in timeline_of(petition=petition, actor=SYSTEM):
            said = ", ".join(f"{name}={value}" for name, value in told["payload"].items() if _told(name, value))
            who = " ".join(part for part in (told["unit_name"], str(told["role_label"])) if part)
            holder = f" → {told['holder_label']}" if told["holder"] else ""
            label = words_of(told["name"]).label
            self.stdout.write(
                f"{told['seq']:>4}  {_at(told['at'])}  {told['name']:<30} {label} · {who}{holder}  {said}"
            )
        self._ledger(petition, at=now())
        self._chain(petition)

    def _head(self, petition: Petition) -> None:
        reporter = "***" if is_withheld(petition=petition, actor=PUBLIC) else petition.reporter_masked or "-"
        category = petition.category.name if petition.category else "-"
        self.stdout.write(f"{petition.number}  {petition.get_state_display()}  {petition.title}")
        self.stdout.write(f"      id {petition.pk}  place {petition.place}  {category}  reporter {reporter}")
        self.stdout.write(f"      filed {_at(petition.filed_at)}  promised by {_at(petition.due_at)}")

    def _ledger(self, petition: Petition, *, at: datetime) -> None:
        book = ledger_of(petition=petition, at=at)
        self.stdout.write("\nMinutes (all / working)")
        for turn in book["segments"]:
            minutes = f"{turn['minutes']:>7} / {turn['working_minutes']:>6}"
            self.stdout.write(f"{minutes}  {_at(turn['since'])} – {_at(turn['until'])}  {turn['holder_label']}")
        self.stdout.write(f"{book['minutes']:>7} / {book['working_minutes']:>6}  in all")

    def _chain(self, petition: Petition) -> None:
        chain = verify_case(case_id=petition.pk)
        self.stdout.write("\nChain")
        if chain.broken is not None:
            raise CommandError(f"broken at event {chain.broken.seq}: {chain.broken.why}")
        self.stdout.write(f"{chain.length} events, every hash follows from the one before: whole")


def _found(case: str) -> Petition:
    wanted = Q(number=case.upper()) | Q(tracking_code=case.upper())
    with contextlib.suppress(ValueError):
        wanted |= Q(pk=UUID(case))
    found = Petition.objects.select_related("category").filter(wanted).first()
    if found is None:
        raise CommandError("there is no case with this number, tracking code or id")
    return found


def _told(name: str, value: Any) -> bool:
    return name not in UNSAID and value not in (None, "", [])


def _at(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M:%S}" if at else "-"
