"""The three lives of a development petition: the case, each step of its plan, and each paper that a step needs."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from developments.choices import PaperState, State, StepState
from kernel.workflow import Transition, Workflow

FILED, RUNNING, FINISHED = State.FILED, State.RUNNING, State.FINISHED
WAITING, STARTED, SIGNED, ASKED = StepState.WAITING, StepState.STARTED, StepState.SIGNED, StepState.ASKED
HELD, REFUSED = StepState.HELD, StepState.REFUSED
MISSING, HANDED, LAPSED = PaperState.MISSING, PaperState.HANDED, PaperState.LAPSED
FILE, ACCEPT, RULE, ANSWER = "development.file", "development.accept", "development.rule", "development.answer"
LICENSING = "行政许可法 32"
TOLERANCE = "优化营商环境条例 19"
ONCE_TOLD = "行政许可法 32, 一次性告知"
GROUNDS = "行政许可法 38"

# fmt: off
DEVELOPMENTS = Workflow(
    name="development",
    initial=FILED,
    final={State.CLOSED, State.ENDED, State.DECLINED, State.WITHDRAWN},
    clocks={
        FILED:    "development.accept",
        RUNNING:  "development.run",
        FINISHED: "development.rate",
    },
    table=[
        #          move        from              to               who      label
        Transition("accept",   (FILED,),         RUNNING,         ACCEPT,  pgettext_lazy("development", "Accept and start the plan"), needs=("template",), basis=LICENSING),
        Transition("tolerate", (FILED,),         RUNNING,         ACCEPT,  _("Accept tolerantly and start the plan"), needs=("template", "promise"), basis=TOLERANCE),
        Transition("decline",  (FILED,),         State.DECLINED,  ACCEPT,  pgettext_lazy("development", "Decline"), needs=("reason", "note"), basis=LICENSING),
        Transition("finish",   (RUNNING,),       FINISHED,        ANSWER,  _("All steps done")),
        Transition("end",      (RUNNING,),       State.ENDED,     RULE,    _("End the case"), needs=("basis", "note")),
        Transition("withdraw", (FILED, RUNNING), State.WITHDRAWN, FILE,    pgettext_lazy("development", "Withdraw"), needs=("note",)),
        Transition("rate",     (FINISHED,),      State.CLOSED,    FILE,    pgettext_lazy("development", "Rate"), needs=("speed", "quality")),
        Transition("lapse",    (FINISHED,),      State.CLOSED,    FILE,    _("Close without a rating")),
    ],
)

STEPS = Workflow(
    name="development_step",
    initial=WAITING,
    final={StepState.DONE, StepState.WAIVED, StepState.ENDED},
    clocks={
        WAITING: "development.step_begin",
        STARTED: "development.step_sign",
        SIGNED:  "development.step_work",
        ASKED:   "development.paper_due",  # the unit's own clock stands still meanwhile
        HELD:    "development.step_hold",
        REFUSED: "development.step_rule",
    },
    table=[
        #          move       from                       to                who     label
        Transition("begin",   (WAITING,),                STARTED,          ANSWER, _("Begin the step")),
        Transition("sign",    (STARTED,),                SIGNED,           ANSWER, pgettext_lazy("step", "Sign for")),
        Transition("finish",  (SIGNED,),                 StepState.DONE,   ANSWER, _("Finish the step"), needs=("document_no", "result"), basis=GROUNDS),
        Transition("ask",     (SIGNED,),                 ASKED,            ANSWER, _("Ask for a paper"), needs=("paper",), basis=ONCE_TOLD),
        Transition("resume",  (ASKED,),                  SIGNED,           FILE,   _("The paper is there")),
        Transition("refuse",  (STARTED, SIGNED),         REFUSED,          ANSWER, pgettext_lazy("step", "Refuse"), needs=("basis", "note"), basis=GROUNDS),
        Transition("hold",    (SIGNED, ASKED),           HELD,             FILE,   _("Put on hold")),
        Transition("release", (HELD,),                   SIGNED,           RULE,   _("Go on")),
        Transition("again",   (REFUSED,),                STARTED,          RULE,   _("Send it to a unit again"), needs=("unit", "note")),
        Transition("waive",   (REFUSED,),                StepState.WAIVED, RULE,   _("The step is not needed"), needs=("note",)),
        Transition("end",     (WAITING, STARTED, SIGNED, ASKED, HELD, REFUSED), StepState.ENDED, RULE, _("End with the case")),
    ],
)

PAPERS = Workflow(
    name="development_paper",
    initial=MISSING,
    final={PaperState.ACCEPTED, PaperState.DROPPED},
    clocks={
        MISSING: "development.paper_due",
        HANDED:  "development.step_work",  # whoever looks at it does so in the time of the step
        LAPSED:  "development.step_hold",
    },
    table=[
        #          move         from                      to                   who     label
        Transition("hand_in",   (MISSING,),               HANDED,              FILE,   _("Hand in"), needs=("file",)),
        Transition("accept",    (HANDED,),                PaperState.ACCEPTED, ANSWER, pgettext_lazy("paper", "Accept")),
        Transition("send_back", (HANDED,),                MISSING,             ANSWER, pgettext_lazy("paper", "Send back"), needs=("note",), basis=ONCE_TOLD),
        Transition("lapse",     (MISSING,),               LAPSED,              FILE,   _("The time is over")),
        Transition("prolong",   (LAPSED,),                MISSING,             RULE,   _("Prolong once"), needs=("until", "note")),
        Transition("drop",      (MISSING, HANDED, LAPSED), PaperState.DROPPED, RULE,   _("No longer needed")),
    ],
)
# fmt: on

# What follows from something else, by itself; no button offers it.
BY_ITSELF = frozenset({"finish", "lapse", "tolerate"})
STEPS_BY_THEMSELVES = frozenset({"begin", "resume", "hold", "release", "end"})
PAPERS_BY_THEMSELVES = frozenset({"lapse", "drop"})
