"""The whole life of a work order in one table."""

from django.utils.translation import gettext_lazy as _

from dispatch.choices import OrderState
from kernel.workflow import Transition, Workflow

ASSIGNED, SIGNED, RETURNING = OrderState.ASSIGNED, OrderState.SIGNED, OrderState.RETURNING
COMPLETED, CLOSED, RETURNED, CANCELLED = (
    OrderState.COMPLETED,
    OrderState.CLOSED,
    OrderState.RETURNED,
    OrderState.CANCELLED,
)

# fmt: off
WORKFLOW = Workflow(
    name="order",
    initial=ASSIGNED,
    final={CLOSED, RETURNED, CANCELLED},
    clocks={
        ASSIGNED:  "order.sign",
        SIGNED:    "order.handle",
        RETURNING: "order.rule",
        COMPLETED: "petition.verify",
    },
    table=[
        #          move             from                                   to          who (capability)   label
        Transition("sign",          (ASSIGNED,),                           SIGNED,     "order.sign",      _("Sign for")),
        Transition("progress",      (SIGNED,),                             SIGNED,     "order.progress",  _("Report progress"), needs=("text",)),
        Transition("return",        (ASSIGNED, SIGNED),                    RETURNING,  "order.return",    _("Return"), needs=("reason", "note"), basis="信访工作条例 23"),
        Transition("grant_return",  (RETURNING,),                          RETURNED,   "order.rule",      _("Agree to the return")),
        Transition("refuse_return", (RETURNING,),                          SIGNED,     "order.rule",      _("Refuse the return"), needs=("note",), basis="潍坊12345条例 22"),
        Transition("complete",      (SIGNED,),                             COMPLETED,  "order.complete",  _("Complete"), needs=("result",)),
        Transition("pass",          (COMPLETED,),                          CLOSED,     "order.verify",    _("Verify"), basis="GB/T 30428.8"),
        Transition("fail",          (COMPLETED,),                          SIGNED,     "order.verify",    _("Send back"), needs=("note",)),
        Transition("reassign",      (ASSIGNED, SIGNED, RETURNING),         CANCELLED,  "order.assign",    _("Give to another unit"), needs=("unit", "note")),
        Transition("cancel",        (ASSIGNED, SIGNED, RETURNING),         CANCELLED,  "order.cancel",    _("Cancel")),
    ],
)
# fmt: on
