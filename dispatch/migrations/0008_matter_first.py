"""The check of cooperating bodies reads the matter first, so that no plan for an empty table joins the whole list."""

from django.db import migrations

MATTER_FIRST = """
CREATE OR REPLACE FUNCTION dispatch_cooperating_entry(wanted bigint, petition uuid, place text, assigned timestamptz)
RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    body record;
    category_code text;
    matter bigint;
    on_day date := (assigned AT TIME ZONE 'Asia/Shanghai')::date;
    found text;
BEGIN
    SELECT unit.kind, unit.area_id INTO body FROM organizations_unit unit WHERE unit.id = wanted;
    IF body.kind NOT IN ('township', 'village') THEN
        RETURN NULL;
    END IF;
    SELECT the_case.category_id INTO category_code FROM petitions_petition the_case WHERE the_case.id = petition;
    SELECT category.matter_id INTO matter FROM petitions_category category WHERE category.code = category_code;
    IF matter IS NULL THEN
        RETURN NULL;
    END IF;
    WITH spoken AS MATERIALIZED (
        SELECT entry.code, entry.duty, entry.rule, entry.unit_id, entry.area_id
        FROM organizations_responsibilityentry entry
        WHERE entry.matter_id = matter
          AND entry.valid_from <= on_day AND (entry.valid_until IS NULL OR on_day < entry.valid_until)),
    around AS MATERIALIZED (
        SELECT spoken.code, spoken.duty, spoken.rule, spoken.unit_id,
               length(organizations_area_prefix(area.code, area.level)) AS narrow
        FROM spoken JOIN organizations_area area ON area.code = spoken.area_id
        WHERE starts_with(place, organizations_area_prefix(area.code, area.level)))
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
"""


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0007_replays")]
    operations = [migrations.RunSQL(MATTER_FIRST, migrations.RunSQL.noop)]
