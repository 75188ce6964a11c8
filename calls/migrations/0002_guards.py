"""What was asked stands; whose case it is stands; a round that was put away and a rating that was given stand."""

from django.db import migrations

GUARD = """
CREATE FUNCTION calls_call_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'call %: what was asked, by whom and on which case stands', OLD.number
        USING ERRCODE = '23514', CONSTRAINT = 'calls_call_stands';
END $$;

CREATE TRIGGER calls_call_fixed BEFORE UPDATE ON calls_call
    FOR EACH ROW WHEN (
        (NEW.case_id, NEW.number, NEW.kind, NEW.quick, NEW.asked, NEW.caller_id, NEW.filed_at, NEW.filed_by_id)
            IS DISTINCT FROM
        (OLD.case_id, OLD.number, OLD.kind, OLD.quick, OLD.asked, OLD.caller_id, OLD.filed_at, OLD.filed_by_id)
        OR OLD.petition_id IS NOT NULL AND NEW.petition_id IS DISTINCT FROM OLD.petition_id
        OR OLD.speed IS NOT NULL AND (NEW.speed, NEW.quality) IS DISTINCT FROM (OLD.speed, OLD.quality)
    ) EXECUTE FUNCTION calls_call_stands();

CREATE FUNCTION calls_round_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'round % of a call is over: it stands', OLD.number
        USING ERRCODE = '23514', CONSTRAINT = 'calls_round_stands';
END $$;

CREATE TRIGGER calls_round_fixed BEFORE UPDATE ON calls_round
    FOR EACH ROW EXECUTE FUNCTION calls_round_stands();
"""

UNGUARD = """
DROP TRIGGER calls_round_fixed ON calls_round;
DROP FUNCTION calls_round_stands();
DROP TRIGGER calls_call_fixed ON calls_call;
DROP FUNCTION calls_call_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("calls", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
