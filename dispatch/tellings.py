"""What people are told of work orders: kinds of notices, in the words of whoever is told. The link is the case file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dispatch.choices import RecallReason
from dispatch.joint.choices import OfferState
from dispatch.rungs import TOLD
from notices.kinds import NoticeKind, register

CASE = "petitions:detail"
OFFER_ENDS = {code: label for code, label in OfferState.choices if code != OfferState.OFFERED}

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
RECALLED = register(
    NoticeKind(
        code="dispatch.recalled",
        title=_("Order %(number)s was taken back, nothing is to be done: %(why)s"),
        label=_("A work order of my unit is taken back"),
        url_name=CASE,
        icon="arrow-back",
        words={"why": dict(RecallReason.choices)},
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
TASK_GIVEN = register(
    NoticeKind(
        code="dispatch.task_given",
        title=_("Order %(number)s needs the part of your unit: reply to %(lead_unit)s until %(due_at)s"),
        label=_("A part in an order that another unit leads"),
        url_name=CASE,
        icon="users-group",
    )
)
TASK_REFERRED = register(
    NoticeKind(
        code="dispatch.task_referred",
        title=_("Order %(number)s of %(lead_unit)s is shown to your unit: read it and report what you do"),
        label=_("An order of another unit is shown to yours"),
        url_name=CASE,
        icon="eye",
    )
)
TASK_REPLIED = register(
    NoticeKind(
        code="dispatch.task_replied",
        title=_("%(unit)s has replied on order %(number)s: look at it until %(due_at)s"),
        label=_("A cooperating unit has replied"),
        url_name=CASE,
        icon="message-reply",
    )
)
TASK_SENT_BACK = register(
    NoticeKind(
        code="dispatch.task_sent_back",
        title=_("The reply of your unit on order %(number)s is sent back: reply anew until %(due_at)s"),
        label=_("A reply of my unit is sent back"),
        url_name=CASE,
        icon="rotate",
    )
)
TASK_RELEASED = register(
    NoticeKind(
        code="dispatch.task_released",
        title=_("Your unit is no longer needed for order %(number)s"),
        label=_("My unit is released from a joint order"),
        url_name=CASE,
        icon="user-minus",
    )
)
TASK_LATE = register(
    NoticeKind(
        code="dispatch.task_late",
        title=_("Order %(number)s waits for your unit: %(what)s; %(told_unit)s was told"),
        label=_("The part of my unit in an order is late"),
        url_name=CASE,
        icon="alert-triangle",
        urgent=True,
        words={"what": TOLD},
    )
)
OFFERED = register(
    NoticeKind(
        code="dispatch.offered",
        title=_("%(unit)s offers order %(number)s to your unit: answer until %(due_at)s"),
        label=_("An order is offered to my unit"),
        url_name=CASE,
        icon="arrows-exchange",
    )
)
OFFER_ANSWERED = register(
    NoticeKind(
        code="dispatch.offer_answered",
        title=_("%(to_unit)s on order %(number)s, which your unit offered: %(how)s"),
        label=_("An order that my unit offered is answered"),
        url_name=CASE,
        icon="arrows-exchange",
        words={"how": OFFER_ENDS},
    )
)
OFFER_OVER = register(
    NoticeKind(
        code="dispatch.offer_over",
        title=_("Order %(number)s, which %(unit)s offered to your unit: %(how)s"),
        label=_("An offer to my unit is over"),
        url_name=CASE,
        icon="arrows-exchange",
        words={"how": OFFER_ENDS},
    )
)
HANDED_OVER = register(
    NoticeKind(
        code="dispatch.handed_over",
        title=_("Order %(number)s went from %(unit)s to %(to_unit)s: both have signed"),
        label=_("An order was handed over between units"),
        url_name=CASE,
        icon="transfer",
    )
)
