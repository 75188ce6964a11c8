"""What an order's dates are computed from, requests for time, lights per city; no date moves without a cause."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION dispatch_date_has_a_cause() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.handle_due_at <> NEW.handle_due_at
       AND NOT kernel_clock_caused(NEW.id::text, 'order.handle', OLD.handle_due_at, NEW.handle_due_at)
       OR OLD.sign_due_at <> NEW.sign_due_at
       AND NOT kernel_clock_caused(NEW.id::text, 'order.sign', OLD.sign_due_at, NEW.sign_due_at)
    THEN
        RAISE EXCEPTION 'order %: a date moves only with a recorded cause', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'dispatch_date_has_a_cause';
    END IF;
    IF (NEW.counted_from, NEW.counted_value, NEW.counted_unit, NEW.extension_days)
       IS DISTINCT FROM (OLD.counted_from, OLD.counted_value, OLD.counted_unit, OLD.extension_days)
       AND NEW.laid = OLD.laid
    THEN
        RAISE EXCEPTION 'order %: what its dates are computed from changes only when they are laid anew', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'dispatch_basis_has_a_cause';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER dispatch_dates AFTER UPDATE ON dispatch_workorder
    FOR EACH ROW WHEN (
        (OLD.handle_due_at, OLD.sign_due_at, OLD.counted_from, OLD.counted_value, OLD.counted_unit, OLD.extension_days)
        IS DISTINCT FROM
        (NEW.handle_due_at, NEW.sign_due_at, NEW.counted_from, NEW.counted_value, NEW.counted_unit, NEW.extension_days)
    ) EXECUTE FUNCTION dispatch_date_has_a_cause();

-- What was asked for stands; only the decision and the end of a suspension are written later, once.
CREATE FUNCTION dispatch_request_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.kind, NEW.order_id, NEW.petition_id, NEW.unit_id, NEW.round, NEW.reason, NEW.grounds, NEW.days, NEW.until,
        NEW.asked_by_id, NEW.asked_at)
       IS DISTINCT FROM
       (OLD.kind, OLD.order_id, OLD.petition_id, OLD.unit_id, OLD.round, OLD.reason, OLD.grounds, OLD.days, OLD.until,
        OLD.asked_by_id, OLD.asked_at)
       OR OLD.outcome <> 'asked'
       AND (NEW.outcome, NEW.decided_by_id, NEW.decided_at, NEW.note, NEW.since)
           IS DISTINCT FROM (OLD.outcome, OLD.decided_by_id, OLD.decided_at, OLD.note, OLD.since)
       OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at
    THEN
        RAISE EXCEPTION 'request %: what was asked and decided stands', OLD.id
            USING ERRCODE = '23514', CONSTRAINT = 'dispatch_request_stands';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER dispatch_request_fixed BEFORE UPDATE ON dispatch_timerequest
    FOR EACH ROW EXECUTE FUNCTION dispatch_request_stands();
CREATE TRIGGER dispatch_request_kept BEFORE DELETE ON dispatch_timerequest
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse();
CREATE TRIGGER dispatch_lights_fixed BEFORE UPDATE OR DELETE ON dispatch_lightrule
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse();
"""

