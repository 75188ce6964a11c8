"""The life of a finding, and of a planned change.

The audit opens, closes and re-opens a finding; people assign it or accept it as it is. A planned change is withdrawn by
people before its day, and done or refused by the clock on it.
"""

from django.utils.translation import gettext_lazy as _

from grids.choices import FindingState, PlanState
from grids.policies import ACCEPT, ASSIGN, KEEP, RUN
from kernel.workflow import Transition, Workflow

OPEN, ASSIGNED, ACCEPTED, CLOSED = (
    FindingState.OPEN, FindingState.ASSIGNED, FindingState.ACCEPTED, FindingState.CLOSED
)  # fmt: skip
NIGHTLY = "grids.audit"  # looks again every night, and whenever somebody asks

# fmt: off
FINDINGS = Workflow(
    name="finding",
    initial=OPEN,
    final=(),
    clocks={OPEN: NIGHTLY, ASSIGNED: "grids.finding_due", ACCEPTED: NIGHTLY, CLOSED: NIGHTLY},
    table=[
        #          move        from                        to        who     label
        Transition("assign",   (OPEN, ASSIGNED, ACCEPTED), ASSIGNED, ASSIGN, _("Assign"), needs=("unit", "due_on"), basis="GB/T 34300-2017"),
        Transition("accept",   (OPEN, ASSIGNED),           ACCEPTED, ACCEPT, _("Accept as it is"), needs=("reason",)),
        Transition("withdraw", (ASSIGNED, ACCEPTED),       OPEN,     ASSIGN, _("Take back")),
        Transition("close",    (OPEN, ASSIGNED, ACCEPTED), CLOSED,   RUN,    _("Gone")),
        Transition("reopen",   (CLOSED,),                  OPEN,     RUN,    _("Back again")),
    ],
)
PLAN_CLOCK = "grids.plan_due"  # at the first minute of its day
PLANS = Workflow(
    name="cell_plan",
    initial=PlanState.PLANNED,
    final=(PlanState.DONE, PlanState.WITHDRAWN, PlanState.REFUSED),
    clocks={PlanState.PLANNED: PLAN_CLOCK},
    table=[
        Transition("effect",   (PlanState.PLANNED,), PlanState.DONE,      KEEP, _("Take effect"), basis="GB/T 30428"),
        Transition("withdraw", (PlanState.PLANNED,), PlanState.WITHDRAWN, KEEP, _("Withdraw")),
        Transition("refuse",   (PlanState.PLANNED,), PlanState.REFUSED,   KEEP, _("Refuse")),
    ],
)
# fmt: on
