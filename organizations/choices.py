"""Words of the organizations app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaLevel(models.TextChoices):
    """Levels of the national 12-digit division code."""

    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    COUNTY = "county", _("county")
    TOWNSHIP = "township", _("township")
    VILLAGE = "village", _("village")


# How many leading digits of the code name an area of the level; the rest are zeros.
DIGITS: dict[str, int] = {
    AreaLevel.PROVINCE: 2,
    AreaLevel.CITY: 4,
    AreaLevel.COUNTY: 6,
    AreaLevel.TOWNSHIP: 9,
    AreaLevel.VILLAGE: 12,
}


class UnitKind(models.TextChoices):
    """What a body is. A village unit is also the workstation of the command centre in its village."""

    COMMAND_CENTER = "command_center", _("command centre")
    DEPARTMENT = "department", _("department")
    STATIONED_AGENCY = "stationed_agency", _("stationed agency")
    TOWNSHIP = "township", _("township government")
    VILLAGE = "village", _("village or community")
    ENTERPRISE = "enterprise", _("enterprise")
    UTILITY = "utility", _("public utility")
    MEDIATION_COMMITTEE = "mediation_committee", _("mediation committee")


class UnitLevel(models.TextChoices):
    """How high a body stands, whatever it is."""

    CITY = "city", _("city level")
    COUNTY = "county", _("county level")
    TOWNSHIP = "township", _("township level")
    VILLAGE = "village", _("village level")


class Role(models.TextChoices):
    """What somebody is posted as; roles.py says what each may do."""

    CITIZEN = "citizen", _("citizen")
    GRIDWORKER = "gridworker", _("gridworker")
    GRID_LEADER = "grid_leader", _("grid leader")
    VILLAGE_OFFICER = "village_officer", _("village officer")
    TOWNSHIP_OFFICER = "township_officer", _("township officer")
    DISPATCHER = "dispatcher", _("dispatcher")
    VERIFIER = "verifier", _("verifier")
    CENTER_DIRECTOR = "center_director", _("director of the centre")
    HANDLER = "handler", _("handler")
    SUPERVISOR = "supervisor", _("supervisor")
    MEDIATOR = "mediator", _("mediator")
    LIST_KEEPER = "list_keeper", _("keeper of the responsibility list")
    TOWNSHIP_HEAD = "township_head", _("head of a township")
    DEPARTMENT_HEAD = "department_head", _("head of a department")
    COUNTY_LEADER = "county_leader", _("county leader in charge")
    ENFORCER = "enforcer", _("enforcement officer")
    ENTERPRISE = "enterprise", _("enterprise contact")
    ADMINISTRATOR = "administrator", _("administrator")


class AbsenceReason(models.TextChoices):
    LEAVE = "leave", _("leave")
    ILLNESS = "illness", _("illness")
    TRAVEL = "travel", _("official journey")
    TRAINING = "training", _("training")
    OTHER = "other", _("another reason")


class TeamKind(models.TextChoices):
    """The three parts of 1+X+Y. A city that forms its teams otherwise changes this table, and nothing else."""

    SQUAD = "squad", _("comprehensive enforcement squad")
    STATIONED = "stationed", _("stationed agency force")
    AUXILIARY = "auxiliary", _("auxiliary force")


# How each is written in 1+X+Y. A township has one squad at a time.
TEAM_SIGNS: dict[str, str] = {TeamKind.SQUAD: "1", TeamKind.STATIONED: "X", TeamKind.AUXILIARY: "Y"}
# Where people who are posted down come from.
HOMES = (UnitKind.DEPARTMENT, UnitKind.STATIONED_AGENCY)


class Duty(models.TextChoices):
    """The two duties of the responsibility list (主体责任, 配合责任)."""

    LEAD = "lead", _("lead")
    ASSIST = "assist", _("assist")


class LeadRule(models.TextChoices):
    """How a row of the list names its body: outright, or as the village or township of the place."""

    UNIT = "unit", _("the named unit")
    VILLAGE_OF_PLACE = "village_of_place", _("the village of the place")
    TOWNSHIP_OF_PLACE = "township_of_place", _("the township of the place")


class MatterKind(models.TextChoices):
    """The three kinds of demand that a matter may answer to."""

    ENFORCEMENT = "enforcement", _("enforcement")
    DEVELOPMENT = "development", _("development")
    LIVELIHOOD = "livelihood", _("livelihood")


class Language(models.TextChoices):
    """Languages that a person may choose; empty follows the browser."""

    CHINESE = "zh-hans", "简体中文"  # zh: each language by its own name
    ENGLISH = "en", "English"
