"""What was promised stands: first days, what counts as done, filed reports, decided changes, published bulletins."""

from django.db import migrations

GUARD = """
CREATE FUNCTION projects_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it stands', TG_OP, TG_TABLE_NAME
        USING ERRCODE = '23514', CONSTRAINT = TG_NAME;
END $$;

CREATE TRIGGER projects_project_fixed BEFORE UPDATE ON projects_project
    FOR EACH ROW WHEN (
        OLD.begun_at IS NOT NULL AND (
            NEW.plan_id, NEW.batch_id, NEW.group_id, NEW.code, NEW.name, NEW.kind, NEW.place, NEW.owner_id,
            NEW.starts_on, NEW.ends_on, NEW.done_means, NEW.begun_at
        ) IS DISTINCT FROM (
            OLD.plan_id, OLD.batch_id, OLD.group_id, OLD.code, OLD.name, OLD.kind, OLD.place, OLD.owner_id,
            OLD.starts_on, OLD.ends_on, OLD.done_means, OLD.begun_at
        ) OR OLD.state IN ('done', 'ended') AND NEW IS DISTINCT FROM OLD
    ) EXECUTE FUNCTION projects_stands();
CREATE TRIGGER projects_project_kept BEFORE DELETE ON projects_project
    FOR EACH ROW EXECUTE FUNCTION projects_stands();

-- What was promised first is never lost, and a milestone that is confirmed stays confirmed.
CREATE TRIGGER projects_milestone_fixed BEFORE UPDATE ON projects_milestone
    FOR EACH ROW WHEN (
        (NEW.project_id, NEW.number, NEW.name, NEW.weight, NEW.first_due)
            IS DISTINCT FROM (OLD.project_id, OLD.number, OLD.name, OLD.weight, OLD.first_due)
        OR OLD.state = 'confirmed' AND NEW IS DISTINCT FROM OLD
    ) EXECUTE FUNCTION projects_stands();
CREATE TRIGGER projects_milestone_kept BEFORE DELETE ON projects_milestone
    FOR EACH ROW EXECUTE FUNCTION projects_stands();

-- A day moves only by a granted change to that very day; the change is decided in the same transaction.
CREATE FUNCTION projects_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.moved <> OLD.moved + 1 OR NOT EXISTS (
        SELECT FROM projects_datechange
         WHERE milestone_id = NEW.id AND granted AND from_day = OLD.due_on AND to_day = NEW.due_on) THEN
        RAISE EXCEPTION 'the day of a milestone moves by a granted change only'
            USING ERRCODE = '23514', CONSTRAINT = 'projects_milestone_moves_by_grant';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER projects_milestone_moves BEFORE UPDATE ON projects_milestone
    FOR EACH ROW WHEN (NEW.due_on IS DISTINCT FROM OLD.due_on OR NEW.moved IS DISTINCT FROM OLD.moved)
    EXECUTE FUNCTION projects_move();

CREATE TRIGGER projects_datechange_fixed BEFORE UPDATE ON projects_datechange
    FOR EACH ROW WHEN (
        OLD.granted IS NOT NULL
        OR (NEW.milestone_id, NEW.from_day, NEW.to_day, NEW.reason, NEW.asked_at, NEW.asked_by_id)
            IS DISTINCT FROM (OLD.milestone_id, OLD.from_day, OLD.to_day, OLD.reason, OLD.asked_at, OLD.asked_by_id)
    ) EXECUTE FUNCTION projects_stands();
CREATE TRIGGER projects_datechange_kept BEFORE DELETE ON projects_datechange
    FOR EACH ROW EXECUTE FUNCTION projects_stands();

-- A report is filed once; that it was missing stays; the remark of the dispatch may be written beside it.
CREATE TRIGGER projects_monthreport_fixed BEFORE UPDATE ON projects_monthreport
    FOR EACH ROW WHEN (
        OLD.filed_at IS NOT NULL AND (
            NEW.done, NEW.percent, NEW.obstacles, NEW.wanted, NEW.wanted_unit_id, NEW.filed_at, NEW.filed_by_id
        ) IS DISTINCT FROM (
            OLD.done, OLD.percent, OLD.obstacles, OLD.wanted, OLD.wanted_unit_id, OLD.filed_at, OLD.filed_by_id
        ) OR OLD.missed_at IS NOT NULL AND NEW.missed_at IS DISTINCT FROM OLD.missed_at
    ) EXECUTE FUNCTION projects_stands();
CREATE TRIGGER projects_month_fixed BEFORE UPDATE ON projects_month
    FOR EACH ROW WHEN (OLD.state = 'held' AND NEW IS DISTINCT FROM OLD) EXECUTE FUNCTION projects_stands();

CREATE TRIGGER projects_bulletin_stands BEFORE UPDATE OR DELETE ON projects_bulletin
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION projects_stands();
CREATE FUNCTION projects_bulletin_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    concerned uuid[];
BEGIN
    concerned := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.bulletin_id] WHEN 'DELETE' THEN ARRAY[OLD.bulletin_id]
                            ELSE ARRAY[OLD.bulletin_id, NEW.bulletin_id] END;
    IF EXISTS (SELECT FROM projects_bulletin WHERE id = ANY(concerned) AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION '% is refused: the bulletin of this row is published', TG_OP
            USING ERRCODE = '23514', CONSTRAINT = 'projects_bulletin_stands';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER projects_bulletinrow_stands BEFORE INSERT OR UPDATE OR DELETE ON projects_bulletinrow
    FOR EACH ROW EXECUTE FUNCTION projects_bulletin_row();
"""

UNGUARD = """
DROP TRIGGER projects_bulletinrow_stands ON projects_bulletinrow;
DROP FUNCTION projects_bulletin_row();
DROP TRIGGER projects_bulletin_stands ON projects_bulletin;
DROP TRIGGER projects_month_fixed ON projects_month;
DROP TRIGGER projects_monthreport_fixed ON projects_monthreport;
DROP TRIGGER projects_datechange_kept ON projects_datechange;
DROP TRIGGER projects_datechange_fixed ON projects_datechange;
DROP TRIGGER projects_milestone_moves ON projects_milestone;
DROP FUNCTION projects_move();
DROP TRIGGER projects_milestone_kept ON projects_milestone;
DROP TRIGGER projects_milestone_fixed ON projects_milestone;
DROP TRIGGER projects_project_kept ON projects_project;
DROP TRIGGER projects_project_fixed ON projects_project;
DROP FUNCTION projects_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
