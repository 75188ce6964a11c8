"""Words of the notices app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outward(models.TextChoices):
    """What of a person's notices leaves the product, besides what is urgent."""

    URGENT = "urgent", _("only what is urgent")
    DAILY = "daily", _("what is urgent at once, the rest once a day")
    EACH = "each", _("everything at once")


class Outcome(models.TextChoices):
    """How far an outward message has come. A failed one is tried again; one that was read or given up is not."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    NEEDLESS = "needless", _("read before it was sent")
    FAILED = "failed", _("failed, will be tried again")
    GIVEN_UP = "given_up", _("given up")


class Means(models.TextChoices):
    """What a channel needs of a person."""

    PHONE = "phone", _("mobile telephone")
    EMAIL = "email", _("e-mail")


COLOURS: dict[str, str] = {
    Outcome.WAITING: "blue",
    Outcome.SENT: "green",
    Outcome.NEEDLESS: "grey",
    Outcome.FAILED: "yellow",
    Outcome.GIVEN_UP: "red",
}
