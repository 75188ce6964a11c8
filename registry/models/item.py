"""Items of the lists, and their versions in time."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kernel.choices import LimitUnit
from organizations.choices import LeadRule
from organizations.models import Area, Matter, Unit
from organizations.models.period import days
from registry.choices import OF_A_UNIT, ListKind, Part, TownshipRole
from registry.models.draft import DraftLine
from registry.querysets import ItemQuerySet, VersionQuerySet

PLACE_RULES = [LeadRule.VILLAGE_OF_PLACE, LeadRule.TOWNSHIP_OF_PLACE]


def rule_or_unit(rule: str, unit: str) -> Q:
    """A unit is named exactly where the rule is "unit"."""
    return Q(**{rule: LeadRule.UNIT, f"{unit}__isnull": False}) | Q(
        **{f"{rule}__in": PLACE_RULES, f"{unit}__isnull": True}
    )


class Item(models.Model):
    """One entry of a list under a code that is never used for another; the id is the case of its event chain.

    What it says stands in its versions. Kind, part, matter and area are fixed for life: what changes them is another
    item. `unit` is whose duty, power or enforcement item it is at present.
    """

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField(default=1)
    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("list"), max_length=16, choices=ListKind)
    part = models.CharField(_("part"), max_length=12, choices=Part, blank=True)
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("matter")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ListKind.values), name="registry_item_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=ListKind.TOWNSHIP_DUTY, part__in=Part.values)
                | ~Q(kind=ListKind.TOWNSHIP_DUTY) & Q(part=""),
                name="registry_item_part_of_township_list",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_UNIT, unit__isnull=False, matter__isnull=True)
                | ~Q(kind__in=OF_A_UNIT) & Q(unit__isnull=True),
                name="registry_item_matter_or_unit",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ListKind.TERRITORIAL) | Q(matter__isnull=False),
                name="registry_territorial_item_has_matter",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "code"], name="registry_item_kind"),
            models.Index(fields=["matter"], name="registry_item_matter", condition=Q(matter__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> str:
        """What a stale version is told about: an item has no workflow of its own."""
        return self.kind


class ItemVersion(models.Model):
    """What an item says in [valid_from, valid_until). Never changed, only ended (trigger).

    It comes from a line of an approved draft, or from a hand-over that both sides signed. `matter` and `area` repeat
    those of the item, so that an exclusion constraint keeps one item in force per matter, area and day.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions", verbose_name=_("item"))
    number = models.PositiveIntegerField(_("version"))
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=160)
    domain = models.CharField(_("field"), max_length=64)
    lead_rule = models.CharField(_("who leads"), max_length=24, choices=LeadRule)
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit")
    )
    lead_duty = models.TextField(_("duty of the lead"), max_length=4000)
    township_role = models.CharField(_("role of the township"), max_length=8, choices=TownshipRole)
    township_duty = models.TextField(_("duty of the township"), max_length=4000, blank=True)
    basis = models.CharField(_("legal basis"), max_length=255)
    safeguards = models.TextField(_("safeguards"), max_length=4000, blank=True)
    limit_value = models.DecimalField(_("limit"), max_digits=6, decimal_places=2, null=True, blank=True)
    limit_unit = models.CharField(_("unit of the limit"), max_length=16, choices=LimitUnit, blank=True)
    chart = models.JSONField(_("process chart"), default=list)
    categories = ArrayField(models.CharField(max_length=6), default=list, verbose_name=_("categories"))
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    draft_line = models.ForeignKey(DraftLine, models.PROTECT, null=True, related_name="+")
    hand_over = models.ForeignKey("registry.HandOver", models.PROTECT, null=True, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an item")
        verbose_name_plural = _("versions of items")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="registry_version_number"),
            models.CheckConstraint(condition=rule_or_unit("lead_rule", "lead_unit"), name="registry_version_lead"),
            models.CheckConstraint(
                condition=Q(township_role__in=TownshipRole.values), name="registry_version_township_role_known"
            ),
            # Shandong regulation on township duties, arts 4 and 19: whose role is to cooperate does not lead (R4).
            models.CheckConstraint(
                condition=Q(lead_rule=LeadRule.TOWNSHIP_OF_PLACE, township_role=TownshipRole.LEAD)
                | Q(lead_rule=LeadRule.VILLAGE_OF_PLACE) & ~Q(township_role=TownshipRole.LEAD)
                | Q(lead_rule=LeadRule.UNIT),
                name="registry_version_township_leads",
            ),
            models.CheckConstraint(
                condition=~Q(township_role=TownshipRole.ASSIST) | ~Q(township_duty=""),
                name="registry_version_township_duty_said",
            ),
            models.CheckConstraint(
                condition=Q(limit_value__isnull=False, limit_value__gt=0, limit_unit__in=LimitUnit.values)
                | Q(limit_value__isnull=True, limit_unit=""),
                name="registry_version_limit_whole",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="registry_version_dates_ordered",
            ),
            models.CheckConstraint(
                condition=Q(draft_line__isnull=False, hand_over__isnull=True)
                | Q(draft_line__isnull=True, hand_over__isnull=False),
                name="registry_version_has_one_source",
            ),
            ExclusionConstraint(
                name="registry_version_one_at_a_time",
                expressions=[
                    ("item", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="registry_one_item_a_matter",
                expressions=[
                    ("matter", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (days("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                condition=Q(matter__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} #{self.number}"


class Cooperation(models.Model):
    """A body that cooperates in a version of an item, and what it does. Append-only by trigger."""

    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="cooperations")
    rule = models.CharField(_("who cooperates"), max_length=24, choices=LeadRule)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    duty = models.TextField(_("duty"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("cooperation")
        verbose_name_plural = _("cooperations")
        constraints = [
            models.CheckConstraint(condition=rule_or_unit("rule", "unit"), name="registry_cooperation_who"),
            # The township of the place has its own columns in the version.
            models.CheckConstraint(
                condition=~Q(rule=LeadRule.TOWNSHIP_OF_PLACE), name="registry_cooperation_not_the_township"
            ),
            models.UniqueConstraint(
                fields=["version", "rule", "unit"], name="registry_cooperates_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.rule} {self.unit_id or ''}".rstrip()
