"""The whole life of a work order in one table."""

from django.utils.translation import gettext_lazy as _

from dispatch.choices import OrderState
from kernel.workflow import Transition, Workflow

ASSIGNED, SIGNED, PAUSED, RETURNING = OrderState.ASSIGNED, OrderState.SIGNED, OrderState.PAUSED, OrderState.RETURNING
DISPUTED = OrderState.DISPUTED
COMPLETED, CLOSED, RETURNED, CANCELLED, RECALLED = (
    OrderState.COMPLETED,
    OrderState.CLOSED,
    OrderState.RETURNED,
    OrderState.CANCELLED,
    OrderState.RECALLED,
)

# fmt: off
WORKFLOW = Workflow(
    name="order",
    initial=ASSIGNED,
    final={CLOSED, RETURNED, CANCELLED, RECALLED},
    clocks={
        ASSIGNED:  "order.sign",
        SIGNED:    "order.handle",
        PAUSED:    "order.pause",
        RETURNING: "order.rule",
        DISPUTED:  "order.adjudicate",
        COMPLETED: "petition.verify",
    },
    table=[
        #          move             from                                   to          who (capability)   label
        Transition("sign",          (ASSIGNED,),                           SIGNED,     "order.sign",      _("Sign for")),
        Transition("progress",      (SIGNED,),                             SIGNED,     "order.progress",  _("Report progress"), needs=("text",)),
        Transition("progress",      (PAUSED,),                             PAUSED,     "order.progress",  _("Report progress"), needs=("text",)),
        Transition("ask_extension", (SIGNED,),                             SIGNED,     "order.ask_time",  _("Ask for an extension"), needs=("days", "grounds"), basis="信访工作条例 34"),
        Transition("ask_pause",     (SIGNED,),                             SIGNED,     "order.ask_time",  _("Ask for a suspension"), needs=("reason", "until", "grounds"), basis="信访工作条例 36"),
        Transition("extend",        (SIGNED,),                             SIGNED,     "order.grant_time", _("Grant the extension"), basis="信访工作条例 34"),
        Transition("suspend",       (SIGNED,),                             PAUSED,     "order.grant_time", _("Grant the suspension"), basis="信访工作条例 36"),
        Transition("refuse_time",   (SIGNED,),                             SIGNED,     "order.grant_time", _("Refuse more time"), needs=("note",)),
        Transition("resume",        (PAUSED,),                             SIGNED,     "order.ask_time",  _("Go on with it")),
        Transition("end_pause",     (PAUSED,),                             SIGNED,     "order.grant_time", _("End the suspension")),
        Transition("return",        (ASSIGNED, SIGNED),                    RETURNING,  "order.return",    _("Return"), needs=("reason", "note"), basis="信访工作条例 23"),
        Transition("grant_return",  (RETURNING,),                          RETURNED,   "order.rule",      _("Agree to the return")),
        Transition("refuse_return", (RETURNING,),                          SIGNED,     "order.rule",      _("Refuse the return"), needs=("note",), basis="潍坊12345条例 22"),
        Transition("dispute",       (ASSIGNED, SIGNED),                    DISPUTED,   "order.return",    _("Return for the second time"), needs=("reason", "note"), basis="信访工作条例 23"),
        Transition("adjudicate_away", (DISPUTED,),                         RETURNED,   "order.adjudicate", _("Adjudicate: another unit"), needs=("unit", "note", "basis"), basis="信访工作条例 24"),
        Transition("adjudicate_keep", (DISPUTED,),                         SIGNED,     "order.adjudicate", _("Adjudicate: the unit keeps it"), needs=("unit", "note", "basis"), basis="信访工作条例 24"),
        Transition("complete",      (SIGNED,),                             COMPLETED,  "order.complete",  _("Complete"), needs=("result",)),
        Transition("pass",          (COMPLETED,),                          CLOSED,     "order.verify",    _("Verify"), basis="GB/T 30428.8"),
        Transition("fail",          (COMPLETED,),                          SIGNED,     "order.verify",    _("Send back"), needs=("note",)),
        Transition("reassign",      (ASSIGNED, SIGNED, PAUSED, RETURNING), CANCELLED,  "order.assign",    _("Give to another unit"), needs=("unit", "note")),
        Transition("recall",        (ASSIGNED,),                           RECALLED,   "order.recall",    _("Take the dispatch back"), needs=("reason",)),
        Transition("cancel",        (ASSIGNED, SIGNED, PAUSED, RETURNING, DISPUTED), CANCELLED,  "order.cancel",    _("Cancel")),
    ],
)
# fmt: on
