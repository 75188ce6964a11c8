"""The two lives beside an order: of a cooperating unit's task, and of an offer to hand the order over."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dispatch.joint.choices import OfferState, TaskState
from kernel.workflow import Transition, Workflow

GIVEN, RECEIVED, REPLIED = TaskState.GIVEN, TaskState.RECEIVED, TaskState.REPLIED
ACCEPTED, RELEASED = TaskState.ACCEPTED, TaskState.RELEASED
OFFERED, AGREED, REFUSED = OfferState.OFFERED, OfferState.AGREED, OfferState.REFUSED
WITHDRAWN, LAPSED = OfferState.WITHDRAWN, OfferState.LAPSED
ANSWER, LEAD = "order.progress", "order.complete"

# The lead, or the centre in its place, asks and releases; only the lead judges a reply, since it signs for the whole.
# An accepted reply may be sent back too: after a check that failed, the lead needs another one.
# fmt: off
TASKS = Workflow(
    name="joint_task",
    initial=GIVEN,
    final={RELEASED},
    clocks={GIVEN: "joint.reply", RECEIVED: "joint.reply", REPLIED: "joint.judge", ACCEPTED: "order.handle"},
    table=[
        #          move         from                                  to         who     label
        Transition("receive",   (GIVEN,),                             RECEIVED,  ANSWER, pgettext_lazy("joint task", "Receive the task"), needs=("officer",)),
        Transition("reply",     (RECEIVED,),                          REPLIED,   ANSWER, pgettext_lazy("joint task", "Reply to the lead"), needs=("text",), basis="北京市接诉即办工作条例 14"),
        Transition("accept",    (REPLIED,),                           ACCEPTED,  LEAD,   pgettext_lazy("joint task", "Accept the reply")),
        Transition("send_back", (REPLIED, ACCEPTED),                  RECEIVED,  LEAD,   pgettext_lazy("joint task", "Send the reply back"), needs=("note",)),
        Transition("release",   (GIVEN, RECEIVED, REPLIED, ACCEPTED), RELEASED,  LEAD,   pgettext_lazy("joint task", "Release the unit"), needs=("note",)),
    ],
)

OFFERS = Workflow(
    name="order_offer",
    initial=OFFERED,
    final={AGREED, REFUSED, WITHDRAWN, LAPSED},
    clocks={OFFERED: "joint.offer"},
    table=[
        Transition("agree",     (OFFERED,), AGREED,    "order.sign",     _("Agree to take the order over")),
        Transition("refuse",    (OFFERED,), REFUSED,   "order.sign",     _("Do not take the order over"), needs=("note",)),
        Transition("withdraw",  (OFFERED,), WITHDRAWN, "order.complete", _("Take the offer back")),
        Transition("lapse",     (OFFERED,), LAPSED,    "order.sign",     _("Not answered in time")),
    ],
)
# fmt: on
