"""Words of the gaps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GapKind(models.TextChoices):
    """What the list lacks."""

    NO_CATEGORY = "no_category", _("no category fits")
    NO_MATTER = "no_matter", _("the category has no matter in the list")
    NO_LEAD = "no_lead", _("the list names no lead for this place")
    RULING = "ruling", _("units disagree: a ruling had to decide")


class GapState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


COLOURS: dict[str, str] = {GapState.OPEN: "yellow", GapState.CLOSED: "green"}
