"""The whole life of a mediation in one table: who may move it where, what is needed, and on what basis."""

from django.utils.translation import gettext_lazy as _

from kernel.workflow import Transition, Workflow
from mediation.choices import State

OPENED, ASSIGNED, IN_SESSION, SIGNING = State.OPENED, State.ASSIGNED, State.IN_SESSION, State.SIGNING
AGREED, PERFORMED, TERMINATED = State.AGREED, State.PERFORMED, State.TERMINATED
MANAGE = "mediation.manage"

# fmt: off
WORKFLOW = Workflow(
    name="mediation",
    initial=OPENED,
    final={PERFORMED, TERMINATED},
    clocks={
        OPENED:     "mediation.assign",
        ASSIGNED:   "mediation.conclude",
        IN_SESSION: "mediation.conclude",
        SIGNING:    "mediation.conclude",
        AGREED:     "mediation.perform",
    },
    table=[
        #          move          from                              to          who     label
        Transition("assign",     (OPENED,),                        ASSIGNED,   MANAGE, _("Name the mediator"), needs=("mediator", "relation"), basis="人民调解法 19"),
        Transition("replace",    (ASSIGNED, IN_SESSION),           ASSIGNED,   MANAGE, _("Name another mediator"), needs=("mediator", "relation", "reason"), basis="人民调解法 19"),
        Transition("party",      (ASSIGNED,),                      ASSIGNED,   MANAGE, _("Add a party"), needs=("name", "side")),
        Transition("party",      (IN_SESSION,),                    IN_SESSION, MANAGE, _("Add a party"), needs=("name", "side")),
        Transition("hold",       (ASSIGNED, IN_SESSION),           IN_SESSION, MANAGE, _("Record a session"), needs=("place", "present", "record"), basis="人民调解法 27"),
        Transition("extend",     (ASSIGNED,),                      ASSIGNED,   MANAGE, _("Extend by agreement"), needs=("until", "reason"), basis="深圳经济特区矛盾纠纷多元化解条例 25"),
        Transition("extend",     (IN_SESSION,),                    IN_SESSION, MANAGE, _("Extend by agreement"), needs=("until", "reason"), basis="深圳经济特区矛盾纠纷多元化解条例 25"),
        Transition("extend",     (SIGNING,),                       SIGNING,    MANAGE, _("Extend by agreement"), needs=("until", "reason"), basis="深圳经济特区矛盾纠纷多元化解条例 25"),
        Transition("draw",       (IN_SESSION,),                    SIGNING,    MANAGE, _("Draw up the agreement"), needs=("facts", "points", "responsibilities", "terms", "promises"), basis="人民调解法 28, 29"),
        Transition("agree",      (IN_SESSION,),                    AGREED,     MANAGE, _("Record an oral agreement"), needs=("facts", "points", "responsibilities", "terms", "promises"), basis="人民调解法 28, 30"),
        Transition("sign",       (SIGNING,),                       SIGNING,    MANAGE, _("Enter signatures and seal"), basis="人民调解法 29"),
        Transition("drop",       (SIGNING,),                       IN_SESSION, MANAGE, _("Withdraw the draft"), needs=("reason",)),
        Transition("take_force", (SIGNING,),                       AGREED,     MANAGE, _("Take effect"), needs=("signatures",), basis="人民调解法 29"),
        Transition("confirm",    (AGREED,),                        AGREED,     MANAGE, _("Record the judicial confirmation"), needs=("confirmation", "on"), basis="人民调解法 33; 民事诉讼法 205"),
        Transition("perform",    (AGREED,),                        AGREED,     MANAGE, _("Record a performance"), needs=("promise", "on"), basis="人民调解法 31"),
        Transition("finish",     (AGREED,),                        PERFORMED,  MANAGE, _("All performed"), needs=("performed",)),
        Transition("terminate",  (OPENED, ASSIGNED, IN_SESSION, SIGNING, AGREED), TERMINATED, MANAGE, _("End without success"), needs=("reason",), basis="人民调解法 17, 26"),
    ],
)
# fmt: on

# Rows that no button offers: the last signature and the last performance make them by themselves.
BY_ITSELF = frozenset({"take_force", "finish"})
