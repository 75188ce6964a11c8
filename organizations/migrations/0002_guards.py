"""What constraints cannot say: cycles of superiors, assisting bodies that lead, and the stamp that caches compare with."""

from django.db import migrations

STAMP = """
CREATE SEQUENCE organizations_list_stamp;

CREATE FUNCTION organizations_stamp_list() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A sequence never gives a number twice, not even after a rollback: a stamp seen once always means the same rows.
    INSERT INTO organizations_listversion (id, stamp) VALUES (1, nextval('organizations_list_stamp'))
        ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp;
    RETURN NULL;
END $$;

CREATE TRIGGER organizations_area_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON organizations_area
    FOR EACH STATEMENT EXECUTE FUNCTION organizations_stamp_list();
CREATE TRIGGER organizations_unit_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON organizations_unit
    FOR EACH STATEMENT EXECUTE FUNCTION organizations_stamp_list();
CREATE TRIGGER organizations_entry_stamp
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON organizations_responsibilityentry
    FOR EACH STATEMENT EXECUTE FUNCTION organizations_stamp_list();
"""

UNSTAMP = """
DROP TRIGGER organizations_area_stamp ON organizations_area;
DROP TRIGGER organizations_unit_stamp ON organizations_unit;
DROP TRIGGER organizations_entry_stamp ON organizations_responsibilityentry;
DROP FUNCTION organizations_stamp_list();
DROP SEQUENCE organizations_list_stamp;
"""

SUPERIORS = """
CREATE FUNCTION organizations_no_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE chain(id) AS (
            SELECT NEW.superior_id
            UNION
            SELECT unit.superior_id FROM organizations_unit unit JOIN chain ON unit.id = chain.id
        )
        SELECT FROM chain WHERE id = NEW.id
    ) THEN
        RAISE EXCEPTION 'unit_superiors_end: unit % would be its own superior', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_superiors_end';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER unit_superiors_end AFTER INSERT OR UPDATE OF superior_id ON organizations_unit
    FOR EACH ROW WHEN (NEW.superior_id IS NOT NULL) EXECUTE FUNCTION organizations_no_cycle();
"""

UNSUPERIORS = """
DROP TRIGGER unit_superiors_end ON organizations_unit;
DROP FUNCTION organizations_no_cycle();
"""

# A body that assists in a matter never leads it where the two entries overlap in ground and time. The same body may be
# named in three ways: outright, by the rule of its level, or by both entries using that rule.
LEADS = """
CREATE FUNCTION organizations_area_prefix(code text, level text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT left(code, CASE level WHEN 'province' THEN 2 WHEN 'city' THEN 4 WHEN 'county' THEN 6
                                 WHEN 'township' THEN 9 ELSE 12 END)
$$;

CREATE FUNCTION organizations_nested(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT starts_with(one, other) OR starts_with(other, one)
$$;

CREATE VIEW organizations_entry_ground AS
SELECT entry.id, entry.code, entry.matter_id, entry.duty, entry.unit_id,
       daterange(entry.valid_from, entry.valid_until) AS period,
       organizations_area_prefix(area.code, area.level) AS ground,
       CASE WHEN entry.rule = 'unit' THEN unit.level ELSE split_part(entry.rule, '_', 1) END AS tier,
       CASE WHEN entry.rule = 'unit' THEN organizations_area_prefix(home.code, home.level)
            ELSE organizations_area_prefix(area.code, area.level) END AS seat,
       entry.rule <> 'unit' OR unit.kind IN ('township', 'village', 'command_center') AS territorial
FROM organizations_responsibilityentry entry
JOIN organizations_area area ON area.code = entry.area_id
LEFT JOIN organizations_unit unit ON unit.id = entry.unit_id
LEFT JOIN organizations_area home ON home.code = unit.area_id;

CREATE FUNCTION organizations_assistant_never_leads() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    other text;
BEGIN
    SELECT theirs.code INTO other
    FROM organizations_entry_ground ours
    JOIN organizations_entry_ground theirs
      ON theirs.matter_id = ours.matter_id AND theirs.duty <> ours.duty
     AND theirs.period && ours.period AND organizations_nested(theirs.ground, ours.ground)
     AND (theirs.unit_id = ours.unit_id
          OR (ours.territorial AND theirs.territorial AND ours.tier = theirs.tier
              AND ours.tier IN ('township', 'village') AND organizations_nested(ours.seat, theirs.seat)))
    WHERE ours.id = NEW.id
    LIMIT 1;
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'responsibility_assistant_never_leads: entries % and % give one body both duties of a matter',
            NEW.code, other
            USING ERRCODE = 'check_violation', CONSTRAINT = 'responsibility_assistant_never_leads';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER responsibility_assistant_never_leads
    AFTER INSERT OR UPDATE ON organizations_responsibilityentry
    FOR EACH ROW EXECUTE FUNCTION organizations_assistant_never_leads();
"""

UNLEADS = """
DROP TRIGGER responsibility_assistant_never_leads ON organizations_responsibilityentry;
DROP FUNCTION organizations_assistant_never_leads();
DROP VIEW organizations_entry_ground;
DROP FUNCTION organizations_nested(text, text);
DROP FUNCTION organizations_area_prefix(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]
    operations = [
        migrations.RunSQL(STAMP, UNSTAMP),
        migrations.RunSQL(SUPERIORS, UNSUPERIORS),
        migrations.RunSQL(LEADS, UNLEADS),
    ]
