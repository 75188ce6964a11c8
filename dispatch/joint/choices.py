"""Words of joint orders."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TaskKind(models.TextChoices):
    """What is wanted of a unit beside the lead."""

    ASKED = "asked", _("asked for a reply")
    REFERRED = "referred", _("may read and work on it, no reply asked for")


class TaskState(models.TextChoices):
    GIVEN = "given", pgettext_lazy("joint task", "Given")
    RECEIVED = "received", pgettext_lazy("joint task", "Received")
    REPLIED = "replied", pgettext_lazy("joint task", "Replied")
    ACCEPTED = "accepted", pgettext_lazy("joint task", "Reply accepted")
    RELEASED = "released", pgettext_lazy("joint task", "Released")


class ReleaseWhy(models.TextChoices):
    """Why a task ended without a reply that was accepted."""

    NOT_NEEDED = "not_needed", _("no longer needed")
    WITHOUT = "without", _("the lead finished without it")
    ASKED_ANEW = "asked_anew", _("asked for a reply instead")
    LEADS_NOW = "leads_now", _("the unit leads now")
    ORDER_ENDED = "order_ended", _("the order ended")


class OfferState(models.TextChoices):
    """A lead offers its order to another unit: nothing changes until that one has signed too."""

    OFFERED = "offered", pgettext_lazy("handing an order over", "Offered")
    AGREED = "agreed", pgettext_lazy("handing an order over", "Agreed")
    REFUSED = "refused", pgettext_lazy("handing an order over", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("handing an order over", "Taken back")
    LAPSED = "lapsed", pgettext_lazy("handing an order over", "Not answered")


OPEN_TASKS = (TaskState.GIVEN, TaskState.RECEIVED, TaskState.REPLIED)
LIVE_TASKS = (*OPEN_TASKS, TaskState.ACCEPTED)
WAITED_FOR = (TaskState.GIVEN, TaskState.RECEIVED)

TASK_COLOURS: dict[str, str] = {
    TaskState.GIVEN: "yellow",
    TaskState.RECEIVED: "teal",
    TaskState.REPLIED: "violet",
    TaskState.ACCEPTED: "green",
    TaskState.RELEASED: "grey",
    OfferState.OFFERED: "yellow",
    OfferState.AGREED: "green",
    OfferState.REFUSED: "red",
    OfferState.WITHDRAWN: "grey",
    OfferState.LAPSED: "grey",
}
