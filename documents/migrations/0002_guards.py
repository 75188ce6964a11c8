"""What was issued stays in the register as it was: append-only."""

from django.db import migrations

GUARD = """
CREATE FUNCTION documents_issued_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of document % is refused: the register is append-only', TG_OP, OLD.number
        USING ERRCODE = '42501';
END $$;

CREATE TRIGGER documents_issued_fixed BEFORE UPDATE OR DELETE ON documents_issued
    FOR EACH ROW EXECUTE FUNCTION documents_issued_stands();
"""

UNGUARD = """
DROP TRIGGER documents_issued_fixed ON documents_issued;
DROP FUNCTION documents_issued_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_register")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
