"""The database numbers, chains and guards the log by itself."""

from django.db import migrations

CHAIN = """
CREATE SEQUENCE kernel_case_number;

CREATE FUNCTION kernel_chain_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last_seq integer;
    last_head bytea;
BEGIN
    LOOP
        SELECT seq, head INTO last_seq, last_head FROM kernel_chain WHERE case_id = NEW.case_id FOR UPDATE;
        IF FOUND THEN
            EXIT;
        END IF;
        INSERT INTO kernel_chain (case_id, seq, head) VALUES (NEW.case_id, 0, '') ON CONFLICT DO NOTHING;
    END LOOP;
    NEW.seq := last_seq + 1;
    NEW.prev := last_head;
    NEW.hash := sha256(
        last_head || convert_to(NEW.case_id::text || ':' || NEW.seq::text || ':' || NEW.canonical, 'UTF8'));
    UPDATE kernel_chain SET seq = NEW.seq, head = NEW.hash WHERE case_id = NEW.case_id;
    RETURN NEW;
END $$;

CREATE TRIGGER kernel_event_chain BEFORE INSERT ON kernel_event
    FOR EACH ROW EXECUTE FUNCTION kernel_chain_event();

CREATE FUNCTION kernel_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: it is append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = '42501';
END $$;

CREATE TRIGGER kernel_event_fixed BEFORE UPDATE OR DELETE ON kernel_event
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse();
CREATE TRIGGER kernel_event_kept BEFORE TRUNCATE ON kernel_event
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse();
CREATE TRIGGER kernel_chain_kept BEFORE DELETE ON kernel_chain
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse();
CREATE TRIGGER kernel_calendarversion_fixed BEFORE UPDATE OR DELETE ON kernel_calendarversion
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse();
CREATE TRIGGER kernel_calendarday_fixed BEFORE UPDATE OR DELETE ON kernel_calendarday
    FOR EACH ROW EXECUTE FUNCTION kernel_refuse();
ALTER TABLE kernel_event ENABLE ALWAYS TRIGGER kernel_event_chain;
ALTER TABLE kernel_event ENABLE ALWAYS TRIGGER kernel_event_fixed;
ALTER TABLE kernel_event ENABLE ALWAYS TRIGGER kernel_event_kept;
"""

UNCHAIN = """
DROP TRIGGER kernel_event_chain ON kernel_event;
DROP TRIGGER kernel_event_fixed ON kernel_event;
DROP TRIGGER kernel_event_kept ON kernel_event;
DROP TRIGGER kernel_chain_kept ON kernel_chain;
DROP TRIGGER kernel_calendarversion_fixed ON kernel_calendarversion;
DROP TRIGGER kernel_calendarday_fixed ON kernel_calendarday;
DROP FUNCTION kernel_chain_event();
DROP FUNCTION kernel_refuse();
DROP SEQUENCE kernel_case_number;
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [migrations.RunSQL(CHAIN, UNCHAIN)]
