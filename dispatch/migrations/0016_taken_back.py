"""Dispatches that the centre takes back before they are signed for: who made them, since when they waited, and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0015_few_orders"),
        ("organizations", "0014_absence_guards"),
        ("petitions", "0010_counted_columns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="workorder",
            name="dispatch_not_in_hand",
        ),
        migrations.AddField(
            model_name="workorder",
            name="assigned_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="workorder",
            name="recall_note",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddField(
            model_name="workorder",
            name="recall_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("wrong_unit", "sent to the wrong unit"),
                    ("wrong_case", "category or place is to be put right first"),
                    ("same_matter", "the same matter is handled already"),
                    ("undone", "undone at once on the desk"),
                    ("other", "another reason"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="workorder",
            name="waited_from",
            field=models.DateTimeField(blank=True, null=True),
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
                    ("recalled", "Taken back"),
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
                    ("state__in", ("paused", "returning", "disputed", "returned", "cancelled", "recalled"))
                ),
                fields=["state", "petition"],
                include=("round",),
                name="dispatch_not_in_hand",
            ),
        ),
        migrations.AddConstraint(
            model_name="workorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "recalled"), _negated=True),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("signed_at__isnull", True),
                        models.Q(("recall_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="dispatch_recalled_unsigned",
            ),
        ),
    ]
