"""What constraints cannot say: a township that only cooperates never leads, nothing is returned without an upheld
objection, and an adjudication binds. Objections and first units of the orders there are already are written too."""

from django.db import migrations

# Shandong regulation on township duties, art. 19 (R4). The list is asked as it stood on the day of the order, by the
# rules of organizations.queries.responsible_for: the area of the smallest lead closes the list.
COOPERATES = """
CREATE FUNCTION dispatch_cooperating_entry(wanted bigint, petition uuid, place text, assigned timestamptz)
RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    body record;
    on_day date := (assigned AT TIME ZONE 'Asia/Shanghai')::date;
    found text;
BEGIN
    SELECT unit.kind, unit.area_id INTO body FROM organizations_unit unit WHERE unit.id = wanted;
    IF body.kind NOT IN ('township', 'village') THEN
        RETURN NULL;
    END IF;
    WITH around AS (
        SELECT entry.code, entry.duty, entry.rule, entry.unit_id,
               length(organizations_area_prefix(area.code, area.level)) AS narrow
        FROM petitions_petition the_case
        JOIN petitions_category category ON category.code = the_case.category_id
        JOIN organizations_responsibilityentry entry ON entry.matter_id = category.matter_id
        JOIN organizations_area area ON area.code = entry.area_id
        WHERE the_case.id = petition
          AND starts_with(place, organizations_area_prefix(area.code, area.level))
          AND entry.valid_from <= on_day AND (entry.valid_until IS NULL OR on_day < entry.valid_until))
    SELECT assistant.code INTO found
    FROM around assistant
    WHERE assistant.duty = 'assist'
      AND (assistant.unit_id = wanted
           OR (assistant.rule = 'township_of_place' AND body.kind = 'township'
               AND length(place) >= 9 AND body.area_id = rpad(left(place, 9), 12, '0'))
           OR (assistant.rule = 'village_of_place' AND body.kind = 'village'
               AND length(place) >= 12 AND body.area_id = left(place, 12)))
      AND NOT EXISTS (SELECT FROM around lead WHERE lead.duty = 'lead' AND lead.narrow > assistant.narrow)
    LIMIT 1;
    RETURN found;
END $$;

CREATE FUNCTION dispatch_cooperating_never_leads() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    entry text := dispatch_cooperating_entry(NEW.unit_id, NEW.petition_id, NEW.place, NEW.assigned_at);
BEGIN
    IF entry IS NOT NULL THEN
        RAISE EXCEPTION 'order %: row % of the list lets this body only cooperate', NEW.id, entry
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_cooperating_never_leads';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER dispatch_cooperating_never_leads BEFORE INSERT OR UPDATE OF unit_id, petition_id ON dispatch_workorder
    FOR EACH ROW EXECUTE FUNCTION dispatch_cooperating_never_leads();
"""

UNCOOPERATES = """
DROP TRIGGER dispatch_cooperating_never_leads ON dispatch_workorder;
DROP FUNCTION dispatch_cooperating_never_leads();
DROP FUNCTION dispatch_cooperating_entry(bigint, uuid, text, timestamptz);
"""

