"""Words of dispatch."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    ASSIGNED = "assigned", _("Awaiting signature")
    SIGNED = "signed", _("In hand")
    PAUSED = "paused", _("Suspended")
    RETURNING = "returning", _("Return asked for")
    DISPUTED = "disputed", _("Awaiting adjudication")
    COMPLETED = "completed", _("Awaiting verification")
    CLOSED = "closed", _("Verified")
    RETURNED = "returned", _("Returned")
    CANCELLED = "cancelled", _("Cancelled")
    RECALLED = "recalled", _("Taken back")


class Light(models.TextChoices):
    """How much of the limit is used: shape and word go with the colour."""

    GREEN = "green", _("In time")
    BLUE = "blue", _("Half used")
    YELLOW = "yellow", _("Nearly due")
    RED = "red", _("Overdue")


class RouteReason(models.TextChoices):
    """Why this unit: the kind of the row that decided."""

    BY_LIST = "by_list", _("named in the list")
    BY_VILLAGE = "by_village", _("the village of the place, says the list")
    BY_TOWNSHIP = "by_township", _("the township of the place, says the list")
    BY_AGENCY = "by_agency", _("the agency of the listed department at the place")
    BY_DUTY = "by_duty", _("on duty outside working hours, says the list")
    BY_CENTER = "by_center", _("decided by the centre")
    BY_RULING = "by_ruling", _("decided by adjudication, which binds")
    SAME_UNIT = "same_unit", _("handled again by the same unit")
    BY_AGREEMENT = "by_agreement", _("agreed between the units, the centre was told")


class NoRoute(models.TextChoices):
    """Why nobody: each is a gap for the keepers of the list."""

    NO_CATEGORY = "no_category", _("no category")
    NO_MATTER = "no_matter", _("the category has no matter in the list")
    NO_LEAD = "no_lead", _("the list names no lead for this place")


class LimitBy(models.TextChoices):
    """Where the limit of an order comes from: the narrowest that is stated wins."""

    CONDITION = "condition", _("the filing condition")
    ENTRY = "entry", _("the row of the list")
    MATTER = "matter", _("the matter")
    URGENCY = "urgency", _("the usual limit for the urgency")
    BEFORE = "before", _("the limit that it had before")


class PassedOver(models.TextChoices):
    """Why a candidate did not get it."""

    NOT_IN_FORCE = "not_in_force", _("the row was not in force on that day")
    WIDER_AREA = "wider_area", _("a smaller area has its own row")
    NO_UNIT = "no_unit", _("the unit that the row means does not exist")
    SAME_UNIT = "same_unit", _("the unit is in the decision already")
    CENTER = "center", _("the centre decided otherwise")
    RULING = "ruling", _("the adjudication decided otherwise")
    HANDED_OVER = "handed_over", _("handed it over to another unit")
    AGENCY = "agency", _("its agency at the place takes it, and it cooperates")
    ON_DUTY = "on_duty", _("outside working hours the unit on duty takes it, and it cooperates")
    MORE_LOAD = "more_load", _("has more open orders than its equal")
    EQUAL = "equal", _("comes later in the list than its equal")
    BY_DEPARTMENT = "by_department", _("matters of this urgency stay with the department")
    COOPERATES = "cooperates", _("the list lets it only cooperate")


class RecallReason(models.TextChoices):
    """Why a dispatch is taken back before anybody signed for it (撤回派单)."""

    WRONG_UNIT = "wrong_unit", _("sent to the wrong unit")
    WRONG_CASE = "wrong_case", _("category or place is to be put right first")
    SAME_MATTER = "same_matter", _("the same matter is handled already")
    UNDONE = "undone", _("undone at once on the desk")
    OTHER = "other", _("another reason")


class Objected(models.TextChoices):
    """What became of an objection."""

    OPEN = "open", _("not ruled on yet")
    UPHELD = "upheld", _("upheld: another unit")
    REFUSED = "refused", _("refused: the unit keeps it")
    LAPSED = "lapsed", _("ended without a ruling")


OPEN_ORDERS = (
    OrderState.ASSIGNED,
    OrderState.SIGNED,
    OrderState.PAUSED,
    OrderState.RETURNING,
    OrderState.DISPUTED,
    OrderState.COMPLETED,
)
IN_HAND = (OrderState.ASSIGNED, OrderState.SIGNED, OrderState.RETURNING, OrderState.DISPUTED)
"""A unit has it and its clock of handling runs: only such an order can be overdue."""
# Nobody works on it just now, or it was taken from the unit that had it.
NOT_IN_HAND = (
    OrderState.PAUSED,
    OrderState.RETURNING,
    OrderState.DISPUTED,
    OrderState.RETURNED,
    OrderState.CANCELLED,
    OrderState.RECALLED,
)

COLOURS: dict[str, str] = {
    OrderState.ASSIGNED: "yellow",
    OrderState.SIGNED: "teal",
    OrderState.PAUSED: "grey",
    OrderState.RETURNING: "yellow",
    OrderState.DISPUTED: "red",
    OrderState.COMPLETED: "violet",
    OrderState.CLOSED: "green",
    OrderState.RETURNED: "grey",
    OrderState.CANCELLED: "grey",
    OrderState.RECALLED: "grey",
    Light.GREEN: "green",
    Light.BLUE: "blue",
    Light.YELLOW: "yellow",
    Light.RED: "red",
    Objected.OPEN: "yellow",
    Objected.UPHELD: "teal",
    Objected.REFUSED: "red",
    Objected.LAPSED: "grey",
}


class ReplayKind(models.TextChoices):
    """What is tried on past cases."""

    DRAFT = "draft", _("a draft of the registry")
    CALENDAR = "calendar", _("another calendar")


class ReplayGap(models.TextChoices):
    CLOSED = "closed", _("a gap less")
    OPENED = "opened", _("a gap more")


class ReplayLateness(models.TextChoices):
    BROKEN = "broken", _("would have been late")
    SAVED = "saved", _("would have been in time")
