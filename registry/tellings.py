"""What people are told of the registry: kinds of notices, in the words of whoever is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notices.kinds import NoticeKind, register

SUBMITTED = register(
    NoticeKind(
        code="registry.submitted",
        title=_("A draft of the list waits for approval: %(lines)s lines"),
        label=_("A draft of the list waits for approval"),
        url_name="registry:draft",
        icon="file-check",
    )
)
DECIDED = register(
    NoticeKind(
        code="registry.decided",
        title=_("Your draft of the list is %(how)s"),
        label=_("A draft of mine is decided"),
        url_name="registry:draft",
        icon="gavel",
        words={"how": {"approved": pgettext_lazy("draft", "approved"), "refused": pgettext_lazy("draft", "refused")}},
    )
)
TO_SIGN = register(
    NoticeKind(
        code="registry.to_sign",
        title=_("Item %(item)s is to go from %(from_unit)s to %(to_unit)s: sign for your unit"),
        label=_("A hand-over waits for a signature"),
        url_name="registry:hand_over",
        icon="signature",
    )
)
