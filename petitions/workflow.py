"""The whole life of a petition in one table: who may move it where, what is needed, and on what basis."""

from django.utils.translation import gettext_lazy as _

from kernel.workflow import Transition, Workflow
from petitions.choices import State

# fmt: off
WORKFLOW = Workflow(
    name="petition",
    initial=State.FILED,
    final={State.ARCHIVED, State.DECLINED, State.WITHDRAWN},
    clocks={
        State.FILED:      "petition.accept",
        State.WAITING:    "petition.supply",
        State.ACCEPTED:   "petition.dispatch",
        State.DISPATCHED: "petition.resolve",
        State.HANDLED:    "petition.verify",
        State.VERIFIED:   "petition.rate",
        State.CLOSED:     "petition.archive",
        State.JOINED:     "petition.joined",
        State.PLANNED:    "petition.planned",
    },
    table=[
        #          move        from                               to                who (capability)       label
        Transition("accept",   (State.FILED,),                    State.ACCEPTED,   "petition.accept",     _("Accept"), needs=("category",), basis="信访工作条例 22"),
        Transition("ask",      (State.FILED,),                    State.WAITING,    "petition.ask",        _("Ask for information"), needs=("question",)),
        Transition("supply",   (State.WAITING,),                  State.FILED,      "petition.supply",     _("Supply information"), needs=("answer",)),
        Transition("decline",  (State.FILED, State.WAITING),      State.DECLINED,   "petition.decline",    _("Decline"), needs=("reason",), basis="信访工作条例 19, 31, 36"),
        Transition("join",     (State.FILED, State.WAITING, State.ACCEPTED), State.JOINED, "petition.join", _("Join to another"), needs=("main",), basis="北京市接诉即办工作条例 11"),
        Transition("separate", (State.JOINED,),                   State.FILED,      "petition.join",       _("Separate again")),
        Transition("plan",     (State.FILED, State.ACCEPTED),     State.PLANNED,    "development.accept",  _("Take up as a plan of steps"), needs=("category",)),
        Transition("withdraw", (State.FILED, State.WAITING, State.ACCEPTED, State.DISPATCHED, State.PLANNED), State.WITHDRAWN, "petition.withdraw", _("Withdraw")),
        Transition("dispatch", (State.ACCEPTED,),                 State.DISPATCHED, "order.assign",        _("Dispatch"), needs=("unit",), basis="山东省乡镇人民政府工作条例 4"),
        Transition("recall",   (State.DISPATCHED,),               State.ACCEPTED,   "order.rule",          _("Take back")),
        Transition("handle",   (State.DISPATCHED,),               State.HANDLED,    "order.complete",      _("Handled"), needs=("result",)),
        Transition("reject",   (State.HANDLED,),                  State.DISPATCHED, "order.verify",        _("Send back to be handled again"), needs=("note",)),
        Transition("verify",   (State.HANDLED,),                  State.VERIFIED,   "order.verify",        _("Verified"), basis="GB/T 30428.8"),
        Transition("close",    (State.VERIFIED, State.JOINED, State.PLANNED), State.CLOSED,     "petition.rate",       _("Close")),
        Transition("reopen",   (State.VERIFIED,),                 State.ACCEPTED,   "petition.rate",       _("Handle again"), needs=("satisfaction",)),
        Transition("archive",  (State.CLOSED,),                   State.ARCHIVED,   "petition.archive",    _("Archive")),
    ],
)
# fmt: on
