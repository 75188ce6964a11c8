"""What waits for a check or for a decision on time is few, and is found without reading all that is in hand."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0016_taken_back"),
        ("organizations", "0014_absence_guards"),
        ("petitions", "0010_counted_columns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="workorder",
            index=models.Index(
                condition=models.Q(("state", "completed")), fields=["petition"], name="dispatch_completed"
            ),
        ),
        migrations.AddIndex(
            model_name="workorder",
            index=models.Index(
                condition=models.Q(("asking", ""), _negated=True),
                fields=["handle_due_at", "id"],
                name="dispatch_asking",
            ),
        ),
    ]
