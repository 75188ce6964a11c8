"""The lives of key work: of a project, of its milestones, of an instruction, of a monthly dispatch."""

from django.utils.translation import gettext_lazy as _

from kernel.workflow import Transition, Workflow
from projects.choices import MilestoneState, MonthState, State, TaskState

DRAFTED, RUNNING, ASKED, SUSPENDED = State.DRAFTED, State.RUNNING, State.ASKED, State.SUSPENDED
DONE, ENDED = State.DONE, State.ENDED
PLANNED, REPORTED, CONFIRMED = MilestoneState.PLANNED, MilestoneState.REPORTED, MilestoneState.CONFIRMED
GIVEN, REPLIED, SETTLED, DROPPED = TaskState.GIVEN, TaskState.REPLIED, TaskState.SETTLED, TaskState.DROPPED
COLLECTING, HELD = MonthState.COLLECTING, MonthState.HELD
KEEP, REPORT, CHECK, RULE = "project.keep", "project.report", "project.check", "project.rule"

# fmt: off
PROJECTS = Workflow(
    name="project",
    initial=DRAFTED,
    final={DONE, ENDED},
    clocks={DRAFTED: "project.begin", RUNNING: "project.finish", ASKED: "project.check", SUSPENDED: "project.resume"},
    table=[
        #          move             from                to         who     label
        Transition("add_milestone", (DRAFTED,),         DRAFTED,   KEEP,   _("Add a milestone"), needs=("name", "due_on", "weight")),
        Transition("add_milestone", (RUNNING,),         RUNNING,   KEEP,   _("Add a milestone"), needs=("name", "due_on", "weight")),
        Transition("begin",         (DRAFTED,),         RUNNING,   KEEP,   _("Begin"), needs=("milestones",)),
        Transition("replace",       (DRAFTED,),         DRAFTED,   KEEP,   _("Name other people"), needs=("person_id", "note")),
        Transition("replace",       (RUNNING,),         RUNNING,   KEEP,   _("Name other people"), needs=("person_id", "note")),
        Transition("ask_done",      (RUNNING,),         ASKED,     REPORT, _("Report the project done"), needs=("note", "reached")),
        Transition("accept",        (ASKED,),           DONE,      CHECK,  _("Confirm that it is done")),
        Transition("send_back",     (ASKED,),           RUNNING,   CHECK,  _("Send it back"), needs=("note",)),
        Transition("suspend",       (RUNNING,),         SUSPENDED, RULE,   _("Suspend"), needs=("note", "until")),
        Transition("resume",        (SUSPENDED,),       RUNNING,   RULE,   _("Resume"), needs=("note",)),
        Transition("end",           (DRAFTED, RUNNING, SUSPENDED), ENDED, RULE, _("End it undone"), needs=("note",)),
        Transition("instruct",      (RUNNING,),         RUNNING,   CHECK,  _("Give an instruction"), needs=("what", "unit_id", "due_on")),
        Transition("instruct",      (ASKED,),           ASKED,     CHECK,  _("Give an instruction"), needs=("what", "unit_id", "due_on")),
    ],
)

MILESTONES = Workflow(
    name="project_milestone",
    initial=PLANNED,
    final={CONFIRMED},
    clocks={PLANNED: "project.milestone", REPORTED: "project.confirm"},
    table=[
        Transition("report",    (PLANNED,),  REPORTED,  REPORT, _("Report it reached"), needs=("evidence", "done_on")),
        Transition("confirm",   (REPORTED,), CONFIRMED, CHECK,  _("Confirm")),
        Transition("send_back", (REPORTED,), PLANNED,   CHECK,  _("Send it back"), needs=("note",)),
        Transition("ask_move",  (PLANNED,),  PLANNED,   REPORT, _("Ask for another day"), needs=("to_day", "reason")),
        Transition("grant",     (PLANNED,),  PLANNED,   RULE,   _("Grant the other day"), needs=("asked",)),
        Transition("refuse",    (PLANNED,),  PLANNED,   RULE,   _("Refuse the other day"), needs=("asked", "note")),
    ],
)

TASKS = Workflow(
    name="project_task",
    initial=GIVEN,
    final={SETTLED, DROPPED},
    clocks={GIVEN: "project.task", REPLIED: "project.reviewed"},
    table=[
        Transition("reply",     (GIVEN,),         REPLIED, REPORT, _("Reply"), needs=("reply",)),
        Transition("settle",    (REPLIED,),       SETTLED, CHECK,  _("Settle")),
        Transition("send_back", (REPLIED,),       GIVEN,   CHECK,  _("Send it back"), needs=("note",)),
        Transition("drop",      (GIVEN, REPLIED), DROPPED, CHECK,  _("Drop it"), needs=("note",)),
    ],
)

MONTHS = Workflow(
    name="project_month",
    initial=COLLECTING,
    final={HELD},
    clocks={COLLECTING: "project.due"},
    table=[
        Transition("hold", (COLLECTING,), HELD, CHECK, _("Hold the monthly dispatch"), needs=("remarks",)),
    ],
)
# fmt: on
