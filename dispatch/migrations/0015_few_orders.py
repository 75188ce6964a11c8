"""What statistics ask for and few cases have: a returned order, one handled again, another unit than the first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0014_time_rules")]

    operations = [
        migrations.AddIndex(
            model_name="firstunit",
            index=models.Index(
                fields=["petition"],
                name="dispatch_went_elsewhere",
                condition=models.Q(("last_unit", models.F("first_unit")), _negated=True),
            ),
        ),
        migrations.AddIndex(
            model_name="workorder",
            index=models.Index(
                fields=["state", "petition"],
                include=["round"],
                name="dispatch_not_in_hand",
                condition=models.Q(state__in=("paused", "returning", "disputed", "returned", "cancelled")),
            ),
        ),
        migrations.AddIndex(
            model_name="workorder",
            index=models.Index(fields=["petition"], name="dispatch_reworked", condition=models.Q(reworks__gt=0)),
        ),
    ]
