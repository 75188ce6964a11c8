"""What those are told to whom a finding is assigned, and those who planned a change of grids."""

from django.utils.translation import gettext_lazy as _

from grids.choices import ChangeKind, FindingKind
from notices.kinds import NoticeKind, register

WORDS = {"kind": dict(FindingKind.choices)}

ASSIGNED = register(
    NoticeKind(
        code="grids.finding_assigned",
        label=_("A finding of the map audit is assigned to you"),
        title=_("%(kind)s, %(place)s: put right by %(until)s"),
        url_name="grids:finding",
        icon="map-search",
        words=WORDS,
    )
)
OVERDUE = register(
    NoticeKind(
        code="grids.finding_overdue",
        label=_("A finding assigned to you is overdue"),
        title=_("%(kind)s, %(place)s: was to be put right by %(until)s and is still there"),
        url_name="grids:finding",
        icon="calendar-exclamation",
        words=WORDS,
    )
)
PLANNED = {"kind": dict(ChangeKind.choices)}
PLAN_DONE = register(
    NoticeKind(
        code="grids.plan_done",
        label=_("A change of grids that you planned has taken effect"),
        title=_("%(place)s is %(kind)s since %(on)s"),
        url_name="grids:plan",
        icon="map-check",
        words=PLANNED,
    )
)
PLAN_REFUSED = register(
    NoticeKind(
        code="grids.plan_refused",
        label=_("A change of grids that you planned came to nothing"),
        title=_("%(place)s: was to be %(kind)s from %(on)s, and is not"),
        url_name="grids:plan",
        icon="map-x",
        words=PLANNED,
    )
)
