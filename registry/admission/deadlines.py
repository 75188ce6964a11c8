"""How long each step of an admission may take, and when its reminders come."""

from kernel.choices import LimitUnit
from kernel.worktime import Limit

DAY = LimitUnit.WORKDAY

# fmt: off
LIMITS: dict[str, Limit] = {
    # clock                                from
    "admission.review":  Limit(10, DAY),   # the application reached the keeper of the list
    "admission.consult": Limit(15, DAY),   # the last opinion was in, and a township objected
    "admission.approve": Limit(15, DAY),   # it was ready to be decided
    "adhoc.opinion":     Limit(3, DAY),    # the application reached the township
    "adhoc.decide":      Limit(5, DAY),    # the township was heard, or silent
}
# fmt: on

OPINION_DAYS = 10
"""Working days that a township has for its opinion, unless the keeper sets another number."""

FEWEST_OPINION_DAYS, MOST_OPINION_DAYS = 3, 30
"""Between these the keeper chooses: a township meets before it answers, and a duty does not wait for ever."""

REMIND_BEFORE_DAYS = 2
"""Working days before the end of the limit on which a township that is silent is reminded."""

LONGEST_UNTIL_REVIEW_DAYS = 3 * 366
"""An admitted duty is looked at again within three years at the latest."""

LONGEST_TASK_DAYS = 183
"""A one-off task lasts half a year at most; what lasts longer is a duty and goes through admission."""

TASKS_BEFORE_ADMISSION = 2
"""As often may the same matter be put on the same township as a one-off task; then it must be admitted."""
