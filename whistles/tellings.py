"""What people are told of whistles: the kinds of notices, in the words of whoever is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from notices.kinds import NoticeKind, register
from whistles.choices import Refusal

PAGE = "whistles:whistle"

ASKED = register(
    NoticeKind(
        code="whistles.asked",
        title=_("%(unit)s asks for a whistle, to be decided by %(due_at)s"),
        label=_("A whistle is asked for"),
        url_name=PAGE,
        icon="speakerphone",
    )
)
DECLINED = register(
    NoticeKind(
        code="whistles.declined",
        title=_("The whistle that was asked for is not issued: %(why)s"),
        label=_("A whistle is not issued"),
        url_name=PAGE,
        icon="circle-x",
        words={"why": dict(Refusal.choices)},
    )
)
SUMMONED = register(
    NoticeKind(
        code="whistles.summoned",
        title=_("%(unit)s calls your unit for %(meets_at)s"),
        label=_("Your unit is called"),
        url_name=PAGE,
        icon="speakerphone",
    )
)
SUMMONED_NOW = register(
    NoticeKind(
        code="whistles.summoned_now",
        title=_("Emergency: %(unit)s calls your unit for %(meets_at)s"),
        label=_("Your unit is called to an emergency"),
        url_name=PAGE,
        icon="urgent",
        urgent=True,
    )
)
MOVED = register(
    NoticeKind(
        code="whistles.moved",
        title=_("Another time or place: %(unit)s now calls for %(meets_at)s"),
        label=_("A whistle has another time or place"),
        url_name=PAGE,
        icon="calendar-time",
        urgent=True,
    )
)
CALLED_OFF = register(
    NoticeKind(
        code="whistles.called_off",
        title=_("Called off by %(unit)s: what was called for %(meets_at)s"),
        label=_("A whistle is called off"),
        url_name=PAGE,
        icon="calendar-off",
        urgent=True,
    )
)
LEAVE_ASKED = register(
    NoticeKind(
        code="whistles.leave_asked",
        title=_("%(unit)s asks to be excused"),
        label=_("A unit asks to be excused"),
        url_name=PAGE,
        icon="user-question",
    )
)
EXCUSED = register(
    NoticeKind(
        code="whistles.excused",
        title=_("Your unit is excused for %(meets_at)s"),
        label=_("Your unit is excused"),
        url_name=PAGE,
        icon="user-off",
    )
)
ABSENT = register(
    NoticeKind(
        code="whistles.absent",
        title=_("%(unit)s was absent at %(meets_at)s"),
        label=_("A unit was absent"),
        url_name=PAGE,
        icon="user-x",
    )
)
TASK_GIVEN = register(
    NoticeKind(
        code="whistles.task_given",
        title=_("%(unit)s leads task %(task)s, to be done by %(due_at)s"),
        label=_("A task of a whistle"),
        url_name=PAGE,
        icon="checklist",
    )
)
TASK_REPORTED = register(
    NoticeKind(
        code="whistles.task_reported",
        title=_("%(unit)s reports task %(task)s done: look at it"),
        label=_("A task of a whistle is reported done"),
        url_name=PAGE,
        icon="eye-check",
    )
)
TASK_SENT_BACK = register(
    NoticeKind(
        code="whistles.task_sent_back",
        title=_("Task %(task)s is sent back to %(unit)s, to be done by %(due_at)s"),
        label=_("A task of a whistle is sent back"),
        url_name=PAGE,
        icon="rotate",
    )
)
TASK_LATE = register(
    NoticeKind(
        code="whistles.task_late",
        title=_("%(unit)s is late with task %(task)s"),
        label=_("A task of a whistle is late"),
        url_name=PAGE,
        icon="clock-exclamation",
    )
)
NOT_SIGNED = register(
    NoticeKind(
        code="whistles.not_signed",
        title=_("%(unit)s has not signed for what it is called to at %(meets_at)s"),
        label=_("A unit has not signed for a whistle"),
        url_name=PAGE,
        icon="clock-exclamation",
    )
)
TO_SCORE = register(
    NoticeKind(
        code="whistles.to_score",
        title=_("All tasks are done: score by %(due_at)s"),
        label=_("A whistle is to be scored"),
        url_name=PAGE,
        icon="star",
    )
)
