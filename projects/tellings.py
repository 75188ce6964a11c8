"""What people are told of key work: the kinds of notices, in the words of whoever is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notices.kinds import NoticeKind, register
from projects.choices import Asking, Decided, Told

PAGE = "projects:project"

OWED = register(
    NoticeKind(
        code="projects.owed",
        title=_("%(unit)s owes a monthly report by %(due_at)s"),
        label=_("A monthly report is owed"),
        url_name=PAGE,
        icon="report",
    )
)
LATE = register(
    NoticeKind(
        code="projects.late",
        title=_("%(unit)s: %(what)s"),
        label=_("Key work is late"),
        url_name=PAGE,
        icon="clock-exclamation",
        words={"what": dict(Told.choices)},
    )
)
TO_CHECK = register(
    NoticeKind(
        code="projects.to_check",
        title=_("Look at it: %(what)s (%(unit)s)"),
        label=_("Something of a project is to be looked at"),
        url_name=PAGE,
        icon="eye-check",
        words={"what": dict(Asking.choices)},
    )
)
DECIDED = register(
    NoticeKind(
        code="projects.decided",
        title=_("Project of %(unit)s: %(what)s"),
        label=_("Something of a project is decided"),
        url_name=PAGE,
        icon="gavel",
        words={"what": dict(Decided.choices)},
    )
)
INSTRUCTED = register(
    NoticeKind(
        code="projects.instructed",
        title=_("An instruction for %(unit)s, to be replied to by %(due_at)s"),
        label=_("An instruction of the monthly dispatch"),
        url_name=PAGE,
        icon="checklist",
    )
)
PUBLISHED = register(
    NoticeKind(
        code="projects.published",
        title=_("A bulletin of key work is published"),
        label=_("A bulletin of key work is published"),
        url_name="projects:bulletin",
        icon="news",
    )
)
