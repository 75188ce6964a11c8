"""What calls tell people."""

from django.utils.translation import gettext_lazy as _

from calls.choices import Kind, Told
from notices.kinds import NoticeKind, register

URL = "calls:call"
KINDS = {"kind": dict(Kind.choices)}

TO_SIGN = register(
    NoticeKind(code="calls.to_sign", title=_("A call waits for your signature until %(due_at)s"), url_name=URL,
               icon="signature")
)  # fmt: skip
TO_TRIAGE = register(
    NoticeKind(code="calls.to_triage", title=_("%(unit)s calls (%(kind)s): triage until %(due_at)s"), url_name=URL,
               icon="phone-incoming", urgent=True, words=KINDS)
)  # fmt: skip
CALLED = register(
    NoticeKind(code="calls.called", title=_("%(unit)s calls for you (%(kind)s): answer until %(due_at)s"),
               url_name=URL, icon="phone-call", urgent=True, words=KINDS)
)  # fmt: skip
ANSWERED = register(
    NoticeKind(code="calls.answered", title=_("%(unit)s answers your call: there by %(promised_at)s"), url_name=URL,
               icon="message-reply")
)  # fmt: skip
REPORTED = register(
    NoticeKind(code="calls.reported", title=_("%(unit)s reports on your call: judge it until %(due_at)s"),
               url_name=URL, icon="checklist")
)  # fmt: skip
REFUSED = register(
    NoticeKind(code="calls.refused", title=_("%(unit)s refuses a call: adjudicate until %(due_at)s"), url_name=URL,
               icon="hand-stop")
)  # fmt: skip
ENDED = register(
    NoticeKind(code="calls.ended", title=_("A call of %(unit)s has ended"), url_name=URL, icon="phone-off")
)
LATE = register(
    NoticeKind(code="calls.late", title=_("%(unit)s is late: %(what)s (step %(rung)s)"), url_name=URL,
               icon="arrow-up", urgent=True, words={"what": dict(Told.choices)})
)  # fmt: skip
