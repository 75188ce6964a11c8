"""The clock of a stage as data: its limit, its start and its calendar; and no date moves without a recorded cause."""

from django.db import migrations, models

UNITS = [
    ("natural_hour", "hours"),
    ("work_hour", "working hours"),
    ("workday", "working days"),
    ("calendar_day", "calendar days"),
]

# Entering a stage, being passed up and being promised a date are causes of their own, with an event each. What stays in
# its stage and moves its date has to say why.
GUARD = """
CREATE FUNCTION petitions_date_has_a_cause() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = OLD.state AND NEW.rung = OLD.rung AND NEW.stage_due_at <> OLD.stage_due_at
       AND NOT EXISTS (SELECT FROM kernel_clockchange c
                        WHERE c.subject_id = NEW.id::text AND c.from_due = OLD.stage_due_at
                          AND c.to_due = NEW.stage_due_at AND c.txid = txid_current())
    THEN
        RAISE EXCEPTION 'petition %: a date moves only with a recorded cause', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'petitions_date_has_a_cause';
    END IF;
    IF OLD.due_at IS NOT NULL AND NEW.due_at IS NOT NULL AND NEW.due_at <> OLD.due_at
       AND NOT kernel_clock_caused(NEW.id::text, 'petition.resolve', OLD.due_at, NEW.due_at)
    THEN
        RAISE EXCEPTION 'petition %: a promise moves only with a recorded cause', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'petitions_promise_has_a_cause';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER petitions_dates AFTER UPDATE OF stage_due_at, due_at ON petitions_petition
    FOR EACH ROW WHEN (
        OLD.stage_due_at IS DISTINCT FROM NEW.stage_due_at OR OLD.due_at IS DISTINCT FROM NEW.due_at
    ) EXECUTE FUNCTION petitions_date_has_a_cause();
"""

UNGUARD = """
DROP TRIGGER petitions_dates ON petitions_petition;
DROP FUNCTION petitions_date_has_a_cause();
"""


class Migration(migrations.Migration):
    dependencies = [("petitions", "0004_condition"), ("kernel", "0004_clock_changes")]

    operations = [
        migrations.AddField(
            model_name="petition",
            name="calendar_version",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="petition",
            name="stage_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="petition",
            name="stage_limit_unit",
            field=models.CharField(blank=True, choices=UNITS, db_default="", max_length=14),
        ),
        migrations.AddField(
            model_name="petition",
            name="stage_limit_value",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
