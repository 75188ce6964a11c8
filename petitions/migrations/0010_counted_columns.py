"""The newest and the ended petitions lie in their indexes with what figures are counted from: see ADR 0026."""

from django.db import migrations, models

BESIDE = [
    "state", "kind", "channel", "urgency", "category", "county_code", "township_code", "village_code", "cell_code",
    "lead_unit", "center", "filed_at", "accepted_at", "dispatched_at", "closed_at", "stage_due_at", "on_time",
    "satisfaction", "resolved", "round", "joined_to",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("petitions", "0009_tally")]

    operations = [
        migrations.RemoveIndex(model_name="petition", name="petitions_newest"),
        migrations.RemoveIndex(model_name="petition", name="petitions_ended"),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                fields=["filed_at", "id"],
                include=[name for name in BESIDE if name != "filed_at"],
                name="petitions_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                fields=["closed_at", "id"],
                include=[name for name in BESIDE if name != "closed_at"],
                condition=models.Q(closed_at__isnull=False),
                name="petitions_ended",
            ),
        ),
    ]
