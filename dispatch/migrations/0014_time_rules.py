"""Rules on extensions and suspensions as rows: of one area and kind never two at once, and none is overwritten."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION dispatch_time_rule_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.valid_until IS NOT NULL
       OR to_jsonb(NEW) - 'valid_until' IS DISTINCT FROM to_jsonb(OLD) - 'valid_until'
    THEN
        RAISE EXCEPTION 'rule on time %: it ends, and another one begins; nothing in it changes', OLD.id
            USING ERRCODE = '23514', CONSTRAINT = 'dispatch_time_rule_stands';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER dispatch_time_rule_stands BEFORE UPDATE OR DELETE ON dispatch_timerule
    FOR EACH ROW EXECUTE FUNCTION dispatch_time_rule_stands();
"""

UNGUARD = """
DROP TRIGGER dispatch_time_rule_stands ON dispatch_timerule;
DROP FUNCTION dispatch_time_rule_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0013_agreed_reason"),
        ("organizations", "0011_enterprise_contact"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TimeRule",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "unit_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("command_center", "command centre"),
                            ("department", "department"),
                            ("stationed_agency", "stationed agency"),
                            ("township", "township government"),
                            ("village", "village or community"),
                            ("enterprise", "enterprise"),
                            ("utility", "public utility"),
                            ("mediation_committee", "mediation committee"),
                        ],
                        max_length=20,
                        verbose_name="kind of unit",
                    ),
                ),
                ("extension_ordinary", models.PositiveSmallIntegerField(verbose_name="extension, ordinary")),
                ("extension_urgent", models.PositiveSmallIntegerField(verbose_name="extension, urgent")),
                ("extension_critical", models.PositiveSmallIntegerField(verbose_name="extension, critical")),
                ("pause_appraisal", models.PositiveSmallIntegerField(verbose_name="suspension, expert appraisal")),
                ("pause_hearing", models.PositiveSmallIntegerField(verbose_name="suspension, hearing")),
                ("pause_season", models.PositiveSmallIntegerField(verbose_name="suspension, the season")),
                ("pause_relocation", models.PositiveSmallIntegerField(verbose_name="suspension, relocation")),
                ("pause_other_body", models.PositiveSmallIntegerField(verbose_name="suspension, another body")),
                ("quota_number", models.PositiveSmallIntegerField(verbose_name="suspended at once, orders")),
                (
                    "quota_share",
                    models.DecimalField(decimal_places=2, max_digits=3, verbose_name="suspended at once, share"),
                ),
                ("valid_from", models.DateTimeField(verbose_name="from")),
                ("valid_until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("grounds", models.CharField(max_length=500, verbose_name="grounds")),
                ("set_at", models.DateTimeField(verbose_name="set")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set by",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule on time",
                "verbose_name_plural": "rules on time",
                "ordering": ["-valid_from", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extension_critical__lte", 30),
                            ("extension_ordinary__lte", 30),
                            ("extension_urgent__lte", 30),
                            ("pause_appraisal__lte", 366),
                            ("pause_hearing__lte", 366),
                            ("pause_other_body__lte", 366),
                            ("pause_relocation__lte", 366),
                            ("pause_season__lte", 366),
                        ),
                        name="dispatch_time_rule_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quota_share__gte", 0), ("quota_share__lte", 1)),
                        name="dispatch_time_rule_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grounds", ""), _negated=True), name="dispatch_time_rule_grounds"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="dispatch_time_rule_period",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (django.db.models.functions.comparison.Coalesce("area_id", models.Value("")), "="),
                            ("unit_kind", "="),
                            (
                                models.Func(
                                    "valid_from",
                                    "valid_until",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="dispatch_time_rule_one",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
