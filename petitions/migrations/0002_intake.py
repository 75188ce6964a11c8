from django.db import migrations, models

from petitions.choices import Channel


class Migration(migrations.Migration):
    dependencies = [("petitions", "0001_initial")]

    operations = [
        migrations.RenameField(model_name="importbatch", old_name="state", new_name="stage"),
        migrations.AddField(
            model_name="importbatch",
            name="channel",
            field=models.CharField(choices=Channel.choices, default="hotline", max_length=12, verbose_name="channel"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="note",
            field=models.CharField(blank=True, max_length=40, verbose_name="why it stopped"),
        ),
        migrations.AddField(
            model_name="petition",
            name="source_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="said at the source"),
        ),
    ]
