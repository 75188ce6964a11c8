"""The two lives of a call: the call itself with its lead unit, and what each cooperating unit has to do."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calls.choices import OPEN_PARTS, PartState, State
from kernel.workflow import Transition, Workflow

SIGNING, FILED, CALLED, ANSWERED, ARRIVED = State.SIGNING, State.FILED, State.CALLED, State.ANSWERED, State.ARRIVED
REPORTED, REFUSED = State.REPORTED, State.REFUSED
SOLVED, DECLINED, WITHDRAWN = State.SOLVED, State.DECLINED, State.WITHDRAWN
FILE, SIGN, TRIAGE, ANSWER = "call.file", "call.sign", "call.triage", "call.answer"
RULE, RATE = "call.rule", "call.rate"
TOWNSHIPS = "山东省乡镇人民政府工作条例 5"

# fmt: off
CALLS = Workflow(
    name="call",
    initial=SIGNING,
    final={SOLVED, DECLINED, WITHDRAWN},
    clocks={
        SIGNING:  "call.sign",
        FILED:    "call.triage",
        CALLED:   "call.answer",
        ANSWERED: "call.arrive",
        ARRIVED:  "call.work",
        REPORTED: "call.judge",
        REFUSED:  "call.rule",
    },
    table=[
        #          move         from                       to         who     label
        Transition("sign",      (SIGNING,),                FILED,     SIGN,   _("Sign the call")),
        Transition("decline",   (SIGNING,),                DECLINED,  SIGN,   _("Do not sign"), needs=("note",)),
        Transition("send",      (SIGNING,),                CALLED,    FILE,   _("Send the own team"), needs=("team", "until")),
        Transition("triage",    (FILED,),                  CALLED,    TRIAGE, _("Call the units"), needs=("unit", "until"), basis=TOWNSHIPS),
        Transition("turn_away", (FILED,),                  DECLINED,  TRIAGE, _("Do not take it up"), needs=("note",)),
        Transition("answer",    (CALLED,),                 ANSWERED,  ANSWER, _("Name who comes"), needs=("person", "promised_at"), basis=TOWNSHIPS),
        Transition("refuse",    (CALLED,),                 REFUSED,   ANSWER, pgettext_lazy("call", "Refuse"), needs=("entry", "note")),
        Transition("arrive",    (ANSWERED,),               ARRIVED,   ANSWER, _("Check in on site")),
        Transition("report",    (ARRIVED,),                REPORTED,  ANSWER, _("Report the result"), needs=("result",)),
        Transition("solve",     (REPORTED,),               SOLVED,    RATE,   _("Solved: rate"), needs=("speed", "quality"), basis="北京市接诉即办工作条例 33"),
        Transition("send_back", (REPORTED,),               CALLED,    RATE,   _("Not solved: call again"), needs=("note",)),
        Transition("uphold",    (REFUSED,),                FILED,     RULE,   _("Uphold the refusal"), needs=("note",)),
        Transition("overrule",  (REFUSED,),                CALLED,    RULE,   _("Overrule the refusal"), needs=("note",), basis="潍坊12345条例 22"),
        Transition("withdraw",  (SIGNING, FILED, CALLED, ANSWERED, ARRIVED, REPORTED, REFUSED), WITHDRAWN, FILE, _("Withdraw the call"), needs=("note",)),
    ],
)

PARTS = Workflow(
    name="call_part",
    initial=PartState.CALLED,
    final={PartState.REPORTED, PartState.RELEASED, PartState.LAPSED},
    clocks={
        PartState.CALLED:   "call.part_answer",
        PartState.ANSWERED: "call.part_arrive",
        PartState.ARRIVED:  "call.part_work",
        PartState.REFUSED:  "call.part_rule",
    },
    table=[
        Transition("answer",    (PartState.CALLED,),       PartState.ANSWERED, ANSWER, _("Name who comes"), needs=("person", "promised_at")),
        Transition("arrive",    (PartState.ANSWERED,),     PartState.ARRIVED,  ANSWER, _("Check in on site")),
        Transition("report",    (PartState.ARRIVED,),      PartState.REPORTED, ANSWER, _("Report the result"), needs=("result",)),
        Transition("refuse",    (PartState.CALLED,),       PartState.REFUSED,  ANSWER, pgettext_lazy("call", "Refuse"), needs=("entry", "note")),
        Transition("uphold",    (PartState.REFUSED,),      PartState.RELEASED, RULE,   _("Uphold the refusal"), needs=("note",)),
        Transition("overrule",  (PartState.REFUSED,),      PartState.CALLED,   RULE,   _("Overrule the refusal"), needs=("note",), basis="潍坊12345条例 22"),
        Transition("lapse",     OPEN_PARTS,                PartState.LAPSED,   TRIAGE, _("End with the call")),
    ],
)
# fmt: on

# What follows from the end of the call, or from its filing, by itself.
BY_ITSELF = frozenset({"lapse", "send"})
