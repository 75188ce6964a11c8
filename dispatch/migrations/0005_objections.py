import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0004_triage"),
        ("organizations", "0007_ended_entries"),
        ("petitions", "0005_stage_clocks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FirstUnit",
            fields=[
                (
                    "petition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="petitions.petition",
                    ),
                ),
                ("place", models.CharField(db_collation="C", max_length=15)),
                ("category", models.CharField(blank=True, max_length=6)),
                ("entry", models.CharField(blank=True, max_length=48, verbose_name="list row")),
                ("reason", models.CharField(max_length=12, verbose_name="rule")),
                ("first_at", models.DateTimeField(verbose_name="first dispatched")),
            ],
            options={
                "verbose_name": "first unit of a case",
                "verbose_name_plural": "first units of cases",
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                ("turn", models.PositiveSmallIntegerField(verbose_name="objection in the round")),
                ("note", models.CharField(max_length=500, verbose_name="grounds")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "not ruled on yet"),
                            ("upheld", "upheld: another unit"),
                            ("refused", "refused: the unit keeps it"),
                            ("lapsed", "ended without a ruling"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("ruling", models.CharField(blank=True, max_length=1000, verbose_name="grounds of the ruling")),
                ("basis", models.CharField(blank=True, max_length=255, verbose_name="legal basis")),
                ("ruled_at", models.DateTimeField(blank=True, null=True, verbose_name="ruled")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("turn__in", [1, 2])), name="dispatch_objection_no_third"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["open", "upheld", "refused", "lapsed"])),
                        name="dispatch_objection_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "open"), ("ruled_at__isnull", True)),
                            models.Q(models.Q(("outcome", "open"), _negated=True), ("ruled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="dispatch_objection_ruled_when",
                    ),
                ],
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
            },
        ),
        migrations.AlterField(
            model_name="workorder",
            name="reason",
            field=models.CharField(
                choices=[
                    ("by_list", "named in the list"),
                    ("by_village", "the village of the place, says the list"),
                    ("by_township", "the township of the place, says the list"),
                    ("by_agency", "the agency of the listed department at the place"),
                    ("by_duty", "on duty outside working hours, says the list"),
                    ("by_center", "decided by the centre"),
                    ("by_ruling", "decided by adjudication, which binds"),
                    ("same_unit", "handled again by the same unit"),
                ],
                max_length=12,
                verbose_name="why this unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="workorder",
            constraint=models.CheckConstraint(
                condition=models.Q(("bound", True), ("state__in", ["returning", "disputed"]), _negated=True),
                name="dispatch_bound_stays",
            ),
        ),
        migrations.AddField(
            model_name="firstunit",
            name="first_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
                verbose_name="first unit",
            ),
        ),
        migrations.AddField(
            model_name="firstunit",
            name="last_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
                verbose_name="last unit",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="named_unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
                verbose_name="unit named by the adjudication",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="order",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="objection", to="dispatch.workorder"
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="petition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="petitions.petition"
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="reason",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dispatch.returnreason",
                verbose_name="reason",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="ruled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ruled by",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddIndex(
            model_name="firstunit",
            index=models.Index(
                fields=["first_at"],
                include=("place", "category", "entry", "reason", "first_unit", "last_unit"),
                name="dispatch_first_unit_period",
            ),
        ),
        migrations.AddIndex(
            model_name="objection",
            index=models.Index(fields=["unit", "at"], name="dispatch_objection_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "lapsed"), _negated=True),
                fields=("petition", "round", "turn"),
                name="dispatch_objection_once_a_turn",
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["upheld", "refused"]), ("turn", 2), _negated=True),
                    models.Q(
                        ("named_unit__isnull", False),
                        models.Q(("ruling", ""), _negated=True),
                        models.Q(("basis", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dispatch_second_is_adjudicated",
            ),
        ),
    ]
