"""Words of the import."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetStage(models.TextChoices):
    """Where the import of a file stands; it is no case, only work on one."""

    RUNNING = "running", _("Comparing")
    STOPPED = "stopped", _("Stopped")
    DRAFTED = "drafted", _("Became a draft")
    SAME = "same", _("Nothing changes")
    WRONG = "wrong", _("To be mended")


OPEN_STAGES = (SheetStage.RUNNING, SheetStage.STOPPED)
