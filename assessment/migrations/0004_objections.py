from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0003_supervision"),
        ("dispatch", "0006_rulings_bind"),
        ("organizations", "0007_ended_entries"),
        ("petitions", "0005_stage_clocks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="casefact",
            name="scored",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="orderfact",
            name="adjudicated",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="orderfact",
            name="objected_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="orderfact",
            name="objection",
            field=models.CharField(
                blank=True,
                choices=[
                    ("open", "not ruled on yet"),
                    ("upheld", "upheld: another unit"),
                    ("refused", "refused: the unit keeps it"),
                    ("lapsed", "ended without a ruling"),
                ],
                db_default="",
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="orderfact",
            name="objection_ruled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="orderfact",
            name="scored",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AlterField(
            model_name="reportline",
            name="indicator",
            field=models.CharField(
                choices=[
                    ("sign_on_time", "Signed in time"),
                    ("close_on_time", "Finished in time"),
                    ("close", "Finished"),
                    ("rework", "Handled again"),
                    ("return", "Given back"),
                    ("urged", "Urged"),
                    ("supervised", "Under a supervision order"),
                    ("listed", "Put on the list"),
                    ("object_refused", "Objections refused"),
                    ("dispatch_accurate", "Dispatched right at once"),
                    ("respond", "Answered"),
                    ("resolve", "Solved"),
                    ("satisfy", "Satisfaction"),
                    ("grid_reports", "Reports filed"),
                    ("grid_valid", "Valid reports"),
                    ("grid_on_time", "Own orders finished in time"),
                ],
                max_length=20,
                verbose_name="indicator",
            ),
        ),
        migrations.AddIndex(
            model_name="orderfact",
            index=models.Index(
                condition=models.Q(("objection_ruled_at__isnull", False)),
                fields=["objection_ruled_at"],
                name="assessment_order_objection",
            ),
        ),
    ]
