"""The check of assisting bodies asks in two steps, so that no plan made for an empty table reads the whole list."""

from django.db import migrations

TWO_STEPS = """
CREATE OR REPLACE FUNCTION organizations_assistant_never_leads() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ours organizations_entry_ground%ROWTYPE;
    other text;
BEGIN
    SELECT * INTO ours FROM organizations_entry_ground ground WHERE ground.id = NEW.id;
    SELECT theirs.code INTO other
    FROM organizations_entry_ground theirs
    WHERE theirs.matter_id = ours.matter_id AND theirs.duty <> ours.duty
      AND theirs.period && ours.period AND organizations_nested(theirs.ground, ours.ground)
      AND (theirs.unit_id = ours.unit_id
           OR (ours.territorial AND theirs.territorial AND ours.tier = theirs.tier
               AND ours.tier IN ('township', 'village') AND organizations_nested(ours.seat, theirs.seat)))
    LIMIT 1;
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'responsibility_assistant_never_leads: entries % and % give one body both duties of a matter',
            NEW.code, other
            USING ERRCODE = 'check_violation', CONSTRAINT = 'responsibility_assistant_never_leads';
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_guards")]
    operations = [migrations.RunSQL(TWO_STEPS, migrations.RunSQL.noop)]
