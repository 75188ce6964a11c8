"""What somebody was told stays as it was told; a try to send is never rewritten."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION notices_keep_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.user_id, NEW.kind, NEW.subject, NEW.facts, NEW.once, NEW.urgent, NEW.told_at)
       IS DISTINCT FROM (OLD.user_id, OLD.kind, OLD.subject, OLD.facts, OLD.once, OLD.urgent, OLD.told_at) THEN
        RAISE EXCEPTION 'what was told is not changed' USING ERRCODE = '42501';
    END IF;
    IF OLD.read_at IS NOT NULL AND NEW.read_at IS DISTINCT FROM OLD.read_at THEN
        RAISE EXCEPTION 'when a notice was read is not changed' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER notices_notice_fixed BEFORE UPDATE ON notices_notice
    FOR EACH ROW EXECUTE FUNCTION notices_keep_told();
CREATE TRIGGER notices_attempt_fixed BEFORE UPDATE ON notices_attempt
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse();
"""

BACKWARD = """
DROP TRIGGER notices_attempt_fixed ON notices_attempt;
DROP TRIGGER notices_notice_fixed ON notices_notice;
DROP FUNCTION notices_keep_told();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_wishes"),
        ("kernel", "0004_clock_changes"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
