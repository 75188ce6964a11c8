"""Words of assessment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Whom a figure is about. Like is compared with like: each group is ranked by itself."""

    DEPARTMENTS = "departments", _("Departments and utilities")
    TOWNSHIPS = "townships", _("Townships")
    VILLAGES = "villages", _("Villages and communities")
    GRIDWORKERS = "gridworkers", _("Gridworkers")
    CENTERS = "centers", _("Command centres")


class Better(models.TextChoices):
    """Which direction is the good one. A plain count has none and is never ranked."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")
    NEITHER = "neither", _("not ranked")


class Counted(models.TextChoices):
    """What one unit of the denominator is."""

    CASES = "cases", _("cases")
    ORDERS = "orders", _("work orders")


class Unranked(models.TextChoices):
    """Why a figure has no rank."""

    FEW = "few", _("too few cases to compare")
    PLAIN = "plain", _("a plain count is not ranked")


class TakenWhat(models.TextChoices):
    """What an export holds."""

    FIGURES = "figures", _("figures")
    CASES = "cases", _("cases behind a figure")


class TakenAs(models.TextChoices):
    """The form of an export."""

    XLSX = "xlsx", _("spreadsheet")
    CSV = "csv", _("CSV")


class Rhythm(models.TextChoices):
    """How often a saved report is asked by the clock."""

    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every Monday")
    MONTHLY = "monthly", _("on the first of the month")
