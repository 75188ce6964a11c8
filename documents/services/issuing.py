"""Issuing a document: found for this person, set under the next number, weighed, entered in the register."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.choices import Form, Language
from documents.events import DocumentIssued
from documents.kinds import Kind, Subject, kind_of
from documents.models import Issued
from documents.paper import Paper, date_words, numbered
from documents.press.pdf import pdf_of
from documents.press.word import word_of
from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import DomainError, Invalid, Missing, NotAllowed
from kernel.events import record
from kernel.ids import new_id
from kernel.permissions import require

NEXT = """
INSERT INTO documents_serial (kind, issuer_id, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (kind, issuer_id, year) DO UPDATE SET last = documents_serial.last + 1 RETURNING last
"""
LAST = "SELECT last FROM documents_serial WHERE kind = %s AND issuer_id = %s AND year = %s"
PRESSES: dict[str, Callable[..., bytes]] = {Form.PDF: pdf_of, Form.WORD: word_of}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A paper that the presses have set, what its files weigh, and the personal data that were opened for it."""

    asked: tuple[Any, ...]
    paper: Paper = field(repr=False)
    opened: Mapping[str, str] = field(repr=False)
    weights: tuple[str, str]


def press_ahead(
    *, kind: str, subject: UUID, language: str, purpose: str = "", actor: Actor, at: datetime
) -> Pressed | None:
    """Set the document before it is issued, outside of any transaction: the press takes its time and holds no lock.

    It is set under the number that comes next; issue() takes the weights where nothing differs in the end. With a
    purpose personal data are opened first, by a deed of its own: the look stands in the log whatever becomes of the
    document. None where nothing can be set; issue() says why. Raises TooLarge, Busy.
    """
    try:
        row, found = _asked(kind, subject, language, actor)
        year = timezone.localtime(at).year
        made = _begun(row, found, subject, year, _last(kind, found.issuer_id, year) + 1, language, purpose, actor, at)
        paper = paper_of(made, row=found.row, kind=row, opened={})
        opened = _open(row=row, found=found, purpose=purpose, actor=actor, at=at) if purpose else {}
        paper = paper_of(made, row=found.row, kind=row, opened=opened) if opened else paper
    except DomainError:
        return None
    asked = (kind, subject, purpose, actor.key, at)
    return Pressed(asked=asked, paper=paper, opened=opened, weights=_weights(paper, at))


@deed
def _open(*, row: Kind, found: Subject, purpose: str, actor: Actor, at: datetime) -> Mapping[str, str]:
    """The personal data in full; the look is recorded by the app whose data it is."""
    return row.reveal(row=found.row, purpose=purpose, actor=actor, at=at)


@deed
def issue(
    *,
    kind: str,
    subject: UUID,
    language: str,
    purpose: str = "",
    pressed: Pressed | None = None,
    actor: Actor,
    at: datetime,
) -> Issued:
    """Issue a document about a subject in a language. With a purpose personal data stands on it in full: that look is
    recorded by the app whose data it is, and only who may open the data gets it.

    `pressed` for the same at the same moment spares the look, and the press where the paper is the same to the letter.
    Raises Missing, NotAllowed, Invalid, Conflict where there is nothing to print yet, TooLarge, Busy.
    """
    row, found = _asked(kind, subject, language, actor)
    if pressed is not None and pressed.asked != (kind, subject, purpose, actor.key, at):
        pressed = None
    if pressed is not None:
        opened = pressed.opened
    else:
        opened = _open(row=row, found=found, purpose=purpose, actor=actor, at=at) if purpose else {}
    year = timezone.localtime(at).year
    # Set before the number is taken, so that nobody else waits for theirs; once more only where somebody was faster.
    made = _begun(row, found, subject, year, _last(kind, found.issuer_id, year) + 1, language, purpose, actor, at)
    paper = paper_of(made, row=found.row, kind=row, opened=opened)
    weights = pressed.weights if pressed is not None and pressed.paper == paper else _weights(paper, at)
    serial = _next(kind, found.issuer_id, year)
    if serial != made.serial:
        made = _begun(row, found, subject, year, serial, language, purpose, actor, at)
        weights = _weights(paper_of(made, row=found.row, kind=row, opened=opened), at)
    made.sha256, made.word_sha256 = weights
    made.save(force_insert=True)
    record(
        DocumentIssued(
            case_id=made.case_id, subject_id=str(made.pk), kind=kind, year=year, serial=serial, language=language,
            full=made.full, sha256=made.sha256,
        ),
        actor=actor,
        at=at,
    )  # fmt: skip
    return made


def print_again(*, issued_id: UUID, form: str, purpose: str = "", actor: Actor, at: datetime) -> bytes:
    """The document once more: the same bytes where nothing differs, else with a line "as of" today.

    One that holds personal data in full needs a purpose and the right to open the data each time: that look is a deed
    of its own, and the press begins once it is done. Raises Missing, NotAllowed, Invalid, TooLarge, Busy.
    """
    made = Issued.objects.visible_to(actor).filter(pk=issued_id).first()
    if made is None:
        raise Missing(_("This does not exist, or not for you."))
    if made.full and not purpose:
        raise NotAllowed(_("It holds personal data in full: say what you need it for."), code="purpose_required")
    row, found = _found(made.kind, made.subject, actor)
    opened = _open(row=row, found=found, purpose=purpose, actor=actor, at=at) if made.full else {}
    paper = paper_of(made, row=found.row, kind=row, opened=opened)
    printed = PRESSES[Form(form)](paper, at=made.at)
    if _weight(printed) == (made.sha256 if form == Form.PDF else made.word_sha256):
        return printed
    return PRESSES[Form(form)](paper_of(made, row=found.row, kind=row, opened=opened, again=at), at=made.at)


def paper_of(made: Issued, *, row: Any, kind: Kind, opened: Mapping[str, str], again: datetime | None = None) -> Paper:
    """What stands on an issued document as the case is now; `again`: marked as printed on another day."""
    with override(made.language):
        paper = kind.compose(row=row, language=made.language, opened=opened)
        day = date_words(timezone.localtime(made.at).date(), language=made.language)
        marked = ""
        if again is not None:
            when = date_words(timezone.localtime(again).date(), language=made.language)
            marked = _("Printed again as of %(day)s: it differs from what was issued.") % {"day": when}
        return numbered(paper, number=made.number, date=day, again=marked)


def _asked(kind: str, subject: UUID, language: str, actor: Actor) -> tuple[Kind, Subject]:
    """What is to be printed, where this person may and the language is one of ours."""
    row, found = _found(kind, subject, actor)
    require(found.verdict)
    if actor.user_id is None:
        raise NotAllowed(_("A document is issued by a person."))
    if language not in Language.values:
        raise Invalid(_("There is no such language."), fields={"language": [_("Unknown language.")]})
    return row, found


def _begun(
    row: Kind,
    found: Subject,
    subject: UUID,
    year: int,
    serial: int,
    language: str,
    purpose: str,
    actor: Actor,
    at: datetime,
) -> Issued:
    """The entry of the register as it would be under a number."""
    assert actor.user_id is not None  # _asked() saw to it
    return Issued(
        id=new_id(at=at), kind=row.code, case_id=found.case_id, subject=subject, issuer_id=found.issuer_id, year=year,
        serial=serial, number=row.number.format(year=year, serial=serial), language=language, full=bool(purpose),
        by_id=actor.user_id, at=at,
    )  # fmt: skip


def _weights(paper: Paper, at: datetime) -> tuple[str, str]:
    """What the PDF and the Word file of a paper weigh."""
    pdf, word = (_weight(PRESSES[form](paper, at=at)) for form in (Form.PDF, Form.WORD))
    return pdf, word


def _found(kind: str, subject: UUID, actor: Actor) -> tuple[Kind, Subject]:
    row = kind_of(kind)
    return row, row.found(subject, actor)


def _last(kind: str, issuer_id: int, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(LAST, [kind, issuer_id, year])
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def _next(kind: str, issuer_id: int, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [kind, issuer_id, year])
        (serial,) = cursor.fetchone()
    return int(serial)


def _weight(printed: bytes) -> str:
    return hashlib.sha256(printed).hexdigest()
