"""A call without a petition meets a gap of the list as a petition does; its case has the call's id."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_sheets")]

    operations = [
        migrations.RenameField(model_name="gap", old_name="petition_id", new_name="first_case"),
        migrations.AddField(
            model_name="gapcase",
            name="call_id",
            field=models.UUIDField(blank=True, null=True, verbose_name="call"),
        ),
        migrations.AlterField(
            model_name="gapcase",
            name="petition",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="petitions.petition"
            ),
        ),
        migrations.AddConstraint(
            model_name="gapcase",
            constraint=models.UniqueConstraint(fields=("gap", "call_id"), name="registry_gap_call_once"),
        ),
        migrations.AddConstraint(
            model_name="gapcase",
            constraint=models.CheckConstraint(
                condition=models.Q(call_id__isnull=False, petition__isnull=True)
                | models.Q(call_id__isnull=True, petition__isnull=False),
                name="registry_gap_case_of_one",
            ),
        ),
    ]
