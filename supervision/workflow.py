"""The two lives of supervision: of a supervision order, and of a case on the list."""

from django.utils.translation import gettext_lazy as _

from kernel.workflow import Transition, Workflow
from supervision.choices import ListingState, State

PROPOSED, ISSUED, RECEIVED, ANSWERED = State.PROPOSED, State.ISSUED, State.RECEIVED, State.ANSWERED
ACCEPTED, WITHDRAWN, DISMISSED = State.ACCEPTED, State.WITHDRAWN, State.DISMISSED
LISTED, REMOVED = ListingState.LISTED, ListingState.REMOVED
ORDER, ANSWER, URGE = "supervision.order", "supervision.answer", "supervision.urge"

# fmt: off
ORDERS = Workflow(
    name="supervision",
    initial=PROPOSED,
    final={ACCEPTED, WITHDRAWN, DISMISSED},
    clocks={
        PROPOSED: "supervision.consider",
        ISSUED:   "supervision.receive",
        RECEIVED: "supervision.answer",
        ANSWERED: "supervision.check",
    },
    table=[
        #          move         from                           to         who     label
        Transition("issue",     (PROPOSED,),                   ISSUED,    ORDER,  _("Issue"), needs=("unit", "reason", "level", "content"), basis="潍坊12345条例 26; 信访工作条例 40"),
        Transition("dismiss",   (PROPOSED,),                   DISMISSED, ORDER,  _("Do not issue"), needs=("why",)),
        Transition("receive",   (ISSUED,),                     RECEIVED,  ANSWER, _("Sign for receipt")),
        Transition("answer",    (RECEIVED,),                   ANSWERED,  ANSWER, _("Answer in writing"), needs=("text", "measures"), basis="信访工作条例 40"),
        Transition("accept",    (ANSWERED,),                   ACCEPTED,  ORDER,  _("Accept the answer")),
        Transition("send_back", (ANSWERED,),                   RECEIVED,  ORDER,  _("Send the answer back"), needs=("note",)),
        Transition("withdraw",  (ISSUED, RECEIVED, ANSWERED),  WITHDRAWN, ORDER,  _("Withdraw the order"), needs=("note",)),
    ],
)

LISTINGS = Workflow(
    name="listing",
    initial=LISTED,
    final={REMOVED},
    clocks={LISTED: "supervision.recheck"},
    table=[
        Transition("extend",    (LISTED,),                     LISTED,    ORDER,  _("Extend the listing"), needs=("until", "note")),
        Transition("remove",    (LISTED,),                     REMOVED,   ORDER,  _("Take off the list"), needs=("why", "note"), basis="厅字〔2016〕8号"),
    ],
)
# fmt: on
