"""The remark on a case put aside may name somebody: it is sealed, and gone with its row."""

from django.db import migrations, models

from kernel.personal import decrypt, encrypt


def seal(apps, schema_editor):
    snoozes = apps.get_model("desk", "Snooze").objects
    for one in snoozes.filter(ended_at=None).exclude(note="").iterator():
        snoozes.filter(pk=one.pk).update(sealed=encrypt(one.note, purpose=f"desk.snooze:{one.pk}"))


def unseal(apps, schema_editor):
    snoozes = apps.get_model("desk", "Snooze").objects
    for one in snoozes.exclude(sealed=b"").iterator():
        snoozes.filter(pk=one.pk).update(note=decrypt(one.sealed, purpose=f"desk.snooze:{one.pk}"))


class Migration(migrations.Migration):
    dependencies = [("desk", "0002_reading_last")]

    operations = [
        migrations.AddField("snooze", "sealed", models.BinaryField(blank=True, default=b"", verbose_name="remark")),
        migrations.RunPython(seal, unseal),
        migrations.RemoveField("snooze", "note"),
        migrations.AddConstraint(
            "snooze",
            models.CheckConstraint(
                condition=models.Q(("ended_at__isnull", True), ("sealed", b""), _connector="OR"),
                name="desk_snooze_unsaid",
            ),
        ),
    ]
