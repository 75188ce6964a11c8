"""The two lives of a whistle: of the assembly itself, and of each task that comes out of it."""

from django.utils.translation import gettext_lazy as _

from kernel.workflow import Transition, Workflow
from whistles.choices import State, TaskState

ASKED, ISSUED, ASSEMBLED, RECORDED = State.ASKED, State.ISSUED, State.ASSEMBLED, State.RECORDED
CLOSED, DECLINED, CALLED_OFF = State.CLOSED, State.DECLINED, State.CALLED_OFF
GIVEN, REPORTED, CONFIRMED, DROPPED = TaskState.GIVEN, TaskState.REPORTED, TaskState.CONFIRMED, TaskState.DROPPED
ASK, ISSUE, ANSWER, RECORD = "whistle.ask", "whistle.issue", "whistle.answer", "whistle.record"

# fmt: off
WHISTLES = Workflow(
    name="whistle",
    initial=ASKED,
    final={CLOSED, DECLINED, CALLED_OFF},
    clocks={
        ASKED:     "whistle.decide",
        ISSUED:    "whistle.gather",
        ASSEMBLED: "whistle.record",
        RECORDED:  "whistle.finish",
    },
    table=[
        #          move          from          to          who     label
        Transition("issue",      (ASKED,),     ISSUED,     ISSUE,  _("Blow the whistle"), needs=("matter", "units", "meets_at"), basis="北京市街道办事处条例 5, 11; 山东省乡镇人民政府工作条例 5"),
        Transition("decline",    (ASKED,),     DECLINED,   ISSUE,  _("Do not issue it"), needs=("why",)),
        Transition("withdraw",   (ASKED,),     CALLED_OFF, ASK,    _("Withdraw what was asked"), needs=("note",)),
        Transition("receive",    (ISSUED,),    ISSUED,     ANSWER, _("Sign for it"), basis="北京市街道办事处条例 44"),
        Transition("ask_leave",  (ISSUED,),    ISSUED,     ANSWER, _("Ask to be excused"), needs=("reason",)),
        Transition("excuse",     (ISSUED,),    ISSUED,     RECORD, _("Excuse a unit"), needs=("unit", "reason")),
        Transition("summon",     (ISSUED,),    ISSUED,     ISSUE,  _("Summon another unit"), needs=("units",)),
        Transition("move",       (ISSUED,),    ISSUED,     ISSUE,  _("Change time or place"), needs=("meets_at", "note")),
        Transition("add_item",   (ISSUED,),    ISSUED,     RECORD, _("Put on the agenda"), needs=("text",)),
        Transition("call_off",   (ISSUED, ASSEMBLED), CALLED_OFF, ISSUE,  _("Call it off"), needs=("note",)),
        Transition("check_in",   (ISSUED,),    ISSUED,     ANSWER, _("Check in")),
        Transition("check_in",   (ASSEMBLED,), ASSEMBLED,  ANSWER, _("Check in")),
        Transition("call_roll",  (ISSUED,),    ISSUED,     RECORD, _("Check somebody in"), needs=("unit", "name")),
        Transition("call_roll",  (ASSEMBLED,), ASSEMBLED,  RECORD, _("Check somebody in"), needs=("unit", "name")),
        Transition("hold",       (ISSUED,),    ASSEMBLED,  RECORD, _("Begin")),
        Transition("record",     (ASSEMBLED,), RECORDED,   RECORD, _("Write the minutes"), needs=("minutes",)),
        Transition("rate_unit",  (RECORDED,),  RECORDED,   RECORD, _("Score a unit"), needs=("unit", "response", "result"), basis="北京市接诉即办工作条例 33"),
        Transition("rate_whistle", (RECORDED,), RECORDED,  ANSWER, _("Score the whistle"), needs=("needed", "prepared"), basis="北京市接诉即办工作条例 33"),
        Transition("close",      (RECORDED,),  CLOSED,     RECORD, _("Close"), needs=("settled",)),
    ],
)

TASKS = Workflow(
    name="whistle_task",
    initial=GIVEN,
    final={CONFIRMED, DROPPED},
    clocks={GIVEN: "whistle.do", REPORTED: "whistle.check"},
    table=[
        Transition("report",     (GIVEN,),          REPORTED,  ANSWER, _("Report it done"), needs=("report",)),
        Transition("confirm",    (REPORTED,),       CONFIRMED, RECORD, _("Confirm")),
        Transition("send_back",  (REPORTED,),       GIVEN,     RECORD, _("Send it back"), needs=("note",)),
        Transition("drop",       (GIVEN, REPORTED), DROPPED,   RECORD, _("Drop the task"), needs=("note",)),
    ],
)
# fmt: on

# Rows that no button offers: the last confirmation or the last score makes it by itself, or the clock does.
BY_ITSELF = frozenset({"close"})
# What the units that are called do as well as the issuer's side.
BY_BOTH = frozenset({"add_item"})
