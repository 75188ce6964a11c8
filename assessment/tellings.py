"""What people are told of assessment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notices.kinds import NoticeKind, register

SAVED_REPORT = register(
    NoticeKind(
        code="assessment.saved_report",
        title=_("A saved report was counted, due %(due_at)s"),
        label=_("A saved report was counted"),
        url_name="assessment:saved-report",
        icon="chart-histogram",
    )
)
