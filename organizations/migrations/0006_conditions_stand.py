"""A filing condition is ended and never rewritten; and who only cooperates in a matter can be asked of the database."""

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

# R4 (Shandong regulation on township duties, arts 4 and 19): true where the list names the unit, or the township or
# village of the place that it is, as cooperating in the matter and nowhere around the place as leading it.
ONLY_ASSISTS = """
CREATE FUNCTION organizations_only_assists(asked_matter bigint, place text, asked_unit bigint, on_day date)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(bool_or(duty = 'assist'), false) AND NOT coalesce(bool_or(duty = 'lead'), false)
    FROM organizations_responsibilityentry entry
    JOIN organizations_area area ON area.code = entry.area_id
    JOIN organizations_unit unit ON unit.id = asked_unit
    JOIN organizations_area home ON home.code = unit.area_id
    WHERE entry.matter_id = asked_matter
      AND starts_with(place, organizations_area_prefix(area.code, area.level))
      AND entry.valid_from <= on_day AND (entry.valid_until IS NULL OR entry.valid_until > on_day)
      AND (entry.unit_id = asked_unit
           OR (entry.rule = unit.kind || '_of_place'
               AND starts_with(place, organizations_area_prefix(home.code, home.level))))
$$;
"""

UNASSISTS = "DROP FUNCTION organizations_only_assists(bigint, text, bigint, date);"


class Migration(migrations.Migration):
    dependencies = [("organizations", "0005_filing_condition")]
    operations = [migrations.RunSQL(STANDS, UNSTANDS), migrations.RunSQL(ONLY_ASSISTS, UNASSISTS)]
