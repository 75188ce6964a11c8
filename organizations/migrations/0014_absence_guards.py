"""What constraints cannot say of absences: nobody stands in who is away or stood in for, and a period given stands."""

from django.db import migrations

GUARD = """
CREATE FUNCTION organizations_absence_no_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One after the other for each of the two, so that two absences entered at once see each other.
    PERFORM FROM organizations_user WHERE id IN (NEW.user_id, NEW.stand_in_id) ORDER BY id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM organizations_absence other
         WHERE other.id <> NEW.id AND (other.user_id = NEW.stand_in_id OR other.stand_in_id = NEW.user_id)
           AND tstzrange(other.begins_at, other.ends_at) && tstzrange(NEW.begins_at, NEW.ends_at)
    ) THEN
        RAISE EXCEPTION 'absence_no_chain: % cannot stand in for %', NEW.stand_in_id, NEW.user_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'absence_no_chain';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER absence_no_chain BEFORE INSERT ON organizations_absence
    FOR EACH ROW EXECUTE FUNCTION organizations_absence_no_chain();

CREATE FUNCTION organizations_absence_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'absence_stands: of an absence only the end is written, and only earlier'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'absence_stands';
END $$;

CREATE TRIGGER absence_stands BEFORE UPDATE ON organizations_absence
    FOR EACH ROW WHEN (
        (NEW.user_id, NEW.unit_id, NEW.stand_in_id, NEW.reason, NEW.begins_at, NEW.entered_by_id)
            IS DISTINCT FROM
        (OLD.user_id, OLD.unit_id, OLD.stand_in_id, OLD.reason, OLD.begins_at, OLD.entered_by_id)
        OR NEW.ends_at > OLD.ends_at
    ) EXECUTE FUNCTION organizations_absence_stands();
"""

UNGUARD = """
DROP TRIGGER absence_stands ON organizations_absence;
DROP FUNCTION organizations_absence_stands();
DROP TRIGGER absence_no_chain ON organizations_absence;
DROP FUNCTION organizations_absence_no_chain();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0013_absences")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
