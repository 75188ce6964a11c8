"""THE TABLE of the pages on which something is done to a project, a milestone or an instruction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kernel import clock
from kernel.deed_pages import Deed, DeedPage, answer
from kernel.forms import DeedForm
from kernel.http import ActorRequest
from kernel.permissions import Verdict, require
from kernel.workflow import Workflow
from projects import forms
from projects.models import Instruction, Milestone, Project
from projects.queries.moves import milestone_verdict, project_verdict, task_verdict
from projects.services import drafting, ending, milestones, moving, stopping, tasks
from projects.workflow import MILESTONES, PROJECTS, TASKS

# fmt: off
OF_PROJECT: dict[str, Deed] = {
    "add_milestone": Deed(title=_("Add a milestone"), form=forms.MilestoneForm, run=drafting.add_milestone,
                          said=_("The milestone is promised.")),
    "begin":     Deed(title=_("Begin"), form=forms.Nothing, run=drafting.begin, said=_("It has begun."),
                      lead=_("From now on what was promised stands, and a report is owed each month.")),
    "replace":   Deed(title=_("Name other people"), form=forms.PeopleForm, run=drafting.replace, said=_("Changed.")),
    "ask_done":  Deed(title=_("Report the project done"), form=forms.DoneForm, run=ending.ask_done,
                      said=_("Reported: the centre looks at it.")),
    "accept":    Deed(title=_("Confirm that it is done"), form=forms.Nothing, run=ending.accept, said=_("It is done."),
                      lead=_("By what counts as done; nothing changes it afterwards.")),
    "send_back": Deed(title=_("Send it back"), form=forms.Note, run=ending.send_back, said=_("Sent back.")),
    "suspend":   Deed(title=_("Suspend"), form=forms.SuspendForm, run=stopping.suspend, said=_("Suspended."),
                      lead=_("No report is owed meanwhile; the days that were promised stay.")),
    "resume":    Deed(title=_("Resume"), form=forms.Note, run=stopping.resume, said=_("It goes on.")),
    "end":       Deed(title=_("End it undone"), form=forms.Note, run=stopping.end, said=_("Ended."),
                      lead=_("It cannot be taken up again.")),
    "instruct":  Deed(title=_("Give an instruction"), form=forms.InstructForm, run=tasks.instruct, said=_("Given.")),
}
OF_MILESTONE: dict[str, Deed] = {
    "report":    Deed(title=_("Report it reached"), form=forms.ReachedForm, run=milestones.report,
                      said=_("Reported: the centre looks at it.")),
    "confirm":   Deed(title=_("Confirm"), form=forms.Nothing, run=milestones.confirm, said=_("Confirmed.")),
    "send_back": Deed(title=_("Send it back"), form=forms.Note, run=milestones.send_back, said=_("Sent back.")),
    "ask_move":  Deed(title=_("Ask for another day"), form=forms.MoveForm, run=moving.ask_move,
                      said=_("Asked. Until it is decided the day that was promised holds.")),
    "grant":     Deed(title=_("Grant the other day"), form=forms.GrantForm, run=moving.grant, said=_("Decided."),
                      lead=_("The first day stays on record.")),
    "refuse":    Deed(title=_("Refuse the other day"), form=forms.Note, run=moving.refuse, said=_("Decided.")),
}
OF_TASK: dict[str, Deed] = {
    "reply":     Deed(title=_("Reply"), form=forms.ReplyForm, run=tasks.reply,
                      said=_("Replied: the centre looks at it.")),
    "settle":    Deed(title=_("Settle"), form=forms.Nothing, run=tasks.settle, said=_("Settled.")),
    "send_back": Deed(title=_("Send it back"), form=forms.Note, run=tasks.send_back, said=_("Sent back.")),
    "drop":      Deed(title=_("Drop it"), form=forms.Note, run=tasks.drop, said=_("Dropped.")),
}
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A table of which something is done: its deeds, its workflow, and how its deeds call a row."""

    model: type[Any]
    deeds: dict[str, Deed]
    flow: Workflow
    key: str
    allows: Callable[[str, Any, Any], Verdict]
    named: Callable[[Any], str]


SUBJECTS = {
    "project": Subject(
        model=Project, deeds=OF_PROJECT, flow=PROJECTS, key="project_id", named=lambda row: row.name,
        allows=lambda move, row, actor: project_verdict(move=move, project=row, actor=actor),
    ),
    "milestone": Subject(
        model=Milestone, deeds=OF_MILESTONE, flow=MILESTONES, key="milestone_id", named=lambda row: row.name,
        allows=lambda move, row, actor: milestone_verdict(move=move, milestone=row, actor=actor),
    ),
    "instruction": Subject(
        model=Instruction, deeds=OF_TASK, flow=TASKS, key="task_id", named=lambda row: row.what,
        allows=lambda move, row, actor: task_verdict(move=move, task=row, actor=actor),
    ),
}  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, of: str, pk: UUID, name: str) -> HttpResponse:
    """The page of one deed."""
    subject = SUBJECTS.get(of)
    row = subject.deeds.get(name) if subject else None
    if subject is None or row is None:
        raise Http404
    actor, at = request.actor, clock.now()
    found = subject.model.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    require(subject.allows(name, found, actor))
    if request.method != "POST":
        subject.flow.row(move=name, state=found.state)  # no form for what the state does not allow
    project = found if of == "project" else found.project

    def act(form: DeedForm) -> None:
        row.run(**{subject.key: pk}, actor=actor, at=at, version=form.cleaned_data["version"], **form.given())

    shown = DeedPage(
        title=row.title,
        form=row.form(request.POST or None, row=found),
        act=act,
        reload=lambda: subject.model.objects.get(pk=pk),
        said=row.said,
        done=reverse("projects:project", args=[project.pk]),
        context={"subject": {"number": project.code, "title": subject.named(found)}, "lead": row.lead},
        template=row.template,
    )
    return answer(request, shown)
