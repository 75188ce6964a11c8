"""Import of the registry, second half: rows are compared chunk by chunk, then all of them become a draft, or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Missing, WrongState
from kernel.permissions import require
from organizations.queries import may_anywhere
from registry.choices import DraftOrigin, LineOp, LineVerdict
from registry.models import Item, SheetImport, SheetRow
from registry.queries.contents import held_items
from registry.queries.plans import LineInput, Plan
from registry.services.drafts import open_draft, put_lines
from registry.services.sheet_rows import compare, line_of, placed
from registry.sheets.choices import OPEN_STAGES, SheetStage
from registry.workflow import PROPOSE

CHUNK = 250


def import_of(*, import_id: int, actor: Actor) -> SheetImport:
    """An import that the actor sees. Raises NotAllowed, Missing."""
    require(may_anywhere(actor, capability=PROPOSE))
    found: SheetImport | None = SheetImport.objects.visible_to(actor).filter(pk=import_id).first()
    if found is None:
        raise Missing(_("This does not exist, or not for you."))
    return found


def _locked(import_id: int, actor: Actor, *stages: str) -> SheetImport:
    import_of(import_id=import_id, actor=actor)
    found = SheetImport.objects.select_for_update(of=("self",)).get(pk=import_id)
    if found.stage not in stages:
        raise WrongState(_("The import is no longer where you saw it."), details={"stage": found.stage})
    return found


@deed
def stop(*, import_id: int, actor: Actor) -> SheetImport:
    """Stop comparing; nothing has come of the file yet, and start() goes on from there."""
    found = _locked(import_id, actor, SheetStage.RUNNING)
    found.stage = SheetStage.STOPPED
    found.save(update_fields=["stage"])
    return found


@deed
def give_up(*, import_id: int, note: str) -> None:
    """Stop an import that cannot go on, and say why."""
    SheetImport.objects.filter(pk=import_id, stage=SheetStage.RUNNING).update(stage=SheetStage.STOPPED, note=note[:300])


@deed
def start(*, import_id: int, actor: Actor) -> SheetImport:
    """Go on with an import that was stopped."""
    found = _locked(import_id, actor, SheetStage.STOPPED)
    found.stage, found.note = SheetStage.RUNNING, ""
    found.save(update_fields=["stage", "note"])
    return found


@deed
def discard(*, import_id: int, actor: Actor) -> None:
    """Forget a file of which no draft has come."""
    _locked(import_id, actor, *OPEN_STAGES, SheetStage.WRONG, SheetStage.SAME).delete()


@deed
def compare_chunk(*, import_id: int, actor: Actor, at: datetime, size: int = CHUNK) -> SheetImport | None:
    """Compare the next rows of a running import; after the last of them it becomes a draft.

    None where it does not run or another is at it. How far it is stands in the same transaction.
    """
    found = (
        SheetImport.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(pk=import_id, stage=SheetStage.RUNNING)
        .first()
    )
    if found is None:
        return None
    require(may_anywhere(actor, capability=PROPOSE))
    rows = list(found.rows.filter(position__gt=found.done).order_by("position")[:size])
    if not rows:
        return _concluded(found, actor, at)
    compare(rows, sheet=found)
    _keep(rows)
    found.done += len(rows)
    found.save(update_fields=["done"])
    return found


def _keep(rows: Sequence[SheetRow]) -> None:
    """Write the verdicts: most rows of most files have nothing else to be written."""
    told = [row for row in rows if row.changes or row.faults]
    SheetRow.objects.bulk_update(told, ["verdict", "changes", "faults"], batch_size=500)
    for verdict in LineVerdict.values:
        plain = [row.pk for row in rows if row.verdict == verdict and not row.changes and not row.faults]
        if plain:
            SheetRow.objects.filter(pk__in=plain).update(verdict=verdict)


def _concluded(found: SheetImport, actor: Actor, at: datetime) -> SheetImport:
    """All rows are compared: a draft of those that change something, where every row can be part of one."""
    rows = [*found.rows.exclude(verdict=LineVerdict.SAME).order_by("position"), *_gone(found)]
    if any(not row.draftable for row in rows):
        found.stage = SheetStage.WRONG
    elif not rows:
        found.stage = SheetStage.SAME
    else:
        _draft(found, rows, actor, at)
    found.finished_at = at
    found.save()
    return found


def _gone(found: SheetImport) -> list[SheetRow]:
    """A row for every item in force of the lists that the file speaks of and leaves out, where it is the whole list."""
    named = set(found.rows.values_list("item_code", flat=True))
    rows = left_out(found, named=named)
    found.total += len(rows)
    found.done = found.total
    return SheetRow.objects.bulk_create(rows, batch_size=1000)


def left_out(found: SheetImport, *, named: set[str]) -> list[SheetRow]:
    """The same, not yet saved."""
    if not found.whole:
        return []
    codes = Item.objects.filter(kind__in=found.kinds).in_force(found.effective).order_by("code")
    missing = [code for code in codes.values_list("code", flat=True) if code not in named]
    return [
        SheetRow(sheet_import=found, position=position, row_no=0, item_code=code, verdict=LineVerdict.GONE)
        for position, code in enumerate(missing, start=found.total + 1)
    ]


def lines_of(found: SheetImport, rows: Sequence[SheetRow]) -> list[LineInput]:
    """The lines of a draft that rows become."""
    held = held_items(codes={row.item_code for row in rows}, on=found.effective)
    return [
        LineInput(op=LineOp.WITHDRAW, item_code=row.item_code, payload={})
        if row.verdict == LineVerdict.GONE
        else line_of(row, held=held.get(row.item_code), on=found.effective)
        for row in rows
    ]


def _draft(found: SheetImport, rows: Sequence[SheetRow], actor: Actor, at: datetime) -> None:
    draft = open_draft(
        title=found.title,
        origin=DraftOrigin.SHEET,
        reason=found.reason,
        effective=found.effective,
        actor=actor,
        at=at,
    )
    plan = put_lines(draft_id=draft.pk, lines=lines_of(found, rows), actor=actor, at=at)
    wrong = judged(found, rows, plan)
    SheetRow.objects.bulk_update(wrong, ["verdict", "faults"], batch_size=500)
    found.stage, found.draft = SheetStage.DRAFTED, draft


def judged(found: SheetImport, rows: Sequence[SheetRow], plan: Plan) -> list[SheetRow]:
    """Tell each row what only all lines together show, and return those rows; what the file got wrong stays said."""
    by_code = {row.item_code: row for row in rows}
    wrong = []
    for line in plan.wrong:
        row = by_code[line.item_code]
        if not row.faults:
            row.verdict = LineVerdict.WRONG
            row.faults = [placed(fault, row=row, sheet=found) for fault in line.faults]
            wrong.append(row)
    return wrong


def counts(*, found: SheetImport) -> dict[str, int]:
    """How many rows got which verdict so far."""
    counted = dict(found.rows.exclude(verdict="").order_by().values_list("verdict").annotate(Count("pk")))
    return {verdict: counted.get(verdict, 0) for verdict in LineVerdict.values}
