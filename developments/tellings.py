"""What development petitions tell people."""

from django.utils.translation import gettext_lazy as _

from developments.choices import Told
from notices.kinds import NoticeKind, register

STAFF, COMPANY = "developments:case", "developments:own"

TO_ACCEPT = register(
    NoticeKind(
        code="developments.to_accept",
        label=_("A development petition waits for acceptance"),
        title=_("%(company_unit)s asks for a plan: accept it until %(due_at)s"),
        url_name=STAFF,
        icon="building-factory",
    )
)
STEP = register(
    NoticeKind(
        code="developments.step",
        label=_("A step of a plan begins"),
        title=_("A step for %(company_unit)s begins at your unit: until %(due_at)s"),
        url_name=STAFF,
        icon="player-play",
    )
)
HANDED = register(
    NoticeKind(
        code="developments.handed",
        label=_("A company hands in a paper"),
        title=_("%(company_unit)s has handed in a paper for a step of your unit"),
        url_name=STAFF,
        icon="file-check",
    )
)
RULE = register(
    NoticeKind(
        code="developments.rule",
        label=_("A step of a plan is refused or on hold"),
        title=_("A step for %(company_unit)s cannot go on: decide until %(due_at)s"),
        url_name=STAFF,
        icon="gavel",
    )
)
LATE = register(
    NoticeKind(
        code="developments.late",
        label=_("A step of a plan is late"),
        title=_("%(unit)s is late for %(company_unit)s: %(what)s (rung %(rung)s)"),
        url_name=STAFF,
        icon="arrow-up",
        urgent=True,
        words={"what": dict(Told.choices)},
    )
)
ACCEPTED = register(
    NoticeKind(
        code="developments.accepted",
        label=_("Your development petition is accepted"),
        title=_("Your petition is accepted: every step is promised by %(due_at)s"),
        url_name=COMPANY,
        icon="circle-check",
    )
)
ASKED = register(
    NoticeKind(
        code="developments.asked",
        label=_("A unit asks you for a paper"),
        title=_("%(unit)s asks you for a paper: hand it in until %(due_at)s"),
        url_name=COMPANY,
        icon="file-alert",
        urgent=True,
    )
)
REMINDED = register(
    NoticeKind(
        code="developments.reminded",
        label=_("A paper is due soon"),
        title=_("A paper that you promised is due by %(due_at)s"),
        url_name=COMPANY,
        icon="bell",
    )
)
LAPSED = register(
    NoticeKind(
        code="developments.lapsed",
        label=_("A promised paper was not handed in"),
        title=_("The time for a paper of %(company_unit)s is over; what needs it is on hold"),
        url_name=COMPANY,
        icon="file-x",
        urgent=True,
    )
)
FINISHED = register(
    NoticeKind(
        code="developments.finished",
        label=_("All steps of your plan are done"),
        title=_("All steps of your plan are done: rate them until %(due_at)s"),
        url_name=COMPANY,
        icon="star",
    )
)
ENDED = register(
    NoticeKind(
        code="developments.ended",
        label=_("A development petition has ended"),
        title=_("The development petition of %(company_unit)s has ended"),
        url_name=STAFF,
        icon="x",
    )
)
ENDED_OWN = register(
    NoticeKind(
        code="developments.ended_own",
        label=_("Your development petition has ended"),
        title=_("Your development petition has ended; the reason stands with it"),
        url_name=COMPANY,
        icon="x",
    )
)
