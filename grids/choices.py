"""Words of the grids app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CellKind(models.TextChoices):
    """Basic grids tile the territory; a dedicated grid (GB/T 34300) lies over them for one big host."""

    BASIC = "basic", _("basic grid")
    DEDICATED = "dedicated", _("dedicated grid")


class HostKind(models.TextChoices):
    """For whom a dedicated grid is drawn."""

    SCHOOL = "school", _("school")
    HOSPITAL = "hospital", _("hospital")
    MARKET = "market", _("market")
    PARK = "park", _("industrial park")
    ENTERPRISE = "enterprise", _("enterprise")
    AGENCY = "agency", _("government body")
