"""Hints on pages that a person has put away."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0011_enterprise_contact"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="hints_off",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64), blank=True, default=list, editable=False, size=None
            ),
        ),
    ]
