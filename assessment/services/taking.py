"""Taking figures and cases out as a file: asked for, made by the worker with the rights of whoever asked, and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from assessment.choices import TakenAs, TakenWhat
from assessment.events import ExportAsked, ExportStopped, StatisticsExported
from assessment.models import Taken
from assessment.statistics import asking, drilling
from assessment.statistics.books import Sheet, Written, figures_sheet, write
from assessment.statistics.explaining import drill_in_words, question_in_words
from assessment.statistics.tables import EVERY_COLUMN, table_of
from kernel.actors import SYSTEM, Actor
from kernel.books import MAX_ROWS
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from organizations.models import User
from organizations.queries import may_anywhere
from petitions.services.exporting import WIDTHS, headings, rows_of

FOLDER = "statistics"
KEEP = timedelta(days=7)
LOST_AFTER = timedelta(minutes=15)
AT_ONCE = 3


class StoppedError(Exception):
    """Whoever asked does not want it any more."""


def require_rights(*, what: str, actor: Actor) -> None:
    """Raise NotAllowed where the actor may not take this out: asked for, made, and fetched."""
    require(may_anywhere(actor, capability="assessment.view"))
    if what == TakenWhat.CASES:
        require(may_anywhere(actor, capability="petition.export"))


@deed
def ask(*, what: str, form: str, query: Mapping[str, str], language: str, actor: Actor, at: datetime) -> Taken:
    """Ask for a file of a table, or of the cases behind a number. Raises NotAllowed, Invalid, Conflict where three of
    the actor are being made.
    """
    require_rights(what=what, actor=actor)
    if what not in TakenWhat.values or form not in TakenAs.values or actor.user_id is None:
        raise Invalid(_("Some parameters are not right."), fields={"what": [_("Not a choice.")]})
    if what == TakenWhat.CASES:
        said = drilling.read(said=query).parameters()
    else:
        said = asking.read(said=query, at=at).parameters()
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=actor.user_id)  # counted one after another
    if Taken.objects.running().filter(asked_by_id=actor.user_id).count() >= AT_ONCE:
        raise Conflict(_("Three of your exports are being made; wait for one of them or stop it."))
    made = Taken(
        id=new_id(at=at),
        what=what,
        form=form,
        query=said,
        asked_by_id=actor.user_id,
        asked_at=at,
        language=language[:10],
    )
    made.save(force_insert=True)
    record(ExportAsked(**_identity(made), what=what, form=form), actor=actor, at=at)
    return made


@deed
def stop(*, taken_id: Any, actor: Actor, at: datetime, fault: str = "") -> Taken:
    """Stop the making of a file. Raises Missing, Conflict where it is over."""
    made: Taken = Taken.objects.visible_to(actor).locked(taken_id)
    if not made.is_running:
        raise Conflict(_("This export is over already."))
    made.cancelled_at, made.fault = at, fault[:40]
    made.save(update_fields=["cancelled_at", "fault"])
    record(ExportStopped(**_identity(made), done=made.done, fault=made.fault), actor=actor, at=at)
    return made


@deed
def claim(*, at: datetime) -> Taken | None:
    """The oldest export that nobody makes yet, now the caller's to make; None where there is none."""
    waiting = Taken.objects.running().filter(begun_at=None).order_by("asked_at")
    made = waiting.select_for_update(skip_locked=True).first()
    if made is not None:
        made.begun_at = at
        made.save(update_fields=["begun_at"])
    return made


def give_up_lost(*, at: datetime) -> int:
    """Stop what a worker began and never finished; returns how many."""
    lost = list(Taken.objects.running().filter(begun_at__lt=at - LOST_AFTER).values_list("pk", flat=True))
    for taken_id in lost:
        stop(taken_id=taken_id, actor=SYSTEM, at=at, fault="lost")
    return len(lost)


