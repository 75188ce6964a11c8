"""What the learner holds: its models, what was dispatched where, and how its suggestions fared."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel.actors import Actor
from petitions.models import Petition

SHARE = (MinValueValidator(0.0), MaxValueValidator(1.0))


class LearntFrom(models.TextChoices):
    """Whose texts a model knows."""

    START = "start", _("the project's own words only")
    CASES = "cases", _("cases of this deployment")


class Subject(models.TextChoices):
    """What is counted by context."""

    UNIT = "unit", _("unit")
    ROLE = "role", _("role of a unit at its place")
    CATEGORY = "category", _("category")


class TrialQuerySet(models.QuerySet["TriageTrial"]):
    def visible_to(self, actor: Actor) -> TrialQuerySet:
        """Those of the petitions that the actor sees."""
        return self.filter(petition__in=Petition.objects.visible_to(actor))

    def decided(self) -> TrialQuerySet:
        return self.filter(decided_at__isnull=False)


class TriageModel(models.Model):
    """A learnt model of texts: bytes, and the seal by which this deployment knows its own. The newest counts."""

    id = models.BigAutoField(_("number"), primary_key=True)
    trained_at = models.DateTimeField(_("learnt"))
    origin = models.CharField(_("learnt from"), max_length=6, choices=LearntFrom)
    cases = models.PositiveIntegerField(_("cases"))
    labels = models.PositiveIntegerField(_("categories"))
    figures = models.JSONField(_("figures"), default=dict)
    body = models.BinaryField()
    seal = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("model of suggestions")
        verbose_name_plural = _("models of suggestions")

    def __str__(self) -> str:
        return str(self.pk)


class TriageCount(models.Model):
    """How often cases of a context went to an answer; `weight` fades over months, `fresh` over days."""

    subject = models.CharField(max_length=8, choices=Subject)
    context = models.CharField(max_length=100, db_collation="C")
    answer = models.CharField(max_length=80, db_collation="C")
    weight = models.FloatField()
    fresh = models.FloatField()
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("count of what was dispatched")
        verbose_name_plural = _("counts of what was dispatched")
        constraints = [
            models.UniqueConstraint(fields=["subject", "context", "answer"], name="dispatch_one_triage_count"),
            models.CheckConstraint(condition=models.Q(weight__gte=0, fresh__gte=0), name="dispatch_triage_weight"),
        ]

    def __str__(self) -> str:
        return f"{self.context} → {self.answer}"


class TriageTrial(models.Model):
    """What was suggested for a petition before it was dispatched, and what was decided.

    `shown`: somebody named the category with the suggestion before their eyes; `unit_shown`: the unit.
    """

    petition = models.OneToOneField(Petition, models.CASCADE, primary_key=True, related_name="+")
    model = models.BigIntegerField(_("number of the model"), null=True)
    categories = ArrayField(models.CharField(max_length=6), default=list)
    category_sure = ArrayField(models.FloatField(validators=SHARE), default=list)
    certain = models.BooleanField(_("above the threshold"), default=False)
    units = ArrayField(models.IntegerField(), default=list)
    unit_sure = ArrayField(models.FloatField(validators=SHARE), default=list)
    shown = models.BooleanField(_("shown"), default=False)
    unit_shown = models.BooleanField(_("unit shown"), default=False)
    suggested_at = models.DateTimeField(_("suggested"))
    decided_category = models.CharField(_("category decided"), max_length=6, blank=True)
    decided_unit = models.IntegerField(_("unit decided"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        indexes = [models.Index(fields=["decided_at", "petition"], name="dispatch_trial_decided")]

    def __str__(self) -> str:
        return str(self.petition_id)
