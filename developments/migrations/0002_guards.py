"""Codes fit GB 32100; what was filed, promised and published stands; a step belongs to its plan as it was accepted."""

from django.db import migrations

GUARD = """
CREATE FUNCTION developments_credit_code_fits(code text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    alphabet constant text := '0123456789ABCDEFGHJKLMNPQRTUWXY';
    weights constant int[] := ARRAY[1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    total int := 0;
BEGIN
    FOR i IN 1..17 LOOP
        total := total + (strpos(alphabet, substr(code, i, 1)) - 1) * weights[i];
    END LOOP;
    RETURN substr(code, 18, 1) = substr(alphabet, (31 - total % 31) % 31 + 1, 1);
END $$;

ALTER TABLE developments_enterprise ADD CONSTRAINT developments_credit_code_fits
    CHECK (developments_credit_code_fits(credit_code));

CREATE FUNCTION developments_is_enterprise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM organizations_unit WHERE id = NEW.unit_id AND kind = 'enterprise') THEN
        RAISE EXCEPTION 'unit % is no enterprise', NEW.unit_id
            USING ERRCODE = '23514', CONSTRAINT = 'developments_is_enterprise';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER developments_enterprise_kind BEFORE INSERT OR UPDATE OF unit_id ON developments_enterprise
    FOR EACH ROW EXECUTE FUNCTION developments_is_enterprise();

CREATE FUNCTION developments_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% %: what was signed stands', TG_TABLE_NAME, OLD.id
        USING ERRCODE = '23514', CONSTRAINT = 'developments_stands';
END $$;

CREATE TRIGGER developments_standing_fixed BEFORE UPDATE OR DELETE ON developments_standing
    FOR EACH ROW EXECUTE FUNCTION developments_stands();
CREATE TRIGGER developments_templatestep_fixed BEFORE UPDATE ON developments_templatestep
    FOR EACH ROW EXECUTE FUNCTION developments_stands();
CREATE TRIGGER developments_templatepaper_fixed BEFORE UPDATE ON developments_templatepaper
    FOR EACH ROW EXECUTE FUNCTION developments_stands();
CREATE TRIGGER developments_plantemplate_fixed BEFORE UPDATE ON developments_plantemplate
    FOR EACH ROW WHEN (
        (NEW.code, NEW.number, NEW.name, NEW.basis, NEW.category_id, NEW.valid_from, NEW.reason, NEW.signed_at)
            IS DISTINCT FROM
        (OLD.code, OLD.number, OLD.name, OLD.basis, OLD.category_id, OLD.valid_from, OLD.reason, OLD.signed_at)
        OR OLD.valid_until IS NOT NULL AND NEW.valid_until IS DISTINCT FROM OLD.valid_until
    ) EXECUTE FUNCTION developments_stands();

CREATE TRIGGER developments_development_fixed BEFORE UPDATE ON developments_development
    FOR EACH ROW WHEN (
        (NEW.petition_id, NEW.number, NEW.enterprise_id, NEW.template_id, NEW.title, NEW.asked, NEW.filed_at)
            IS DISTINCT FROM
        (OLD.petition_id, OLD.number, OLD.enterprise_id, OLD.template_id, OLD.title, OLD.asked, OLD.filed_at)
        OR OLD.promised_at IS NOT NULL AND (NEW.promise, NEW.promised_at) IS DISTINCT FROM (OLD.promise, OLD.promised_at)
        OR OLD.speed IS NOT NULL AND (NEW.speed, NEW.quality) IS DISTINCT FROM (OLD.speed, OLD.quality)
    ) EXECUTE FUNCTION developments_stands();

-- Desks show the green channel first; a page by key needs one column for it.
CREATE FUNCTION developments_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.queue_at := CASE WHEN NEW.green THEN NEW.stage_due_at - interval '20 years' ELSE NEW.stage_due_at END;
    RETURN NEW;
END $$;

CREATE TRIGGER developments_development_queue BEFORE INSERT OR UPDATE OF green, stage_due_at ON developments_development
    FOR EACH ROW EXECUTE FUNCTION developments_queue();

CREATE TRIGGER developments_step_fixed BEFORE UPDATE ON developments_step
    FOR EACH ROW WHEN (
        (NEW.development_id, NEW.code, NEW.after, NEW.limit_value, NEW.limit_unit)
            IS DISTINCT FROM
        (OLD.development_id, OLD.code, OLD.after, OLD.limit_value, OLD.limit_unit)
        OR OLD.finished_at IS NOT NULL
           AND (NEW.result, NEW.document_no, NEW.in_time) IS DISTINCT FROM (OLD.result, OLD.document_no, OLD.in_time)
    ) EXECUTE FUNCTION developments_stands();

-- The unit's own limit moves only with its cause in the journal of the clocks; a new begin has a new limit.
CREATE FUNCTION developments_step_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT kernel_clock_caused(NEW.id::text, 'development.step_work', OLD.due_at, NEW.due_at) THEN
        RAISE EXCEPTION 'step %: its limit moves without a cause', OLD.id
            USING ERRCODE = '23514', CONSTRAINT = 'developments_step_due';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER developments_step_due_caused BEFORE UPDATE ON developments_step
    FOR EACH ROW WHEN (
        OLD.due_at IS NOT NULL AND OLD.state <> 'started' AND NEW.due_at IS DISTINCT FROM OLD.due_at
        AND NEW.begun_at IS NOT DISTINCT FROM OLD.begun_at
    ) EXECUTE FUNCTION developments_step_due();

CREATE FUNCTION developments_prolonged_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'paper % was prolonged already', OLD.id
        USING ERRCODE = '23514', CONSTRAINT = 'developments_prolonged_once';
END $$;

CREATE TRIGGER developments_paper_prolonged BEFORE UPDATE ON developments_paper
    FOR EACH ROW WHEN (OLD.prolonged AND (NOT NEW.prolonged OR OLD.state = 'lapsed' AND NEW.state = 'missing'))
    EXECUTE FUNCTION developments_prolonged_once();
"""

UNGUARD = """
DROP TRIGGER developments_paper_prolonged ON developments_paper;
DROP FUNCTION developments_prolonged_once();
DROP TRIGGER developments_step_due_caused ON developments_step;
DROP FUNCTION developments_step_due();
DROP TRIGGER developments_step_fixed ON developments_step;
DROP TRIGGER developments_development_queue ON developments_development;
DROP FUNCTION developments_queue();
DROP TRIGGER developments_development_fixed ON developments_development;
DROP TRIGGER developments_plantemplate_fixed ON developments_plantemplate;
DROP TRIGGER developments_templatepaper_fixed ON developments_templatepaper;
DROP TRIGGER developments_templatestep_fixed ON developments_templatestep;
DROP TRIGGER developments_standing_fixed ON developments_standing;
DROP FUNCTION developments_stands();
DROP TRIGGER developments_enterprise_kind ON developments_enterprise;
DROP FUNCTION developments_is_enterprise();
ALTER TABLE developments_enterprise DROP CONSTRAINT developments_credit_code_fits;
DROP FUNCTION developments_credit_code_fits(text);
"""


class Migration(migrations.Migration):
    dependencies = [("developments", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
