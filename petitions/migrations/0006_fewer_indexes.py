"""What most petitions have none of is indexed where it is; a category by the beginning of its code."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0008_heads_and_leaders"),
        ("petitions", "0005_stage_clocks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="petition",
            name="petitions_by_category",
        ),
        migrations.AlterField(
            model_name="petition",
            name="category",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="petitions.category",
                verbose_name="category",
            ),
        ),
        migrations.AlterField(
            model_name="petition",
            name="decline_reason",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="petitions.declinereason",
            ),
        ),
        migrations.AlterField(
            model_name="petition",
            name="joined_to",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="joined",
                to="petitions.petition",
            ),
        ),
        migrations.AlterField(
            model_name="petition",
            name="registrar",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="petition",
            name="reporter_user",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                fields=["category", "filed_at", "id"],
                name="petitions_by_category",
                opclasses=["varchar_pattern_ops", "timestamptz_ops", "uuid_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                condition=models.Q(("reporter_user__isnull", False)),
                fields=["reporter_user"],
                name="petitions_by_reporter",
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                condition=models.Q(("registrar__isnull", False)), fields=["registrar"], name="petitions_by_registrar"
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                condition=models.Q(("joined_to__isnull", False)), fields=["joined_to"], name="petitions_by_joined"
            ),
        ),
    ]
