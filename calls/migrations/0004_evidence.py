"""Files of calls; what was shown stands."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARD = """
CREATE FUNCTION calls_evidence_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'file % of a call was shown: it stands', OLD.id
        USING ERRCODE = '23514', CONSTRAINT = 'calls_evidence_stands';
END $$;

CREATE TRIGGER calls_evidence_fixed BEFORE UPDATE ON calls_evidence
    FOR EACH ROW EXECUTE FUNCTION calls_evidence_stands();
"""
UNGUARD = """
DROP TRIGGER calls_evidence_fixed ON calls_evidence;
DROP FUNCTION calls_evidence_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0003_own_teams_and_refusing_parts"),
        ("organizations", "0011_enterprise_contact"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("original_name", models.CharField(max_length=120, verbose_name="name")),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(max_length=64)),
                ("path", models.CharField(max_length=120, unique=True)),
                ("added_at", models.DateTimeField(verbose_name="added")),
                (
                    "stage",
                    models.CharField(
                        choices=[("filed", "with the call"), ("arrived", "on site"), ("reported", "with the report")],
                        max_length=8,
                        verbose_name="when",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="calls.call"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a call",
                "verbose_name_plural": "files of calls",
                "indexes": [models.Index(fields=["call", "added_at"], name="calls_shown")],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
