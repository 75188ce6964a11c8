"""The reply to the citizen (答复意见书), and what every document about a petition says of its reporter and place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from documents.kinds import Kind, Subject, declare
from documents.paper import Paper, date_words, text
from kernel.actors import Actor
from kernel.errors import Conflict, Missing
from kernel.permissions import Verdict
from organizations.models import Area
from organizations.places import area_code
from petitions.choices import Nature, ReplyKind, RevealField, RevealPurpose
from petitions.models import Petition, Reply, Reporter
from petitions.policies import verdict
from petitions.services.revealing import reveal

LEVELS = ("township", "village")
# What a letter holds in full where somebody opened it.
OPENED = (RevealField.NAME, RevealField.PHONE)
WITH = ("center", "category", "lead_unit", "reporter")


def reveal_reporter(*, petition: Petition, purpose: str, actor: Actor, at: datetime) -> dict[str, str]:
    """Name and telephone in full; each look is a deed on record. What was not given, or was erased, is left out."""
    # Asked for before any deed is begun: one that is refused would take the whole transaction with it.
    sealed = Reporter.objects.filter(petition=petition).values(*OPENED).first() or {}
    given = [field for field in OPENED if sealed.get(field)]
    return {
        str(field): reveal(petition_id=petition.pk, field=field, purpose=purpose, actor=actor, at=at) for field in given
    }


def hidden(petition: Petition) -> bool:
    """Whether not even a masked name goes on paper: a withheld identity, or a report of wrongdoing."""
    return petition.confidential or petition.nature == Nature.REPORT


def reporter_words(*, petition: Petition, full: Mapping[str, str]) -> str:
    """Name and telephone for a table: in full where they were opened, else masked, or withheld altogether."""
    if full:
        return " ".join(full[str(field)] for field in OPENED if str(field) in full)
    if hidden(petition):
        return _("withheld")
    sealed = getattr(petition, "reporter", None)
    return f"{petition.reporter_masked} {sealed.phone_masked if sealed else ''}".strip()


def place_words(petition: Petition) -> str:
    """Township, village and grid, and the address that was given."""
    codes = [code for code in (area_code(place=petition.place, level=level) for level in LEVELS) if code]
    names = dict(Area.objects.filter(pk__in=codes).values_list("code", "name"))
    parts = [names[code] for code in codes if code in names]
    if petition.cell_code:
        parts.append(_("grid %(cell)s") % {"cell": petition.cell_code[12:]})
    return " ".join([*parts, petition.address]).strip()


def masked_note(full: Mapping[str, str]) -> str:
    """What stands at the foot about personal data."""
    if full:
        return _("This document holds personal data in full. Keep it locked away and pass it on to nobody.")
    return _("Names and telephone numbers are masked.")


def _found(subject: UUID, actor: Actor) -> Subject:
    petition = Petition.objects.visible_to(actor).select_related(*WITH).filter(pk=subject).first()
    if petition is None:
        raise Missing(_("This does not exist, or not for you."))
    allowed = may_print(petition=petition, actor=actor)
    return Subject(case_id=petition.pk, issuer_id=petition.center_id, row=petition, verdict=allowed)


def may_print(*, petition: Petition, actor: Actor) -> Verdict:
    """Whoever may write to the citizen."""
    return verdict(capability="petition.reply", petition=petition, actor=actor)


def _reply(*, row: Any, language: str, opened: Mapping[str, str]) -> Paper:
    petition: Petition = row
    said = list(Reply.objects.filter(petition=petition).order_by("replied_at", "pk"))
    final = [one for one in said if one.kind == ReplyKind.FINAL] or said
    if not final:
        raise Conflict(_("Nothing was written to the citizen yet; there is nothing to print."))
    name = opened.get(str(RevealField.NAME)) or ("" if hidden(petition) else petition.reporter_masked)
    filed = date_words(timezone.localtime(petition.filed_at).date(), language=language)
    opening = _(
        "You turned to us on %(day)s about “%(title)s” (No. %(number)s). It was looked into and handled; the answer is:"
    ) % {"day": filed, "title": petition.title, "number": petition.number}
    closing = _(
        "If you do not agree with this answer, you may say so when you are asked for your rating, or turn to the "
        "centre again with the tracking code %(code)s."
    ) % {"code": petition.tracking_code}
    return Paper(
        language=language,
        issuer=petition.center.name,
        title=pgettext("letter", "Reply to the citizen"),
        addressee=_("%(name)s:") % {"name": name or _("The reporter")},
        blocks=(text(opening), text(final[-1].text), text(closing)),
        signed=petition.center.name,
        note=masked_note(opened),
    )


REPLY = declare(
    Kind(
        code="reply",
        label=pgettext_lazy("letter", "Reply to the citizen"),
        number="答复〔{year}〕{serial}号",  # zh: documents are numbered so
        found=_found,
        seen_by=lambda actor: Petition.objects.visible_to(actor).values("pk"),
        compose=_reply,
        reveal=lambda *, row, purpose, actor, at: reveal_reporter(petition=row, purpose=purpose, actor=actor, at=at),
        purposes=lambda: [(code, str(label)) for code, label in RevealPurpose.choices],
    )
)