BINDS = """
CREATE FUNCTION dispatch_ruling_binds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named bigint;
BEGIN
    SELECT objection.named_unit_id INTO named FROM dispatch_objection objection
    WHERE objection.petition_id = NEW.petition_id AND objection.round = NEW.round AND objection.turn = 2
      AND objection.outcome IN ('upheld', 'refused');
    IF named IS NOT NULL AND (TG_OP = 'INSERT' AND NEW.unit_id <> named OR NEW.state IN ('returning', 'disputed')) THEN
        RAISE EXCEPTION 'order %: an adjudication has named unit %, which binds', NEW.id, named
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_ruling_binds';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.state = 'returned' AND NOT EXISTS (
        SELECT FROM dispatch_objection objection WHERE objection.order_id = NEW.id AND objection.outcome = 'upheld')
    THEN
        RAISE EXCEPTION 'order %: returned without an objection that was upheld', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_returned_by_ruling';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER dispatch_ruling_binds_new BEFORE INSERT ON dispatch_workorder
    FOR EACH ROW EXECUTE FUNCTION dispatch_ruling_binds();
CREATE TRIGGER dispatch_ruling_binds BEFORE UPDATE OF state ON dispatch_workorder
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state
                       AND NEW.state IN ('returning', 'disputed', 'returned'))
    EXECUTE FUNCTION dispatch_ruling_binds();

-- What was said stands, and what was ruled too.
CREATE FUNCTION dispatch_objection_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.outcome <> 'open'
       OR (NEW.order_id, NEW.petition_id, NEW.round, NEW.turn, NEW.unit_id, NEW.reason_id, NEW.note, NEW.by_id, NEW.at)
          IS DISTINCT FROM
          (OLD.order_id, OLD.petition_id, OLD.round, OLD.turn, OLD.unit_id, OLD.reason_id, OLD.note, OLD.by_id, OLD.at)
    THEN
        RAISE EXCEPTION 'objection %: what was said and ruled stands', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_objection_stands';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER dispatch_objection_stands BEFORE UPDATE OR DELETE ON dispatch_objection
    FOR EACH ROW EXECUTE FUNCTION dispatch_objection_stands();
"""

UNBINDS = """
DROP TRIGGER dispatch_objection_stands ON dispatch_objection;
DROP FUNCTION dispatch_objection_stands();
DROP TRIGGER dispatch_ruling_binds ON dispatch_workorder;
DROP TRIGGER dispatch_ruling_binds_new ON dispatch_workorder;
DROP FUNCTION dispatch_ruling_binds();
"""

# Before this release the centre ruled on every return; the grounds of a refusal stood where those of the unit had been.
PAST = """
INSERT INTO dispatch_objection (order_id, petition_id, round, turn, unit_id, reason_id, note, by_id, at, outcome, ruling,
                                basis, named_unit_id, ruled_by_id, ruled_at)
SELECT o.id, o.petition_id, o.round, 1, o.unit_id, o.return_reason_id,
       CASE WHEN o.bound THEN '' ELSE o.return_note END, NULL, coalesce(said.occurred_at, o.changed_at),
       CASE WHEN o.state = 'returned' THEN 'upheld' WHEN o.state = 'returning' THEN 'open'
            WHEN o.bound THEN 'refused' ELSE 'lapsed' END,
       CASE WHEN o.bound THEN o.return_note ELSE '' END, '', NULL, NULL,
       CASE WHEN o.state <> 'returning' THEN coalesce(o.ended_at, o.changed_at) END
FROM (SELECT DISTINCT ON (petition_id, round) * FROM dispatch_workorder
      WHERE return_reason_id IS NOT NULL ORDER BY petition_id, round, assigned_at) o
LEFT JOIN LATERAL (SELECT min(occurred_at) AS occurred_at FROM kernel_event
                   WHERE case_id = o.petition_id AND name = 'order.return_requested' AND subject_id = o.id::text) said
       ON true;

INSERT INTO dispatch_firstunit (petition_id, place, category, entry, reason, first_unit_id, last_unit_id, first_at)
SELECT DISTINCT ON (o.petition_id) o.petition_id, o.place, coalesce(the_case.category_id, ''),
       coalesce(o.decision ->> 'entry', ''), o.reason, o.unit_id,
       (SELECT last.unit_id FROM dispatch_workorder last WHERE last.petition_id = o.petition_id
         ORDER BY last.assigned_at DESC, last.id DESC LIMIT 1),
       o.assigned_at
FROM dispatch_workorder o JOIN petitions_petition the_case ON the_case.id = o.petition_id
ORDER BY o.petition_id, o.assigned_at, o.id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0005_objections"),
        ("organizations", "0003_lead_check_by_matter"),
        ("petitions", "0004_condition"),
        ("kernel", "0003_lanes"),
    ]
    operations = [
        migrations.RunSQL(COOPERATES, UNCOOPERATES),
        migrations.RunSQL(BINDS, UNBINDS),
        migrations.RunSQL(PAST, migrations.RunSQL.noop),
    ]
