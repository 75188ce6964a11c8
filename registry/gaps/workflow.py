"""The life of a gap: it stands open until the list answers."""

from django.utils.translation import gettext_lazy as _

from kernel.workflow import Transition, Workflow
from registry.gaps.choices import GapState

# A gap waits for people, not for a statute: the keeper sees it on the workbench, the most frequent first.
# fmt: off
WORKFLOW = Workflow(
    name="gap",
    initial=GapState.OPEN,
    final={GapState.CLOSED},
    clocks={GapState.OPEN: "registry.fill"},
    table=[
        #          move     from               to                who                 label
        Transition("close", (GapState.OPEN,),  GapState.CLOSED,  "registry.approve", _("Close the gap"), needs=("answer",)),
    ],
)
# fmt: on