def make(*, made: Taken, actor: Actor, at: datetime) -> Written:
    """Write the file with the rights that the actor has now, telling the row how far it is; finish() is called then.

    Raises StoppedError where it was stopped meanwhile, NotAllowed where the right is gone.
    """
    with override(made.language):
        sheet = _sheet(made, actor, at)
        return write(sheet=sheet, form=made.form, path=path_of(made=made), tick=_tick(made.pk))


def _sheet(made: Taken, actor: Actor, at: datetime) -> Sheet:
    who = made.asked_by.display_name or made.asked_by.get_username()
    require_rights(what=made.what, actor=actor)
    if made.what == TakenWhat.CASES:
        drill = drilling.read(said=made.query)
        found = drill.cases(actor=actor).order_by("-filed_at", "pk")
        total = min(found.order_by()[: MAX_ROWS + 1].count(), MAX_ROWS)
        Taken.objects.filter(pk=made.pk).update(total=total)
        facts = drill_in_words(drill=drill, actor=actor, at=at, who=who)
        columns = list(zip(headings(), WIDTHS, strict=True))
        return Sheet(_("Petitions"), facts, columns, rows_of(petitions=found, actor=actor))
    question = asking.read(said=made.query, at=at)
    table = table_of(question=question, actor=actor, at=at, most_columns=EVERY_COLUMN)
    total = (len(table.lines) + 1) * len(table.total.cells)
    Taken.objects.filter(pk=made.pk).update(total=total)
    return figures_sheet(table=table, facts=question_in_words(question=question, actor=actor, at=at, who=who))


def _tick(taken_id: UUID) -> Callable[[int], None]:
    def tick(done: int) -> None:
        if not Taken.objects.running().filter(pk=taken_id).update(done=done):
            raise StoppedError(str(taken_id))

    return tick


@deed
def finish(*, taken_id: UUID, done: Written, actor: Actor, at: datetime) -> None:
    """The file is written: it can be fetched from now on. Raises StoppedError where it was stopped meanwhile."""
    made: Taken = Taken.objects.locked(taken_id)
    path = path_of(made=made)
    if not made.is_running:
        path.unlink(missing_ok=True)
        raise StoppedError(str(taken_id))
    content = path.read_bytes()
    made.path, made.size = path.relative_to(root()).as_posix(), len(content)
    made.sha256 = hashlib.sha256(content).hexdigest()
    made.done, made.capped, made.finished_at = done.rows, done.capped, at
    made.total = max(made.total, done.rows)
    made.save(update_fields=["path", "size", "sha256", "done", "capped", "finished_at", "total"])
    happened = StatisticsExported(
        **_identity(made), what=made.what, rows=done.rows, capped=done.capped, digest=made.sha256
    )
    record(happened, actor=actor, at=at)


def sweep(*, at: datetime) -> int:
    """Remove files older than a week, and those that no row knows; returns how many. The rows stay."""
    old = Taken.objects.filter(finished_at__lt=at - KEEP).exclude(path="")
    gone = list(old.values_list("path", flat=True))
    old.update(path="")
    known = set(Taken.objects.exclude(path="").values_list("path", flat=True))
    strays = [one for one in _files() if one.relative_to(root()).as_posix() not in known]
    before = (at - LOST_AFTER).timestamp()
    for file in strays:
        if file.stat().st_mtime < before or file.relative_to(root()).as_posix() in gone:
            file.unlink(missing_ok=True)
    return len(gone)


def _files() -> Sequence[Path]:
    return [one for one in root().rglob("*") if one.is_file()] if root().exists() else []


def root() -> Path:
    """Where exports lie."""
    return Path(settings.MEDIA_ROOT) / FOLDER


def path_of(*, made: Taken) -> Path:
    """The file of an export; nothing in its name comes from outside."""
    return root() / made.path if made.path else root() / f"{made.asked_at:%Y/%m}" / f"{made.pk}.{made.form}"


def _identity(made: Taken) -> dict[str, Any]:
    return {"case_id": made.pk, "subject_id": str(made.pk)}
