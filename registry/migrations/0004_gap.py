import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0006_conditions_stand"),
        ("petitions", "0004_condition"),
        ("registry", "0004_admission_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gap",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("no_category", "no category fits"),
                            ("no_matter", "the category has no matter in the list"),
                            ("no_lead", "the list names no lead for this place"),
                            ("ruling", "units disagree: a ruling had to decide"),
                        ],
                        max_length=12,
                        verbose_name="what is lacking",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("place", models.CharField(blank=True, db_collation="C", max_length=9, verbose_name="place")),
                ("petition_id", models.UUIDField(verbose_name="first case")),
                ("times", models.PositiveIntegerField(default=1, verbose_name="how often")),
                ("first_at", models.DateTimeField(verbose_name="first met")),
                ("last_at", models.DateTimeField(verbose_name="last met")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="grounds")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="petitions.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.draft",
                        verbose_name="filled by the draft",
                    ),
                ),
                (
                    "closed_by_user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.matter",
                        verbose_name="matter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("kind", "category", "matter", "place"),
                        name="registry_one_open_gap",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["no_category", "no_matter", "no_lead", "ruling"])),
                        name="registry_gap_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("state", "open")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state", "closed"),
                                models.Q(
                                    ("closed_by__isnull", False), models.Q(("note", ""), _negated=True), _connector="OR"
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="registry_gap_closed_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_at__gte", models.F("first_at")), ("times__gte", 1)),
                        name="registry_gap_times_in_order",
                    ),
                ],
                "indexes": [models.Index(fields=["state", "last_at", "id"], name="registry_gap_newest")],
                "verbose_name": "gap of the list",
                "verbose_name_plural": "gaps of the list",
            },
        ),
        migrations.CreateModel(
            name="GapCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="met")),
                (
                    "gap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="registry.gap"
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="petitions.petition"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("gap", "petition"), name="registry_gap_case_once")],
                "indexes": [models.Index(fields=["gap", "at"], name="registry_gap_cases")],
            },
        ),
    ]
