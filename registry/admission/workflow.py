"""The whole life of an admission and of a one-off task: who may move it where, what is needed, and on what basis."""

from django.utils.translation import gettext_lazy as _

from kernel.workflow import Transition, Workflow
from registry.admission.choices import State, TaskState

APPLIED, ASKED, DISPUTED, READY = State.APPLIED, State.ASKED, State.DISPUTED, State.READY
IN_FORCE, REFUSED, DROPPED, ENDED = State.IN_FORCE, State.REFUSED, State.DROPPED, State.ENDED
PROPOSE, REVIEW, OPINION, APPROVE = "registry.propose", "registry.review", "registry.opinion", "registry.approve"
LAW = "山东省乡镇人民政府工作条例 4"

# fmt: off
WORKFLOW = Workflow(
    name="admission",
    initial=APPLIED,
    final={REFUSED, DROPPED, ENDED},
    clocks={
        APPLIED:  "admission.review",
        ASKED:    "admission.opinion",
        DISPUTED: "admission.consult",
        READY:    "admission.approve",
        IN_FORCE: "admission.reassess",
    },
    table=[
        #          move        from                                to        who      label
        Transition("review",   (APPLIED,),                         ASKED,    REVIEW,  _("Pass the review and ask the townships"), needs=("finding", "days"), basis=LAW),
        Transition("reject",   (APPLIED,),                         REFUSED,  REVIEW,  _("Refuse after the review"), needs=("reason",), basis=LAW),
        Transition("opine",    (ASKED,),                           ASKED,    OPINION, _("Give the township's opinion"), needs=("stance", "text"), basis=LAW),
        Transition("settle",   (ASKED,),                           READY,    OPINION, _("Nobody objects")),
        Transition("dispute",  (ASKED,),                           DISPUTED, OPINION, _("A township objects")),
        Transition("consult",  (DISPUTED, READY),                  READY,    REVIEW,  _("Record a consultation"), needs=("held_on", "present", "minutes", "outcome"), basis=LAW),
        Transition("approve",  (READY,),                           IN_FORCE, APPROVE, _("Approve and publish"), needs=("document", "effective", "review_on"), basis=LAW),
        Transition("refuse",   (DISPUTED, READY),                  REFUSED,  APPROVE, _("Refuse"), needs=("reason",), basis=LAW),
        Transition("drop",     (APPLIED, ASKED, DISPUTED, READY),  DROPPED,  PROPOSE, _("Take the application back"), needs=("reason",)),
        Transition("reassess", (IN_FORCE,),                        IN_FORCE, REVIEW,  _("Record the reassessment"), needs=("finding", "next_on")),
        Transition("end",      (IN_FORCE,),                        ENDED,    APPROVE, _("Withdraw from the list"), needs=("reason", "document", "effective")),
    ],
)

TASK_WORKFLOW = Workflow(
    name="adhoc_task",
    initial=TaskState.ASKED,
    final={TaskState.REFUSED, TaskState.DROPPED, TaskState.ENDED},
    clocks={
        TaskState.ASKED:    "adhoc.opinion",
        TaskState.HEARD:    "adhoc.decide",
        TaskState.IN_FORCE: "adhoc.end",
    },
    table=[
        #          move      from                                 to                  who      label
        Transition("opine",  (TaskState.ASKED,),                  TaskState.HEARD,    OPINION, _("Give the township's opinion"), needs=("stance", "text"), basis=LAW),
        Transition("lapse",  (TaskState.ASKED,),                  TaskState.HEARD,    OPINION, _("The township is silent")),
        Transition("approve", (TaskState.HEARD,),                 TaskState.IN_FORCE, APPROVE, _("Approve the task"), needs=("document",), basis=LAW),
        Transition("refuse", (TaskState.ASKED, TaskState.HEARD),  TaskState.REFUSED,  APPROVE, _("Refuse"), needs=("reason",), basis=LAW),
        Transition("drop",   (TaskState.ASKED, TaskState.HEARD),  TaskState.DROPPED,  PROPOSE, _("Take the application back"), needs=("reason",)),
        Transition("stop",   (TaskState.IN_FORCE,),               TaskState.ENDED,    APPROVE, _("End it early"), needs=("reason",)),
        Transition("run_out", (TaskState.IN_FORCE,),              TaskState.ENDED,    APPROVE, _("Its period is over")),
    ],
)
# fmt: on

# Rows that no button offers: the last opinion, the clock or the end of the period makes them by themselves.
BY_ITSELF = frozenset({"settle", "dispute", "lapse", "run_out"})
