"""The register is not emptied either, and its guards stand where others are left out, as while a copy is applied."""

from django.db import migrations

KEPT = """
CREATE TRIGGER documents_issued_kept BEFORE TRUNCATE ON documents_issued
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse();
ALTER TABLE documents_issued ENABLE ALWAYS TRIGGER documents_issued_kept;
ALTER TABLE documents_issued ENABLE ALWAYS TRIGGER documents_issued_fixed;
"""

UNKEPT = """
ALTER TABLE documents_issued ENABLE TRIGGER documents_issued_fixed;
DROP TRIGGER documents_issued_kept ON documents_issued;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_guards"), ("kernel", "0002_chain_and_fences")]

    operations = [migrations.RunSQL(KEPT, UNKEPT)]
