"""What officials and those who assign them are told."""

from django.utils.translation import gettext_lazy as _

from notices.kinds import NoticeKind, register

URL = "liaisons:place"

ASSIGNED = register(
    NoticeKind(
        code="liaisons.assigned",
        label=_("You are assigned to a community or a grid"),
        title=_("You are the liaison official of %(unit)s %(grid)s from %(from)s"),
        url_name=URL,
        icon="map-pin-plus",
    )
)
ENDED = register(
    NoticeKind(
        code="liaisons.ended",
        label=_("An assignment of an official ends"),
        title=_("The assignment to %(unit)s %(grid)s ends on %(until)s"),
        url_name=URL,
        icon="map-pin-off",
    )
)
ENDS_SOON = register(
    NoticeKind(
        code="liaisons.ends_soon",
        label=_("An assignment of an official ends soon"),
        title=_("The assignment to %(unit)s %(grid)s ends on %(until)s: say who follows"),
        url_name=URL,
        icon="calendar-due",
    )
)
