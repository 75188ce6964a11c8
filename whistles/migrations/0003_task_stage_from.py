"""From when the step that a task is in is counted: what a holiday notice lays it anew from."""

from datetime import UTC, datetime

from django.db import migrations, models

FILL = """
UPDATE whistles_task SET stage_from = CASE WHEN state = 'given' AND sent_back = 0 THEN given_at ELSE changed_at END
"""


class Migration(migrations.Migration):
    dependencies = [("whistles", "0002_guards")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="stage_from",
            field=models.DateTimeField(default=datetime(2026, 1, 1, tzinfo=UTC)),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
