"""A filing condition is ended and never rewritten."""

from django.db import migrations

STANDS = """
CREATE FUNCTION organizations_condition_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL
       AND to_jsonb(NEW) - 'valid_until' = to_jsonb(OLD) - 'valid_until' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is refused: filing condition % is ended, not rewritten', TG_OP, OLD.code
        USING ERRCODE = '42501', CONSTRAINT = 'condition_stands';
END $$;

CREATE TRIGGER organizations_condition_stands BEFORE UPDATE OR DELETE ON organizations_filingcondition
    FOR EACH ROW EXECUTE FUNCTION organizations_condition_stands();
"""

UNSTANDS = """
DROP TRIGGER organizations_condition_stands ON organizations_filingcondition;
DROP FUNCTION organizations_condition_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0005_filing_condition")]
    operations = [migrations.RunSQL(STANDS, UNSTANDS)]
