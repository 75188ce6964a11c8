"""Words of dispatch."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    ASSIGNED = "assigned", _("Awaiting signature")
    SIGNED = "signed", _("In hand")
    RETURNING = "returning", _("Return asked for")
    COMPLETED = "completed", _("Awaiting verification")
    CLOSED = "closed", _("Verified")
    RETURNED = "returned", _("Returned")
    CANCELLED = "cancelled", _("Cancelled")


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
    BY_CENTER = "by_center", _("decided by the centre")
    SAME_UNIT = "same_unit", _("handled again by the same unit")


class NoRoute(models.TextChoices):
    """Why nobody: each is a gap for the keepers of the list."""

    NO_CATEGORY = "no_category", _("no category")
    NO_MATTER = "no_matter", _("the category has no matter in the list")
    NO_LEAD = "no_lead", _("the list names no lead for this place")


OPEN_ORDERS = (OrderState.ASSIGNED, OrderState.SIGNED, OrderState.RETURNING, OrderState.COMPLETED)

COLOURS: dict[str, str] = {
    OrderState.ASSIGNED: "yellow",
    OrderState.SIGNED: "teal",
    OrderState.RETURNING: "yellow",
    OrderState.COMPLETED: "violet",
    OrderState.CLOSED: "green",
    OrderState.RETURNED: "grey",
    OrderState.CANCELLED: "grey",
    Light.GREEN: "green",
    Light.BLUE: "blue",
    Light.YELLOW: "yellow",
    Light.RED: "red",
}
