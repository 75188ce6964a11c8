"""Nobody works on an order from outside: progress comes from its lead or from a unit with a task. A task's date moves
only with a recorded cause, and what was asked stands. Units that cooperated before there were tasks are referred to."""

from django.db import migrations

GUARD = """
CREATE FUNCTION dispatch_progress_needs_a_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.unit_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM dispatch_workorder o WHERE o.id = NEW.order_id AND o.unit_id = NEW.unit_id)
       AND NOT EXISTS (SELECT FROM dispatch_jointtask t
                        WHERE t.order_id = NEW.order_id AND t.unit_id = NEW.unit_id AND t.state <> 'released')
    THEN
        RAISE EXCEPTION 'order %: unit % neither leads it nor has a task in it', NEW.order_id, NEW.unit_id
            USING ERRCODE = '23514', CONSTRAINT = 'dispatch_progress_needs_a_task';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER dispatch_progress_needs_a_task BEFORE INSERT OR UPDATE OF unit_id, order_id ON dispatch_progress
    FOR EACH ROW EXECUTE FUNCTION dispatch_progress_needs_a_task();

CREATE FUNCTION dispatch_lead_has_no_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM dispatch_workorder o WHERE o.id = NEW.order_id
                AND (o.unit_id = NEW.unit_id OR o.petition_id <> NEW.petition_id)) THEN
        RAISE EXCEPTION 'order %: its lead cooperates with nobody but others', NEW.order_id
            USING ERRCODE = '23514', CONSTRAINT = 'dispatch_lead_has_no_task';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER dispatch_lead_has_no_task BEFORE INSERT ON dispatch_jointtask
    FOR EACH ROW EXECUTE FUNCTION dispatch_lead_has_no_task();

CREATE FUNCTION dispatch_task_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'released'
       OR (NEW.order_id, NEW.petition_id, NEW.unit_id, NEW.kind, NEW.asked, NEW.entry_id, NEW.given_at, NEW.given_by_id)
          IS DISTINCT FROM
          (OLD.order_id, OLD.petition_id, OLD.unit_id, OLD.kind, OLD.asked, OLD.entry_id, OLD.given_at, OLD.given_by_id)
    THEN
        RAISE EXCEPTION 'task %: what was asked of whom stands', OLD.id
            USING ERRCODE = '23514', CONSTRAINT = 'dispatch_task_stands';
    END IF;
    IF OLD.due_at IS DISTINCT FROM NEW.due_at
       AND NOT kernel_clock_caused(NEW.id::text, 'joint.reply', OLD.due_at, NEW.due_at) THEN
        RAISE EXCEPTION 'task %: a date moves only with a recorded cause', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'dispatch_task_date_has_a_cause';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER dispatch_task_stands BEFORE UPDATE OR DELETE ON dispatch_jointtask
    FOR EACH ROW EXECUTE FUNCTION dispatch_task_stands();

CREATE FUNCTION dispatch_offer_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state <> 'offered'
       OR (NEW.order_id, NEW.petition_id, NEW.unit_id, NEW.to_unit_id, NEW.grounds, NEW.offered_at, NEW.offered_by_id)
          IS DISTINCT FROM
          (OLD.order_id, OLD.petition_id, OLD.unit_id, OLD.to_unit_id, OLD.grounds, OLD.offered_at, OLD.offered_by_id)
    THEN
        RAISE EXCEPTION 'offer %: what was offered and answered stands', OLD.id
            USING ERRCODE = '23514', CONSTRAINT = 'dispatch_offer_stands';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER dispatch_offer_stands BEFORE UPDATE OR DELETE ON dispatch_orderoffer
    FOR EACH ROW EXECUTE FUNCTION dispatch_offer_stands();
"""

UNGUARD = """
DROP TRIGGER dispatch_offer_stands ON dispatch_orderoffer;
DROP FUNCTION dispatch_offer_stands();
DROP TRIGGER dispatch_task_stands ON dispatch_jointtask;
DROP FUNCTION dispatch_task_stands();
DROP TRIGGER dispatch_lead_has_no_task ON dispatch_jointtask;
DROP FUNCTION dispatch_lead_has_no_task();
DROP TRIGGER dispatch_progress_needs_a_task ON dispatch_progress;
DROP FUNCTION dispatch_progress_needs_a_task();
"""

# They saw the order and reported on it, and nothing had been asked of them: that is how it stays.
PAST = """
INSERT INTO dispatch_jointtask (id, order_id, petition_id, unit_id, kind, version, state, asked, urgency, given_at,
                                changed_at, limit_unit, calendar_version, provisional, rung, reply, lacking, sent_back,
                                released_why, release_note)
SELECT gen_random_uuid(), o.id, o.petition_id, unit.id, 'referred', 1, 'given', '', o.urgency, o.assigned_at,
       o.assigned_at, '', 0, false, 0, '', '', 0, '', ''
FROM dispatch_workorder o JOIN organizations_unit unit ON unit.id = ANY(o.assists) AND unit.id <> o.unit_id
WHERE o.state NOT IN ('closed', 'returned', 'cancelled');
"""


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0010_joint_tasks"), ("kernel", "0004_clock_changes")]
    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunSQL(PAST, migrations.RunSQL.noop),
    ]
