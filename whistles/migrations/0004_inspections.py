"""Inspections: a form of its own, whose tasks say what was found and where; what was found stands."""

from django.db import migrations, models

GUARD = """
CREATE FUNCTION whistles_finding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.found <> '') IS DISTINCT FROM
        (SELECT form = 'inspection' FROM whistles_whistle WHERE id = NEW.whistle_id) THEN
        RAISE EXCEPTION 'the tasks of an inspection are findings, and no others are'
            USING ERRCODE = '23514', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER whistles_task_finding BEFORE INSERT ON whistles_task
    FOR EACH ROW EXECUTE FUNCTION whistles_finding();
CREATE TRIGGER whistles_task_found_stands BEFORE UPDATE ON whistles_task
    FOR EACH ROW WHEN ((NEW.found, NEW."where", NEW.whistle_id) IS DISTINCT FROM (OLD.found, OLD."where", OLD.whistle_id))
    EXECUTE FUNCTION whistles_stands();
"""

UNGUARD = """
DROP TRIGGER whistles_task_found_stands ON whistles_task;
DROP TRIGGER whistles_task_finding ON whistles_task;
DROP FUNCTION whistles_finding();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("whistles", "0003_task_stage_from"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="found",
            field=models.CharField(blank=True, max_length=300, verbose_name="what was found"),
        ),
        migrations.AddField(
            model_name="task",
            name="where",
            field=models.CharField(blank=True, max_length=120, verbose_name="where it was found"),
        ),
        migrations.AlterField(
            model_name="serial",
            name="form",
            field=models.CharField(
                choices=[
                    ("whistle", "Whistle"),
                    ("consultation", "Consultation"),
                    ("joint_meeting", "Joint meeting"),
                    ("inspection", "Quarterly inspection"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="whistle",
            name="form",
            field=models.CharField(
                choices=[
                    ("whistle", "Whistle"),
                    ("consultation", "Consultation"),
                    ("joint_meeting", "Joint meeting"),
                    ("inspection", "Quarterly inspection"),
                ],
                default="whistle",
                max_length=16,
                verbose_name="form",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("found", ""), ("where", "")),
                    models.Q(models.Q(("found", ""), _negated=True), models.Q(("where", ""), _negated=True)),
                    _connector="OR",
                ),
                name="whistles_task_found_somewhere",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
