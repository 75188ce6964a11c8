"""What was issued stands; urgings and answers are written once; an answer is judged once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION supervision_order_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'supervision order % is issued: its text stands', OLD.number
        USING ERRCODE = '23514', CONSTRAINT = 'supervision_order_stands';
END $$;

CREATE TRIGGER supervision_order_fixed BEFORE UPDATE ON supervision_supervisionorder
    FOR EACH ROW WHEN (
        OLD.issued_at IS NOT NULL AND (
            NEW.petition_id, NEW.county, NEW.year, NEW.serial, NEW.number, NEW.level, NEW.reason, NEW.content,
            NEW.unit_id, NEW.issuer_id, NEW.issued_at, NEW.issued_by_id
        ) IS DISTINCT FROM (
            OLD.petition_id, OLD.county, OLD.year, OLD.serial, OLD.number, OLD.level, OLD.reason, OLD.content,
            OLD.unit_id, OLD.issuer_id, OLD.issued_at, OLD.issued_by_id
        )
    ) EXECUTE FUNCTION supervision_order_stands();

-- A number that was given out is never given back: the register has no gaps.
CREATE TRIGGER supervision_order_kept BEFORE DELETE ON supervision_supervisionorder
    FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL) EXECUTE FUNCTION supervision_order_stands();

CREATE FUNCTION supervision_answer_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'answer % is given: it stands', OLD.id
        USING ERRCODE = '23514', CONSTRAINT = 'supervision_answer_stands';
END $$;

CREATE TRIGGER supervision_answer_fixed BEFORE UPDATE ON supervision_answer
    FOR EACH ROW WHEN (
        OLD.verdict <> '' OR (
            NEW.order_id, NEW.number, NEW.text, NEW.measures, NEW.on_time, NEW.answered_at, NEW.answered_by_id
        ) IS DISTINCT FROM (
            OLD.order_id, OLD.number, OLD.text, OLD.measures, OLD.on_time, OLD.answered_at, OLD.answered_by_id
        )
    ) EXECUTE FUNCTION supervision_answer_stands();

CREATE FUNCTION supervision_urging_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of urging % is refused: it is append-only', TG_OP, OLD.id USING ERRCODE = '42501';
END $$;

CREATE TRIGGER supervision_urging_fixed BEFORE UPDATE OR DELETE ON supervision_urging
    FOR EACH ROW EXECUTE FUNCTION supervision_urging_stands();
"""

UNGUARD = """
DROP TRIGGER supervision_urging_fixed ON supervision_urging;
DROP FUNCTION supervision_urging_stands();
DROP TRIGGER supervision_answer_fixed ON supervision_answer;
DROP FUNCTION supervision_answer_stands();
DROP TRIGGER supervision_order_kept ON supervision_supervisionorder;
DROP TRIGGER supervision_order_fixed ON supervision_supervisionorder;
DROP FUNCTION supervision_order_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
