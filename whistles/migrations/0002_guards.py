"""What was blown stands, except its time and place; minutes, decisions, check-ins and scores are written once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION whistles_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it stands', TG_OP, TG_TABLE_NAME
        USING ERRCODE = '23514', CONSTRAINT = TG_NAME;
END $$;

CREATE TRIGGER whistles_whistle_fixed BEFORE UPDATE ON whistles_whistle
    FOR EACH ROW WHEN (
        OLD.issued_at IS NOT NULL AND (
            NEW.case_id, NEW.petition_id, NEW.county, NEW.year, NEW.serial, NEW.number, NEW.kind, NEW.form,
            NEW.matter, NEW.details, NEW.place, NEW.asker_id, NEW.issuer_id, NEW.issued_at, NEW.issued_by_id
        ) IS DISTINCT FROM (
            OLD.case_id, OLD.petition_id, OLD.county, OLD.year, OLD.serial, OLD.number, OLD.kind, OLD.form,
            OLD.matter, OLD.details, OLD.place, OLD.asker_id, OLD.issuer_id, OLD.issued_at, OLD.issued_by_id
        ) OR OLD.minutes_at IS NOT NULL AND (NEW.minutes, NEW.minutes_at, NEW.minutes_by_id, NEW.held_at)
            IS DISTINCT FROM (OLD.minutes, OLD.minutes_at, OLD.minutes_by_id, OLD.held_at)
    ) EXECUTE FUNCTION whistles_stands();

-- A number that was given out is never given back: the register has no gaps.
CREATE TRIGGER whistles_whistle_kept BEFORE DELETE ON whistles_whistle
    FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL) EXECUTE FUNCTION whistles_stands();

-- Who has been there has been there, and who was absent has been absent: neither is ever taken back.
CREATE TRIGGER whistles_summons_fixed BEFORE UPDATE ON whistles_summons
    FOR EACH ROW WHEN (
        OLD.arrived_at IS NOT NULL AND (NEW.arrived_at, NEW.attendance) IS DISTINCT FROM (OLD.arrived_at, OLD.attendance)
        OR OLD.absent_at IS NOT NULL AND NEW.absent_at IS DISTINCT FROM OLD.absent_at
        OR OLD.received_at IS NOT NULL AND (NEW.received_at, NEW.received_by_id, NEW.attendees)
            IS DISTINCT FROM (OLD.received_at, OLD.received_by_id, OLD.attendees)
    ) EXECUTE FUNCTION whistles_stands();
CREATE TRIGGER whistles_checkin_fixed BEFORE UPDATE OR DELETE ON whistles_checkin
    FOR EACH ROW EXECUTE FUNCTION whistles_stands();
CREATE TRIGGER whistles_rating_fixed BEFORE UPDATE OR DELETE ON whistles_rating
    FOR EACH ROW EXECUTE FUNCTION whistles_stands();
CREATE TRIGGER whistles_decision_fixed BEFORE UPDATE OR DELETE ON whistles_decision
    FOR EACH ROW EXECUTE FUNCTION whistles_stands();
"""

UNGUARD = """
DROP TRIGGER whistles_decision_fixed ON whistles_decision;
DROP TRIGGER whistles_rating_fixed ON whistles_rating;
DROP TRIGGER whistles_checkin_fixed ON whistles_checkin;
DROP TRIGGER whistles_summons_fixed ON whistles_summons;
DROP TRIGGER whistles_whistle_kept ON whistles_whistle;
DROP TRIGGER whistles_whistle_fixed ON whistles_whistle;
DROP FUNCTION whistles_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("whistles", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
