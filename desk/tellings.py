"""What people are told of their own desk."""

from django.utils.translation import gettext_lazy as _

from desk.choices import Returned
from notices.kinds import NoticeKind, register

BACK = register(
    NoticeKind(
        code="desk.back",
        title=_("%(number)s is on your desk again: %(why)s"),
        label=_("A case that I put aside is back"),
        url_name="governance:case",
        icon="zzz-off",
        own=True,
        words={"why": dict(Returned.choices)},
    )
)
STAND_IN = register(
    NoticeKind(
        code="desk.stand_in",
        title=_("You stand in for a colleague in %(unit)s from %(begins_at)s until %(ends_at)s"),
        label=_("I stand in for somebody"),
        url_name="",
        icon="user-share",
        own=True,
    )
)
STOOD_IN_FOR = register(
    NoticeKind(
        code="desk.stood_in_for",
        title=_("Somebody stands in for you in %(unit)s from %(begins_at)s until %(ends_at)s"),
        label=_("Somebody stands in for me"),
        url_name="",
        icon="user-share",
        own=True,
    )
)
