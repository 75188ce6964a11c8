import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

SHARE = [django.core.validators.MinValueValidator(0.0), django.core.validators.MaxValueValidator(1.0)]


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0003_clocks_as_data"),
        ("petitions", "0003_ended"),
    ]

    operations = [
        migrations.CreateModel(
            name="TriageModel",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False, verbose_name="number")),
                ("trained_at", models.DateTimeField(verbose_name="learnt")),
                (
                    "origin",
                    models.CharField(
                        choices=[("start", "the project's own words only"), ("cases", "cases of this deployment")],
                        max_length=6,
                        verbose_name="learnt from",
                    ),
                ),
                ("cases", models.PositiveIntegerField(verbose_name="cases")),
                ("labels", models.PositiveIntegerField(verbose_name="categories")),
                ("figures", models.JSONField(default=dict, verbose_name="figures")),
                ("body", models.BinaryField()),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "model of suggestions",
                "verbose_name_plural": "models of suggestions",
            },
        ),
        migrations.CreateModel(
            name="TriageCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("unit", "unit"),
                            ("role", "role of a unit at its place"),
                            ("category", "category"),
                        ],
                        max_length=8,
                    ),
                ),
                ("context", models.CharField(db_collation="C", max_length=100)),
                ("answer", models.CharField(db_collation="C", max_length=80)),
                ("weight", models.FloatField()),
                ("fresh", models.FloatField()),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "count of what was dispatched",
                "verbose_name_plural": "counts of what was dispatched",
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "context", "answer"), name="dispatch_one_triage_count"),
                    models.CheckConstraint(
                        condition=models.Q(("fresh__gte", 0), ("weight__gte", 0)), name="dispatch_triage_weight"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TriageTrial",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="petitions.petition",
                    ),
                ),
                ("model", models.BigIntegerField(null=True, verbose_name="number of the model")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6), default=list, size=None
                    ),
                ),
                (
                    "category_sure",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(validators=SHARE), default=list, size=None
                    ),
                ),
                ("certain", models.BooleanField(default=False, verbose_name="above the threshold")),
                (
                    "units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "unit_sure",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(validators=SHARE), default=list, size=None
                    ),
                ),
                ("shown", models.BooleanField(default=False, verbose_name="shown")),
                ("suggested_at", models.DateTimeField(verbose_name="suggested")),
                ("decided_category", models.CharField(blank=True, max_length=6, verbose_name="category decided")),
                ("decided_unit", models.IntegerField(null=True, verbose_name="unit decided")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided")),
            ],
            options={
                "verbose_name": "suggestion",
                "verbose_name_plural": "suggestions",
                "indexes": [models.Index(fields=["decided_at", "petition"], name="dispatch_trial_decided")],
            },
        ),
    ]
