"""The lives of a draft and of a hand-over: who may move them where, and what is needed."""

from django.utils.translation import gettext_lazy as _

from kernel.workflow import Transition, Workflow
from registry.choices import DraftState, HandOverState

PREPARING, SUBMITTED = DraftState.PREPARING, DraftState.SUBMITTED
PROPOSED, SIGNED_ONCE = HandOverState.PROPOSED, HandOverState.SIGNED_ONCE
PROPOSE, APPROVE, SIGN = "registry.propose", "registry.approve", "registry.sign"

# Drafts and signatures wait for people; services/waiting.py says how long, and what happens then.
# fmt: off
DRAFT = Workflow(
    name="draft",
    initial=PREPARING,
    final={DraftState.APPROVED, DraftState.REFUSED, DraftState.DISCARDED},
    clocks={
        PREPARING: "registry.prepare",
        SUBMITTED: "registry.decide",
    },
    table=[
        #          move        from                     to                    who      label
        Transition("put",      (PREPARING,),            PREPARING,            PROPOSE, _("Enter a line")),
        Transition("drop",     (PREPARING,),            PREPARING,            PROPOSE, _("Drop a line")),
        Transition("submit",   (PREPARING,),            SUBMITTED,            PROPOSE, _("Submit"), needs=("lines",)),
        Transition("take_back", (SUBMITTED,),           PREPARING,            PROPOSE, _("Take back for changes")),
        Transition("approve",  (SUBMITTED,),            DraftState.APPROVED,  APPROVE, _("Approve"), needs=("lines",), basis="山东省乡镇人民政府工作条例 4"),
        Transition("refuse",   (SUBMITTED,),            DraftState.REFUSED,   APPROVE, _("Refuse"), needs=("reason",)),
        Transition("discard",  (PREPARING, SUBMITTED),  DraftState.DISCARDED, PROPOSE, _("Discard")),
    ],
)

HAND_OVER = Workflow(
    name="hand_over",
    initial=PROPOSED,
    final={HandOverState.EFFECTIVE, HandOverState.WITHDRAWN},
    clocks={
        PROPOSED:    "registry.first_signature",
        SIGNED_ONCE: "registry.second_signature",
    },
    table=[
        #          move            from                       to                       who      label
        Transition("sign",         (PROPOSED,),               SIGNED_ONCE,             SIGN,    _("Sign for one side")),
        Transition("countersign",  (SIGNED_ONCE,),            HandOverState.EFFECTIVE, SIGN,    _("Sign for the other side"), needs=("signatures",)),
        Transition("withdraw",     (PROPOSED, SIGNED_ONCE),   HandOverState.WITHDRAWN, PROPOSE, _("Withdraw"), needs=("reason",)),
    ],
)
# fmt: on
