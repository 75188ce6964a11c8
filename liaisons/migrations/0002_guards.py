"""What constraints cannot say: an assignment stands but for its end, and a visit lies inside it and stands whole."""

from django.db import migrations

ASSIGNMENTS = """
CREATE FUNCTION liaisons_assignment_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'liaisons_assignment_stands: of an assignment only the end is written, and only earlier'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'liaisons_assignment_stands';
END $$;

CREATE TRIGGER assignment_stands BEFORE UPDATE ON liaisons_assignment
    FOR EACH ROW WHEN (
        (NEW.id, NEW.user_id, NEW.unit_id, NEW.area_id, NEW.cell_id, NEW.place, NEW.valid_from, NEW.reason,
         NEW.assigned_by_id, NEW.assigned_at)
            IS DISTINCT FROM
        (OLD.id, OLD.user_id, OLD.unit_id, OLD.area_id, OLD.cell_id, OLD.place, OLD.valid_from, OLD.reason,
         OLD.assigned_by_id, OLD.assigned_at)
        OR coalesce(NEW.valid_until, 'infinity') > coalesce(OLD.valid_until, 'infinity')
    ) EXECUTE FUNCTION liaisons_assignment_stands();

CREATE TRIGGER assignment_kept BEFORE DELETE ON liaisons_assignment
    FOR EACH ROW EXECUTE FUNCTION liaisons_assignment_stands();
"""

UNASSIGNMENTS = """
DROP TRIGGER assignment_kept ON liaisons_assignment;
DROP TRIGGER assignment_stands ON liaisons_assignment;
DROP FUNCTION liaisons_assignment_stands();
"""

VISITS = """
CREATE FUNCTION liaisons_visit_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held liaisons_assignment;
    on_day date := (NEW.visited_at AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    -- The assignment's row is held, so that it does not end while somebody writes down what he saw.
    SELECT * INTO held FROM liaisons_assignment WHERE id = NEW.assignment_id FOR SHARE;
    IF left(NEW.place, length(held.place)) <> held.place OR NEW.user_id <> held.user_id OR NEW.unit_id <> held.unit_id
       OR NOT daterange(held.valid_from, held.valid_until) @> on_day THEN
        RAISE EXCEPTION 'liaisons_inside: a visit to % on % is none of this assignment', NEW.place, on_day
            USING ERRCODE = 'check_violation', CONSTRAINT = 'liaisons_inside';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER visit_fits BEFORE INSERT ON liaisons_visit FOR EACH ROW EXECUTE FUNCTION liaisons_visit_fits();
CREATE TRIGGER visit_stands BEFORE UPDATE OR DELETE ON liaisons_visit FOR EACH ROW EXECUTE FUNCTION kernel_refuse();
"""

UNVISITS = """
DROP TRIGGER visit_stands ON liaisons_visit;
DROP TRIGGER visit_fits ON liaisons_visit;
DROP FUNCTION liaisons_visit_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("liaisons", "0001_initial"), ("kernel", "0004_clock_changes")]
    operations = [migrations.RunSQL(ASSIGNMENTS, UNASSIGNMENTS), migrations.RunSQL(VISITS, UNVISITS)]
