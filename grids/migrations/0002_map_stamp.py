"""The stamp that indexes in memory compare with: renewed by the database itself whenever a cell changes."""

from django.db import migrations

STAMP = """
CREATE SEQUENCE grids_map_stamp;

CREATE FUNCTION grids_stamp_map() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A sequence never gives a number twice, not even after a rollback: a stamp seen once always means the same map.
    INSERT INTO grids_mapversion (id, stamp) VALUES (1, nextval('grids_map_stamp'))
        ON CONFLICT (id) DO UPDATE SET stamp = EXCLUDED.stamp;
    RETURN NULL;
END $$;

CREATE TRIGGER grids_cell_stamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON grids_cell
    FOR EACH STATEMENT EXECUTE FUNCTION grids_stamp_map();
"""

UNSTAMP = """
DROP TRIGGER grids_cell_stamp ON grids_cell;
DROP FUNCTION grids_stamp_map();
DROP SEQUENCE grids_map_stamp;
"""


class Migration(migrations.Migration):
    dependencies = [("grids", "0001_initial")]
    operations = [migrations.RunSQL(STAMP, UNSTAMP)]
