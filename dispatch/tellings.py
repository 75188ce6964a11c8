"""What people are told of work orders: kinds of notices, in the words of whoever is told. The link is the case file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dispatch.rungs import TOLD
from notices.kinds import NoticeKind, register

CASE = "petitions:detail"

ASSIGNED = register(
    NoticeKind(
        code="dispatch.assigned",
        title=_("Order %(number)s for your unit: sign for it until %(due_at)s"),
        label=_("A work order for your unit"),
        url_name=CASE,
        icon="clipboard-plus",
    )
)
ASSIGNED_NOW = register(
    NoticeKind(
        code="dispatch.assigned_now",
        title=_("Urgent order %(number)s for your unit: sign for it until %(due_at)s"),
        label=_("An urgent work order for your unit"),
        url_name=CASE,
        icon="clipboard-plus",
        urgent=True,
    )
)
NEARLY_DUE = register(
    NoticeKind(
        code="dispatch.nearly_due",
        title=_("Order %(number)s is nearly due: until %(due_at)s"),
        label=_("A work order of your unit is nearly due"),
        url_name=CASE,
        icon="clock-exclamation",
    )
)
LATE = register(
    NoticeKind(
        code="dispatch.late",
        title=_("Order %(number)s of your unit: %(what)s; %(told_unit)s was told"),
        label=_("A work order of your unit is late"),
        url_name=CASE,
        icon="alert-triangle",
        urgent=True,
        words={"what": TOLD},
    )
)
CLIMBED = register(
    NoticeKind(
        code="dispatch.climbed",
        title=_("%(unit)s, order %(number)s: %(what)s (step %(rung)s)"),
        label=_("A work order has climbed to your unit"),
        url_name=CASE,
        icon="arrow-up",
        urgent=True,
        words={"what": TOLD},
    )
)
RETURN_ASKED = register(
    NoticeKind(
        code="dispatch.return_asked",
        title=_("%(unit)s gives order %(number)s back: rule until %(due_at)s"),
        label=_("A unit gives a work order back"),
        url_name=CASE,
        icon="arrow-back-up",
    )
)
RETURN_REFUSED = register(
    NoticeKind(
        code="dispatch.return_refused",
        title=_("Order %(number)s stays with your unit"),
        label=_("A return was refused"),
        url_name=CASE,
        icon="gavel",
    )
)
SENT_BACK = register(
    NoticeKind(
        code="dispatch.sent_back",
        title=_("Order %(number)s did not pass the check: until %(due_at)s"),
        label=_("A work order did not pass the check"),
        url_name=CASE,
        icon="rotate",
    )
)