UNGUARD = """
DROP TRIGGER dispatch_lights_fixed ON dispatch_lightrule;
DROP TRIGGER dispatch_request_kept ON dispatch_timerequest;
DROP TRIGGER dispatch_request_fixed ON dispatch_timerequest;
DROP FUNCTION dispatch_request_stands();
DROP TRIGGER dispatch_dates ON dispatch_workorder;
DROP FUNCTION dispatch_date_has_a_cause();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0002_initial"),
        ("organizations", "0007_ended_entries"),
        ("petitions", "0005_stage_clocks"),
        ("kernel", "0004_clock_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LightRule",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("half", models.DecimalField(decimal_places=2, max_digits=3, verbose_name="blue from")),
                ("warn", models.DecimalField(decimal_places=2, max_digits=3, verbose_name="yellow from")),
                ("valid_from", models.DateTimeField(verbose_name="from")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("half__gt", Decimal("0")), ("warn__gt", models.F("half")), ("warn__lt", Decimal("1"))
                        ),
                        name="dispatch_lights_in_order",
                    )
                ],
                "verbose_name": "shares of the lights",
                "verbose_name_plural": "shares of the lights",
                "ordering": ["-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="TimeRequest",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("extension", "Extension"), ("pause", "Suspension")], max_length=9, verbose_name="kind"
                    ),
                ),
                ("place", models.CharField(db_collation="C", max_length=15)),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("appraisal", "expert appraisal"),
                            ("hearing", "hearing"),
                            ("season", "the season does not allow it"),
                            ("relocation", "relocation under way"),
                            ("other_body", "waiting for another body"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("grounds", models.CharField(max_length=500, verbose_name="grounds")),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="calendar days")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("asked", "waits for a decision"),
                            ("granted", "granted"),
                            ("refused", "refused"),
                            ("lapsed", "not decided before the end"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="grounds of the decision")),
                ("from_due", models.DateTimeField(blank=True, null=True)),
                ("to_due", models.DateTimeField(blank=True, null=True)),
                ("since", models.DateTimeField(blank=True, null=True, verbose_name="stands still since")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "ended_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("timer", "its time was over"),
                            ("early", "ended early"),
                            ("with_order", "the order ended"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "extension"),
                                ("days__range", (1, 30)),
                                ("reason", ""),
                                ("since__isnull", True),
                                ("until__isnull", True),
                            ),
                            models.Q(
                                ("kind", "pause"),
                                ("days__isnull", True),
                                ("until__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_time_of_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dispatch_time_refused_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True),
                            models.Q(("outcome", "granted"), ("kind", "pause"), ("until__gt", models.F("since"))),
                            _connector="OR",
                        ),
                        name="dispatch_pause_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(
                                ("ended_at__gte", models.F("since")),
                                ("ended_at__lte", models.F("until")),
                                models.Q(("ended_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dispatch_pause_ends_within",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "asked")), fields=["asked_at", "id"], name="dispatch_time_asked"
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("since__isnull", False)),
                        fields=["since", "id"],
                        name="dispatch_pause_running",
                    ),
                ],
                "verbose_name": "request for time",
                "verbose_name_plural": "requests for time",
            },
        ),
        migrations.RemoveConstraint(
            model_name="workorder",
            name="dispatch_one_open_order",
        ),
        migrations.RemoveIndex(
            model_name="workorder",
            name="dispatch_unit_due",
        ),
        migrations.AddField(
            model_name="workorder",
            name="asking",
            field=models.CharField(
                blank=True,
                choices=[("extension", "Extension"), ("pause", "Suspension")],
                db_default="",
                default="",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="workorder",
            name="counted_from",
            field=models.DateTimeField(null=True, verbose_name="counted from"),
        ),
        migrations.AddField(
            model_name="workorder",
            name="counted_unit",
            field=models.CharField(
                choices=[
                    ("natural_hour", "hours"),
                    ("work_hour", "working hours"),
                    ("workday", "working days"),
                    ("calendar_day", "calendar days"),
                ],
                max_length=14,
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="workorder",
            name="counted_value",
            field=models.DecimalField(decimal_places=2, max_digits=6, null=True),
        ),
        migrations.RunSQL(
            "UPDATE dispatch_workorder SET counted_from = assigned_at, counted_value = limit_value, counted_unit = limit_unit",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="workorder",
            name="counted_from",
            field=models.DateTimeField(verbose_name="counted from"),
        ),
        migrations.AlterField(
            model_name="workorder",
            name="counted_unit",
            field=models.CharField(
                choices=[
                    ("natural_hour", "hours"),
                    ("work_hour", "working hours"),
                    ("workday", "working days"),
                    ("calendar_day", "calendar days"),
                ],
                max_length=14,
            ),
        ),
        migrations.AlterField(
            model_name="workorder",
            name="counted_value",
            field=models.DecimalField(decimal_places=2, max_digits=6),
        ),
        migrations.AddField(
            model_name="workorder",
            name="extension_asked",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="workorder",
            name="extension_days",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="extended by"),
        ),
        migrations.AddField(
            model_name="workorder",
            name="half_share",
            field=models.DecimalField(
                db_default=Decimal("0.50"), decimal_places=2, default=Decimal("0.50"), max_digits=3
            ),
        ),
        migrations.AddField(
            model_name="workorder",
            name="laid",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="workorder",
            name="warn_share",
            field=models.DecimalField(
                db_default=Decimal("0.80"), decimal_places=2, default=Decimal("0.80"), max_digits=3
            ),
        ),
        migrations.AlterField(
            model_name="workorder",
            name="state",
            field=models.CharField(
                choices=[
                    ("assigned", "Awaiting signature"),
                    ("signed", "In hand"),
                    ("paused", "Suspended"),
                    ("returning", "Return asked for"),
                    ("disputed", "Awaiting adjudication"),
                    ("completed", "Awaiting verification"),
                    ("closed", "Verified"),
                    ("returned", "Returned"),
                    ("cancelled", "Cancelled"),
                ],
                default="assigned",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddIndex(
            model_name="workorder",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("assigned", "signed", "paused", "returning", "disputed", "completed"))
                ),
                fields=["unit", "handle_due_at", "id"],
                name="dispatch_unit_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="workorder",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("state__in", ("assigned", "signed", "paused", "returning", "disputed", "completed"))
                ),
                fields=("petition",),
                name="dispatch_one_open_order",
            ),
        ),
        migrations.AddField(
            model_name="lightrule",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.area",
                verbose_name="area",
            ),
        ),
        migrations.AddField(
            model_name="lightrule",
            name="set_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="timerequest",
            name="asked_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="timerequest",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="timerequest",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="dispatch.workorder"
            ),
        ),
        migrations.AddField(
            model_name="timerequest",
            name="petition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="petitions.petition"
            ),
        ),
        migrations.AddField(
            model_name="timerequest",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="lightrule",
            constraint=models.UniqueConstraint(fields=("area", "valid_from"), name="dispatch_lights_once"),
        ),
        migrations.AddIndex(
            model_name="timerequest",
            index=models.Index(fields=["petition", "round"], name="dispatch_time_petition"),
        ),
        migrations.AddConstraint(
            model_name="timerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="dispatch_time_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="timerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("outcome", "asked")),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", True), ("outcome", "lapsed")),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("outcome__in", ["granted", "refused"]),
                    ),
                    _connector="OR",
                ),
                name="dispatch_time_decided_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="timerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "extension"), ("outcome", "granted")),
                fields=("petition", "round"),
                name="dispatch_extended_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="timerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "asked")), fields=("order",), name="dispatch_one_request_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="timerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "extension"), models.Q(("outcome", "lapsed"), _negated=True)),
                fields=("order",),
                name="dispatch_extension_asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="timerequest",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("since__isnull", False)),
                expressions=[
                    ("petition", "="),
                    (
                        models.Func(
                            models.F("since"),
                            models.Func(models.F("ended_at"), models.F("until"), function="coalesce"),
                            function="tstzrange",
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="dispatch_pauses_apart",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
