"""A published report is a snapshot: the database refuses to change it, to delete it, and to add to it."""

from django.db import migrations

GUARD = """
CREATE FUNCTION assessment_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is refused: report % is published', TG_OP, OLD.month
        USING ERRCODE = '42501', CONSTRAINT = 'assessment_snapshot';
END $$;

CREATE TRIGGER assessment_report_stands BEFORE UPDATE OR DELETE ON assessment_report
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION assessment_snapshot();

CREATE FUNCTION assessment_snapshot_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        concerned := ARRAY[NEW.report_id];
    ELSIF TG_OP = 'DELETE' THEN
        concerned := ARRAY[OLD.report_id];
    ELSE
        concerned := ARRAY[OLD.report_id, NEW.report_id];
    END IF;
    IF EXISTS (SELECT 1 FROM assessment_report WHERE id = ANY(concerned) AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION '% is refused: the report of this line is published', TG_OP
            USING ERRCODE = '42501', CONSTRAINT = 'assessment_snapshot';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER assessment_line_stands BEFORE INSERT OR UPDATE OR DELETE ON assessment_reportline
    FOR EACH ROW EXECUTE FUNCTION assessment_snapshot_line();
"""

UNGUARD = """
DROP TRIGGER assessment_line_stands ON assessment_reportline;
DROP FUNCTION assessment_snapshot_line();
DROP TRIGGER assessment_report_stands ON assessment_report;
DROP FUNCTION assessment_snapshot();
"""


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
