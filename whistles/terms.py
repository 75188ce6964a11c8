"""Words for what comes out of a gathering: tasks of a meeting, findings 问题 to be put right 整改 of an inspection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from whistles.choices import Form, TaskState
from whistles.models import Task

Said = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a page speaks of it. `labels`: by column of a task; `states`: by state of one."""

    many: Said
    numbered: Said
    more: Said
    decisions: Said
    labels: Mapping[str, Said]
    states: Mapping[str, Said]


TASKS = Terms(
    many=_("Tasks"),
    numbered=_("Task %(number)s"),
    more=_("More tasks"),
    decisions=_("Decisions"),
    labels={"what": _("What is to be done"), "unit": _("Lead"), "report": _("What was done")},
    states=dict(TaskState.choices),
)
FINDINGS = Terms(
    many=_("Findings"),
    numbered=_("Finding %(number)s"),
    more=_("More findings"),
    decisions=_("What the inspection demands"),
    labels={
        "found": _("What was found"),
        "where": _("Where it was found"),
        "what": _("What is to be put right"),
        "unit": _("Who puts it right"),
        "report": _("How it was put right"),
    },
    states={
        TaskState.GIVEN: pgettext_lazy("finding", "To be put right"),
        TaskState.REPORTED: pgettext_lazy("finding", "Reported put right"),
        TaskState.CONFIRMED: pgettext_lazy("finding", "Put right"),
        TaskState.DROPPED: pgettext_lazy("finding", "Dropped"),
    },
)


def terms_of(*, form: str) -> Terms:
    """The words of a form."""
    return FINDINGS if form == Form.INSPECTION else TASKS


def state_of(*, task: Task, form: str) -> Said:
    """The state of a task in the words of its gathering."""
    return terms_of(form=form).states[task.state]
