"""Own teams that a township sends itself, and cooperating units that refuse; which team was sent stands."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
DROP TRIGGER calls_call_fixed ON calls_call;
CREATE TRIGGER calls_call_fixed BEFORE UPDATE ON calls_call
    FOR EACH ROW WHEN (
        (NEW.case_id, NEW.number, NEW.kind, NEW.quick, NEW.asked, NEW.caller_id, NEW.filed_at, NEW.filed_by_id,
         NEW.team_id, NEW.beside_id)
            IS DISTINCT FROM
        (OLD.case_id, OLD.number, OLD.kind, OLD.quick, OLD.asked, OLD.caller_id, OLD.filed_at, OLD.filed_by_id,
         OLD.team_id, OLD.beside_id)
        OR OLD.petition_id IS NOT NULL AND NEW.petition_id IS DISTINCT FROM OLD.petition_id
        OR OLD.speed IS NOT NULL AND (NEW.speed, NEW.quality) IS DISTINCT FROM (OLD.speed, OLD.quality)
    ) EXECUTE FUNCTION calls_call_stands();
"""
UNGUARD = """
DROP TRIGGER calls_call_fixed ON calls_call;
CREATE TRIGGER calls_call_fixed BEFORE UPDATE ON calls_call
    FOR EACH ROW WHEN (
        (NEW.case_id, NEW.number, NEW.kind, NEW.quick, NEW.asked, NEW.caller_id, NEW.filed_at, NEW.filed_by_id)
            IS DISTINCT FROM
        (OLD.case_id, OLD.number, OLD.kind, OLD.quick, OLD.asked, OLD.caller_id, OLD.filed_at, OLD.filed_by_id)
        OR OLD.petition_id IS NOT NULL AND NEW.petition_id IS DISTINCT FROM OLD.petition_id
        OR OLD.speed IS NOT NULL AND (NEW.speed, NEW.quality) IS DISTINCT FROM (OLD.speed, OLD.quality)
    ) EXECUTE FUNCTION calls_call_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0002_guards"),
        ("organizations", "0011_enterprise_contact"),
        ("petitions", "0007_planned"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="call",
            name="calls_one_case",
        ),
        migrations.RemoveConstraint(
            model_name="call",
            name="calls_another_unit",
        ),
        migrations.RemoveConstraint(
            model_name="part",
            name="calls_part_ended_when",
        ),
        migrations.AddField(
            model_name="call",
            name="beside",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="calls.call",
                verbose_name="beside the call",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.team",
                verbose_name="own team",
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="bound",
            field=models.BooleanField(default=False, verbose_name="must come"),
        ),
        migrations.AddField(
            model_name="part",
            name="refusal_entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organizations.responsibilityentry",
                verbose_name="refused by row",
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="refusal_note",
            field=models.CharField(blank=True, max_length=500, verbose_name="reason for the refusal"),
        ),
        migrations.AddField(
            model_name="part",
            name="refused_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="refused"),
        ),
        migrations.AddField(
            model_name="part",
            name="refused_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="ruling",
            field=models.CharField(blank=True, max_length=500, verbose_name="ruling on the refusal"),
        ),
        migrations.AlterField(
            model_name="part",
            name="state",
            field=models.CharField(
                choices=[
                    ("called", "Awaiting the answer"),
                    ("answered", "On the way"),
                    ("arrived", "On site"),
                    ("reported", "Replied"),
                    ("refused", "Refused, awaiting adjudication"),
                    ("released", "Let go: its refusal was upheld"),
                    ("lapsed", "Ended without a reply"),
                ],
                default="called",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(
                condition=models.Q(("team__isnull", False)), fields=["team", "filed_at", "id"], name="calls_team"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("petition", models.F("case_id")),
                    models.Q(
                        ("petition", None),
                        models.Q(("case_id", models.F("id")), ("beside__isnull", False), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="calls_one_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("team", None),
                        models.Q(
                            ("lead", None), models.Q(("lead", models.F("caller")), _negated=True), _connector="OR"
                        ),
                    ),
                    models.Q(("lead", models.F("caller")), ("team__isnull", False)),
                    _connector="OR",
                ),
                name="calls_another_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("beside", None), ("team__isnull", False), _connector="OR"),
                name="calls_beside_is_own_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(
                        ("bound", False),
                        ("refusal_entry__isnull", False),
                        ("refused_at__isnull", False),
                        models.Q(("refusal_note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="calls_part_refused_by_a_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state__in", ("called", "answered", "arrived", "refused"))),
                    models.Q(
                        models.Q(("state__in", ("called", "answered", "arrived", "refused")), _negated=True),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="calls_part_ended_when",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
