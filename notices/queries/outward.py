"""What leaves the product: the title of the kind and a link, in the person's language. No text of a case, no name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notices.models import Delivery
from notices.queries.saying import said


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it leaves; `delivery` is its number in the delivery log."""

    delivery: int
    title: str
    body: str


def messages_of(deliveries: Sequence[Delivery]) -> list[Message]:
    """The messages of some deliveries, in their order, with notice and user at hand."""
    return [_message(one) for one in deliveries]


def _message(delivery: Delivery) -> Message:
    with translation.override(delivery.user.language or settings.LANGUAGE_CODE):
        notice = delivery.notice
        if notice is None:
            text = ngettext("%(amount)s unread notice", "%(amount)s unread notices", delivery.amount)
            body, path = text % {"amount": delivery.amount}, reverse("notices:inbox")
        else:
            (words,) = said([notice])
            body, path = words.title, reverse("notices:open", args=[notice.pk])
        return Message(delivery.pk, _("Grid Command Platform"), f"{body}\n{settings.SITE_ADDRESS}{path}")
