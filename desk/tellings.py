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
        words={"why": dict(Returned.choices)},
    )
)
