"""A grid that ended stays as it was, and what became of it is written once."""

from django.db import migrations

GUARD = """
CREATE FUNCTION grids_keep_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a grid that ended is not changed any more' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'cell_ended_stays';
END $$;

CREATE TRIGGER grids_cell_ended BEFORE UPDATE OR DELETE ON grids_cell
    FOR EACH ROW WHEN (OLD.ends_on IS NOT NULL) EXECUTE FUNCTION grids_keep_ended();

CREATE FUNCTION grids_keep_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a change of grids stands as it was written' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'cellchange_stays';
END $$;

CREATE TRIGGER grids_cellchange_stays BEFORE UPDATE OR DELETE ON grids_cellchange
    FOR EACH ROW EXECUTE FUNCTION grids_keep_change();
CREATE TRIGGER grids_succession_stays BEFORE UPDATE OR DELETE ON grids_succession
    FOR EACH ROW EXECUTE FUNCTION grids_keep_change();
"""

UNGUARD = """
DROP TRIGGER grids_succession_stays ON grids_succession;
DROP TRIGGER grids_cellchange_stays ON grids_cellchange;
DROP FUNCTION grids_keep_change();
DROP TRIGGER grids_cell_ended ON grids_cell;
DROP FUNCTION grids_keep_ended();
"""


class Migration(migrations.Migration):
    dependencies = [("grids", "0005_changes")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
