"""Bulk intake, second half: a batch is imported chunk by chunk, and a crash loses no chunk that was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Missing, NotAllowed, WrongState
from petitions.intake import spooling
from petitions.models.intake import BatchState, ImportBatch, ImportRow, Verdict
from petitions.services.intake_files import CAPABILITY, check_mapping, spooled
from petitions.services.intake_rows import Plan, RowVerdict, judged, taken, words_here
from petitions.services.stages import require_anywhere

CHUNK = 100


def own_batch(*, batch_id: int, actor: Actor) -> ImportBatch:
    """A batch of the actor's own. Raises Missing for any other, NotAllowed without the capability."""
    require_anywhere(actor=actor, capability=CAPABILITY)
    batch = own_batches(actor=actor).filter(pk=batch_id).first()
    if batch is None:
        raise Missing(_("This does not exist, or not for you."))
    return batch


def own_batches(*, actor: Actor) -> QuerySet[ImportBatch]:
    """The actor's batches, the newest first: an uploaded file shows to nobody else."""
    every = ImportBatch.objects.order_by("-pk")
    return every if actor.is_system else every.filter(started_by_id=actor.user_id)


@deed
def assign_columns(*, batch_id: int, mapping: Mapping[str, str], actor: Actor) -> ImportBatch:
    """Say which column is which, before the first row is imported. Raises Invalid, WrongState."""
    batch = _locked(batch_id, actor, BatchState.CHECKED)
    check_mapping(mapping=mapping, names=spooling.columns_of(spooled(batch=batch)))
    batch.mapping = dict(mapping)
    batch.save(update_fields=["mapping"])
    return batch


@deed
def start(*, batch_id: int, actor: Actor) -> ImportBatch:
    """Let a checked or stopped batch run; import_chunk() then does the work, whoever calls it."""
    batch = _locked(batch_id, actor, BatchState.CHECKED, BatchState.STOPPED, BatchState.RUNNING)
    if not spooled(batch=batch).exists():
        raise WrongState(_("The file is no longer here; hand it in once more and it goes on where it stopped."))
    check_mapping(mapping=batch.mapping, names=spooling.columns_of(spooled(batch=batch)))
    batch.stage, batch.note = BatchState.RUNNING, ""
    batch.save(update_fields=["stage", "note"])
    return batch


@deed
def stop(*, batch_id: int, actor: Actor, note: str = "asked") -> ImportBatch:
    """Stop after the chunk that is being imported; what is filed stays filed, and start() goes on from there."""
    batch = _locked(batch_id, actor, BatchState.RUNNING)
    batch.stage, batch.note = BatchState.STOPPED, note
    batch.save(update_fields=["stage", "note"])
    return batch


@deed
def discard(*, batch_id: int, actor: Actor) -> None:
    """Forget a batch of which nothing was imported, and its file."""
    batch = _locked(batch_id, actor, BatchState.CHECKED)
    spooled(batch=batch).unlink(missing_ok=True)
    batch.delete()


def _locked(batch_id: int, actor: Actor, *states: str) -> ImportBatch:
    own_batch(batch_id=batch_id, actor=actor)
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if batch.stage not in states:
        raise WrongState(_("The import is no longer where you saw it."), details={"stage": batch.stage})
    return batch


def plan_of(*, batch: ImportBatch, at: datetime) -> Plan:
    """How the rows of a batch are understood now."""
    return Plan(
        source=batch.source,
        channel=batch.channel,
        columns=spooling.columns_of(spooled(batch=batch)),
        mapping=batch.mapping,
        words=words_here(at=at),
    )


@deed
def import_chunk(*, batch_id: int, actor: Actor, at: datetime, size: int = CHUNK) -> ImportBatch | None:
    """Import the next rows of a running batch in one transaction; None where it does not run or another is at it.

    The batch remembers how far it is in the same transaction, so rows are never skipped and never taken twice.
    """
    batch = (
        ImportBatch.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=batch_id, stage=BatchState.RUNNING)
        .first()
    )
    if batch is None:
        return None
    if not actor.holds(CAPABILITY):
        raise NotAllowed(_("Your role does not include this."))
    plan = plan_of(batch=batch, at=at)
    rows = list(islice(spooling.rows_of(spooled(batch=batch), skip=batch.done), size))
    verdicts = [taken(one, plan=plan, actor=actor, at=at) for one in judged(rows, plan=plan)]
    ImportRow.objects.bulk_create([_row(batch, one) for one in verdicts])
    batch.done += len(rows)
    if batch.done >= batch.total:
        batch.stage, batch.finished_at = BatchState.DONE, at
        transaction.on_commit(lambda: spooled(batch=batch).unlink(missing_ok=True))
    batch.save(update_fields=["done", "stage", "finished_at"])
    return batch


def _row(batch: ImportBatch, one: RowVerdict) -> ImportRow:
    return ImportRow(
        batch=batch,
        row_no=one.number,
        source_no=one.source_no,
        verdict=one.verdict,
        column=one.column,
        why=one.why,
        petition_id=one.petition_id,
    )


def counts(*, batch: ImportBatch) -> dict[str, int]:
    """How many rows got which verdict so far."""
    found = dict(batch.rows.values_list("verdict").annotate(Count("pk")).order_by())
    return {verdict: found.get(verdict, 0) for verdict in (Verdict.FILED, Verdict.KNOWN, Verdict.REFUSED)}
