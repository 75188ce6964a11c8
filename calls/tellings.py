"""What calls tell people."""

from django.utils.translation import gettext_lazy as _

from calls.choices import Kind, Told
from notices.kinds import NoticeKind, register

URL = "calls:call"
KINDS = {"kind": dict(Kind.choices)}

TO_SIGN = register(
    NoticeKind(
        code="calls.to_sign",
        label=_("A call waits for a signature"),
        title=_("A call waits for your signature until %(due_at)s"),
        url_name=URL,
        icon="signature",
    )
)
TO_TRIAGE = register(
    NoticeKind(
        code="calls.to_triage",
        label=_("A call waits for triage"),
        title=_("%(unit)s calls (%(kind)s): triage until %(due_at)s"),
        url_name=URL,
        icon="phone-incoming",
        urgent=True,
        words=KINDS,
    )
)
CALLED = register(
    NoticeKind(
        code="calls.called",
        label=_("Your unit is called upon"),
        title=_("%(unit)s calls for you (%(kind)s): answer until %(due_at)s"),
        url_name=URL,
        icon="phone-call",
        urgent=True,
        words=KINDS,
    )
)
SENT = register(
    NoticeKind(
        code="calls.sent",
        label=_("Your team is sent"),
        title=_("%(unit)s sends your team (%(kind)s): answer until %(due_at)s"),
        url_name=URL,
        icon="urgent",
        urgent=True,
        words=KINDS,
    )
)
ANSWERED = register(
    NoticeKind(
        code="calls.answered",
        label=_("A call is answered"),
        title=_("%(unit)s answers your call: there by %(promised_at)s"),
        url_name=URL,
        icon="message-reply",
    )
)
REPORTED = register(
    NoticeKind(
        code="calls.reported",
        label=_("A unit reports on a call"),
        title=_("%(unit)s reports on your call: judge it until %(due_at)s"),
        url_name=URL,
        icon="checklist",
    )
)
REFUSED = register(
    NoticeKind(
        code="calls.refused",
        label=_("A call is refused"),
        title=_("%(unit)s refuses a call: adjudicate until %(due_at)s"),
        url_name=URL,
        icon="hand-stop",
    )
)
ENDED = register(
    NoticeKind(
        code="calls.ended",
        label=_("A call has ended"),
        title=_("A call of %(unit)s has ended"),
        url_name=URL,
        icon="phone-off",
    )
)
LATE = register(
    NoticeKind(
        code="calls.late",
        label=_("A call is late"),
        title=_("%(unit)s is late: %(what)s (step %(rung)s)"),
        url_name=URL,
        icon="arrow-up",
        urgent=True,
        words={"what": dict(Told.choices)},
    )
)
