"""Attaching: a picture or document joins a case after it was checked, and its file lies there before its row does."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.utils.translation import gettext as _

from kernel import faults
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Conflict, Invalid, Missing, TooLarge, WrongState
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require
from petitions import files
from petitions.choices import FINISHED_STATES, AttachmentPurpose
from petitions.events import AttachmentAdded
from petitions.models import Attachment, Petition, StoredFile
from petitions.pictures import NotAPicture, Picture, redrawn
from petitions.policies import verdict
from petitions.services.stages import locked

__all__ = ["Prepared", "attach", "described", "join_prepared", "keep", "open_attachment", "prepared"]

MAX_BYTES = 10 * 1024 * 1024
MAX_FILES = 20
PDF_MAGIC, PDF_END = b"%PDF-", b"%%EOF"  # one that was cut off on its way has no end


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file that was read and checked, before anything is locked."""

    name: str
    content: bytes
    picture: Picture | None


def prepared(*, file: IO[bytes], name: str) -> Prepared:
    """Read and check a file: JPEG, PNG, WebP (encoded anew without metadata) or PDF, up to 10 MB.

    Decoding may take a second, so that this stands before the deed. Raises TooLarge, or Invalid naming `file`.
    """
    content, picture = _checked(file)
    return Prepared(name=name, content=content, picture=picture)


def attach(*, petition_id: Any, file: IO[bytes], name: str, purpose: str, actor: Actor, at: datetime) -> Attachment:
    """Add a file to a petition: JPEG, PNG, WebP (told by content, encoded anew without metadata) or PDF, up to 10 MB.

    Raises Missing, NotAllowed, WrongState on a finished petition, Conflict beyond 20 files, TooLarge, or Invalid naming
    `file` or `purpose`. The file is written before its row commits: a crash leaves a file without row, which
    sweep_attachments removes a day later, and never a row without file.
    """
    if purpose not in AttachmentPurpose.values:
        raise Invalid(_("This purpose is not known."), fields={"purpose": [_("Not one of the choices.")]})
    petition = Petition.objects.visible_to(actor).filter(pk=petition_id).first()
    if petition is None:
        raise Missing(_("This does not exist, or not for you."))
    require(verdict(capability="petition.attach", petition=petition, actor=actor))
    # Nothing is locked yet, and whoever may not attach does not get this far.
    return _joined(petition.pk, prepared(file=file, name=name), purpose, actor, at)


@deed
def _joined(petition_id: UUID, given: Prepared, purpose: str, actor: Actor, at: datetime) -> Attachment:
    petition = locked(petition_id=petition_id)
    require(verdict(capability="petition.attach", petition=petition, actor=actor))
    return join_prepared(petition=petition, given=given, purpose=purpose, actor=actor, at=at)


def join_prepared(*, petition: Petition, given: Prepared, purpose: str, actor: Actor, at: datetime) -> Attachment:
    """Add a prepared file to a petition that is locked, inside a deed that has checked who may do it by its own rule.

    Raises WrongState on a finished petition, Conflict beyond 20 files.
    """
    row = Attachment(**described(given=given, actor=actor, at=at), petition=petition, purpose=purpose)
    if petition.state in FINISHED_STATES:
        raise WrongState(_("The petition is finished; nothing is added to it any more."))
    if petition.attachments.count() >= MAX_FILES:
        raise Conflict(_("A petition holds up to %(count)d files.") % {"count": MAX_FILES}, code="too_many_files")
    keep(row=row, given=given)
    happened = AttachmentAdded(
        case_id=petition.pk,
        subject_id=str(petition.pk),
        attachment=str(row.pk),
        purpose=row.purpose,
        sha256=row.sha256,
    )
    record(happened, actor=actor, at=at)
    return row


def open_attachment(*, attachment_id: UUID, actor: Actor) -> tuple[Attachment, Path]:
    """An attachment of a petition that the actor sees, and its file. Raises Missing for any other."""
    row = Attachment.objects.filter(pk=attachment_id).select_related("petition").first()
    if row is None or not Petition.objects.visible_to(actor).filter(pk=row.petition_id).exists():
        raise Missing(_("This does not exist, or not for you."))
    return row, files.path_of(attachment=row)


def _checked(file: IO[bytes]) -> tuple[bytes, Picture | None]:
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooLarge(_("A file may have up to 10 MB."), fields={"file": [_("Larger than 10 MB.")]})
    if content.startswith(PDF_MAGIC) and PDF_END in content[-1024:]:
        return content, None
    try:
        picture = redrawn(content=content)
    except NotAPicture as error:
        raise _refused(error.why) from error
    return picture.content, picture


def _refused(why: str) -> Invalid:
    if why == "too_many_pixels":
        return Invalid(_("The picture is too large."), fields={"file": [_("More than 40 million pixels.")]})
    return Invalid(
        _("The file cannot be taken."),
        fields={"file": [_("Not a JPEG, PNG or WebP picture and no PDF, or damaged.")]},
    )


def described(*, given: Prepared, actor: Actor, at: datetime) -> dict[str, Any]:
    """The columns of a stored file, besides whose it is."""
    file_id, picture = new_id(at=at), given.picture
    extension = picture.extension if picture else "pdf"
    return {
        "id": file_id,
        "original_name": files.shown_name(given.name, extension=extension),
        "content_type": picture.content_type if picture else "application/pdf",
        "size": len(given.content),
        "width": picture.width if picture else 0,
        "height": picture.height if picture else 0,
        "sha256": hashlib.sha256(given.content).hexdigest(),
        "path": files.name_for(attachment_id=file_id, extension=extension, at=at),
        "added_by_id": actor.user_id,
        "added_at": at,
    }


def keep(*, row: StoredFile, given: Prepared) -> None:
    """Write the file, with its small picture, and then the row: a crash leaves a file without row, never the reverse.

    Inside the deed that adds it.
    """
    path = files.path_of(attachment=row)
    files.keep(path=path, content=given.content)
    if given.picture is not None:
        files.keep(path=files.thumbnail_path(path), content=given.picture.thumbnail)
    faults.point("file_written")
    row.save(force_insert=True)
