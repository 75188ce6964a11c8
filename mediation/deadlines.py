"""How long each step of a mediation may take, and when its reminders come."""

from kernel.choices import LimitUnit
from kernel.worktime import Limit

DAY, CALENDAR = LimitUnit.WORKDAY, LimitUnit.CALENDAR_DAY

# fmt: off
LIMITS: dict[str, Limit] = {
    # clock                                  from                          source
    "mediation.assign":   Limit(3, DAY),       # the case reached the committee   court rules on online mediation 12
    "mediation.conclude": Limit(30, CALENDAR), # a mediator took the case         local regulations; the Act has none
    "mediation.confirm":  Limit(30, CALENDAR), # the agreement took effect        人民调解法 33, 民事诉讼法 205
}
# fmt: on

CONCLUDE_WARNING_DAYS = 5
"""How long before the end of the mediation its mediator is reminded."""

CONFIRM_WARNING_DAYS = 10
"""How long before the court can no longer be asked the parties are reminded of it."""

PROMISE_WARNING_DAYS = 3
"""How long before a promise falls due it is remembered."""

PROMISE_AGAIN_DAYS = 7
"""How often a promise that is overdue is remembered, until it is kept or the case is ended as not performed."""

LONGEST_EXTENSION_DAYS = 60
"""Beyond this an extension is no longer a mediation going on; the parties may ask anew."""
