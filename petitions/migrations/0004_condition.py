from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("petitions", "0003_ended")]

    operations = [
        migrations.AddField(
            model_name="petition",
            name="condition",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=48, verbose_name="filing condition"
            ),
        ),
    ]
