"""What a rung of the ladder says when it is climbed, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOLD: dict[str, str | Promise] = {
    "not_signed": _("not signed for in time"),
    "overdue": _("not handled in time"),
    "return_not_ruled": _("no ruling on the return in time"),
    "not_adjudicated": _("not adjudicated in time"),
    "not_accepted": _("not accepted in time"),
    "not_dispatched": _("not dispatched in time"),
    "not_replied": _("a cooperating unit has not replied in time"),
    "reply_not_judged": _("a reply was not looked at in time"),
}
