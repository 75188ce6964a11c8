"""The life of a finding. The audit opens, closes and re-opens; people assign it or accept it as it is."""

from django.utils.translation import gettext_lazy as _

from grids.choices import FindingState
from grids.policies import ACCEPT, ASSIGN, RUN
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
# fmt: on
