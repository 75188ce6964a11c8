"""Words of petitions are found by pairs of neighbouring characters, numbers by their last digits."""

import django.contrib.postgres.indexes
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import petitions.models.words

# Runs of Latin letters, digits and Chinese characters give every pair of neighbours in them. Nothing in it depends on a
# locale, so that an index may be built on it.
BIGRAMS = """
CREATE FUNCTION bigrams(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_to_tsvector(array(
        SELECT DISTINCT substr(run.found[1], place, 2)
          FROM regexp_matches(lower(said COLLATE "C"), '[0-9a-z\u3400-\u4dbf\u4e00-\u9fff]{2,}', 'g') AS run (found),
               generate_series(1, length(run.found[1]) - 1) AS place))
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0011_enterprise_contact"),
        ("petitions", "0007_planned"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION bigrams(text)"),
        migrations.AddIndex(
            model_name="petition",
            index=django.contrib.postgres.indexes.GinIndex(
                petitions.models.words.Bigrams(models.F("title"), models.F("address"), models.F("description")),
                gin_pending_list_limit=512,
                name="petitions_words",
            ),
        ),
        migrations.AddIndex(
            model_name="petition",
            index=models.Index(
                django.db.models.functions.comparison.Collate(django.db.models.functions.text.Reverse("number"), "C"),
                name="petitions_number_tail",
            ),
        ),
    ]
