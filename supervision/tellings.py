"""What people are told of supervision: kinds of notices, in the words of whoever is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notices.kinds import NoticeKind, register
from supervision.choices import Told

CASE, ORDER = "petitions:detail", "supervision:order"

URGED = register(
    NoticeKind(
        code="supervision.urged",
        title=_("Case %(number)s of your unit is urged, time number %(times)s"),
        label=_("A case of your unit is urged"),
        url_name=CASE,
        icon="bell-ringing",
        urgent=True,
    )
)
ISSUED = register(
    NoticeKind(
        code="supervision.issued",
        title=_("%(unit)s issues a supervision order to your unit: receive it until %(due_at)s"),
        label=_("A supervision order to your unit"),
        url_name=ORDER,
        icon="file-alert",
        urgent=True,
    )
)
ANSWERED = register(
    NoticeKind(
        code="supervision.answered",
        title=_("%(unit)s has answered a supervision order: look at it until %(due_at)s"),
        label=_("A supervision order is answered"),
        url_name=ORDER,
        icon="message-reply",
    )
)
SENT_BACK = register(
    NoticeKind(
        code="supervision.sent_back",
        title=_("The answer of your unit to a supervision order is sent back: answer until %(due_at)s"),
        label=_("An answer of your unit is sent back"),
        url_name=ORDER,
        icon="rotate",
        urgent=True,
    )
)
CLIMBED = register(
    NoticeKind(
        code="supervision.climbed",
        title=_("%(unit)s: %(what)s (step %(rung)s)"),
        label=_("A supervision order has climbed to your unit"),
        url_name=ORDER,
        icon="arrow-up",
        urgent=True,
        words={"what": dict(Told.choices)},
    )
)
