"""What those are told to whom a finding is assigned."""

from django.utils.translation import gettext_lazy as _

from grids.choices import FindingKind
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
