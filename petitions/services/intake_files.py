"""Bulk intake, first half: a file from outside becomes a batch whose rows wait in a plain form."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.errors import Conflict, Invalid
from kernel.sheets.problems import BadFile
from kernel.sheets.words import told
from petitions.choices import Channel
from petitions.intake import mapping as columns
from petitions.intake import spooling
from petitions.intake.reasons import reason
from petitions.models.intake import BatchState, ImportBatch
from petitions.services.stages import require_anywhere

CAPABILITY = "petition.import"
SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]{1,39}\Z")
FORGOTTEN = timedelta(days=3)


def folder() -> Path:
    """Where uploaded files wait in their plain form; they hold personal data and go when they are imported."""
    path = Path(settings.DATA_DIR) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def spooled(*, batch: ImportBatch) -> Path:
    """The rows of a batch in their plain form."""
    return folder() / f"{batch.pk}.jsonl"


def open_batch(
    *,
    file: Path,
    filename: str,
    source: str,
    channel: str,
    actor: Actor,
    at: datetime,
    mapping: Mapping[str, str] | None = None,
    encoding: str = "auto",
) -> ImportBatch:
    """Take a file in, or find the batch of the same file and source again, however far it went.

    Without a mapping the columns are guessed. Raises NotAllowed, Invalid naming `file`, `source`, `channel` or
    `mapping`, Conflict where the file is another person's batch.
    """
    require_anywhere(actor=actor, capability=CAPABILITY)
    check_words(source=source, channel=channel)
    digest = _digest(file)
    with tempfile.TemporaryDirectory(dir=folder(), prefix="incoming-") as scratch:
        plain = Path(scratch) / "rows.jsonl"
        total = spool(file=file, target=plain, encoding=encoding)
        names = spooling.columns_of(plain)
        chosen = dict(mapping or columns.guess(names))
        if mapping is not None:
            check_mapping(mapping=mapping, names=names)
        fresh = ImportBatch(
            source=source,
            channel=channel,
            filename=filename[-120:],
            sha256=digest,
            mapping=chosen,
            total=total,
            started_by_id=actor.user_id,
            started_at=at,
        )
        batch = _found_or_kept(fresh, explicit=mapping is not None, actor=actor)
        if batch.stage != BatchState.DONE:
            shutil.move(plain, spooled(batch=batch))
    return batch


def spool(*, file: Path, target: Path, encoding: str = "auto") -> int:
    """Bring a file into its plain form; returns the number of rows. Raises Invalid naming `file`."""
    try:
        return spooling.spool(source=file, target=target, encoding=encoding)
    except BadFile as bad:
        raise Invalid(_("The file cannot be read."), fields={"file": [told(bad)]}) from bad


def check_words(*, source: str, channel: str) -> None:
    """Raise Invalid for a source that is no plain word or a channel that does not exist."""
    if not SOURCE.match(source):
        raise Invalid(
            _("The source is not valid."),
            fields={"source": [_("Two to forty small letters, digits, hyphens or underscores.")]},
        )
    if channel not in Channel.values:
        raise Invalid(_("The channel is not valid."), fields={"channel": [_("Not one of the choices.")]})


def check_mapping(*, mapping: Mapping[str, str], names: list[str]) -> None:
    """Raise Invalid naming each field whose column is missing, unknown or taken twice."""
    wrong = columns.faults(mapping, columns=names)
    if wrong:
        raise Invalid(
            _("The columns are not assigned yet."), fields={field: [reason(why)] for field, why in wrong.items()}
        )


@transaction.atomic
def _found_or_kept(fresh: ImportBatch, *, explicit: bool, actor: Actor) -> ImportBatch:
    try:
        with transaction.atomic():
            fresh.save(force_insert=True)
            return fresh
    except IntegrityError as error:
        if "petitions_batch_once" not in str(error):
            raise
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(source=fresh.source, sha256=fresh.sha256)
    if not actor.is_system and batch.started_by_id != actor.user_id:
        raise Conflict(_("Somebody else has already handed in this file."), code="known_file")
    if batch.stage != BatchState.DONE:
        batch.total = fresh.total
        batch.mapping = fresh.mapping if explicit else batch.mapping
        batch.save(update_fields=["total", "mapping"])
    return batch


def forget_files(*, at: datetime) -> int:
    """Remove files that nobody imported within three days, and batches of which nothing ever was; returns how many."""
    count = 0
    for batch in ImportBatch.objects.filter(started_at__lt=at - FORGOTTEN).exclude(stage=BatchState.RUNNING):
        path = spooled(batch=batch)
        count += path.exists()
        path.unlink(missing_ok=True)
        if batch.stage == BatchState.CHECKED:
            batch.delete()
    for left in folder().glob("incoming-*"):
        if left.stat().st_mtime < (at - FORGOTTEN).timestamp():
            shutil.rmtree(left, ignore_errors=True)
            count += 1
    return count


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
