"""A unit may lead because it agreed to take the order over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0012_units_shown")]

    operations = [
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
                    ("by_agreement", "agreed between the units, the centre was told"),
                ],
                max_length=12,
                verbose_name="why this unit",
            ),
        ),
    ]
