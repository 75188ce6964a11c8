"""The running tally: two tables, the trigger that writes every change, and the count of what there is already."""

from django.db import migrations, models

# What one petition adds to the tally. A day is one on the clock of the office.
COUNTED = """CROSS JOIN LATERAL (VALUES
        ('state', p.state, NULL::date),
        ('filed', '', (p.filed_at AT TIME ZONE 'Asia/Shanghai')::date),
        ('accepted', '', (p.accepted_at AT TIME ZONE 'Asia/Shanghai')::date),
        ('closed', '', (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date)) AS c (measure, state, day)
     WHERE c.measure = 'state' OR c.day IS NOT NULL"""
KEY = "c.measure, p.county_code, p.township_code, p.village_code, c.state, c.day"
COLUMNS = "measure, county_code, township_code, village_code, state, day"
# One function for three triggers: of its statements only those run whose tables the trigger brings along.
# What a statement did not move comes and goes, which makes nothing; no join that a plan made for one row would spoil.
TRIGGER = f"""
CREATE FUNCTION petitions_tallied() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO petitions_tallydelta ({COLUMNS}, n)
        SELECT {KEY}, count(*) FROM come p {COUNTED} GROUP BY {KEY};
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO petitions_tallydelta ({COLUMNS}, n)
        SELECT {KEY}, -count(*) FROM gone p {COUNTED} GROUP BY {KEY};
    ELSE
        INSERT INTO petitions_tallydelta ({COLUMNS}, n)
        SELECT {COLUMNS}, sum(n) FROM (
            SELECT {KEY}, 1 AS n FROM come p {COUNTED}
            UNION ALL
            SELECT {KEY}, -1 AS n FROM gone p {COUNTED}) AS moved
         GROUP BY {COLUMNS} HAVING sum(n) <> 0;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION petitions_untallied() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM petitions_tallydelta;
    DELETE FROM petitions_tally;
    RETURN NULL;
END $$;

CREATE TRIGGER petitions_tally_come AFTER INSERT ON petitions_petition
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION petitions_tallied();
CREATE TRIGGER petitions_tally_moved AFTER UPDATE ON petitions_petition
    REFERENCING OLD TABLE AS gone NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION petitions_tallied();
CREATE TRIGGER petitions_tally_gone AFTER DELETE ON petitions_petition
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION petitions_tallied();
CREATE TRIGGER petitions_tally_emptied AFTER TRUNCATE ON petitions_petition
    FOR EACH STATEMENT EXECUTE FUNCTION petitions_untallied();
"""  # noqa: S608  (its parts are above)
# The triggers hold writers off until this transaction ends, so nothing falls between them and the count.
COUNT = f"""
INSERT INTO petitions_tally ({COLUMNS}, n)
SELECT {KEY}, count(*) FROM petitions_petition p {COUNTED} GROUP BY {KEY};
"""  # noqa: S608  (its parts are above)
UNDO = """
DROP TRIGGER petitions_tally_come ON petitions_petition;
DROP TRIGGER petitions_tally_moved ON petitions_petition;
DROP TRIGGER petitions_tally_gone ON petitions_petition;
DROP TRIGGER petitions_tally_emptied ON petitions_petition;
DROP FUNCTION petitions_tallied();
DROP FUNCTION petitions_untallied();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0008_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="TallyDelta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("filed", "Filed"),
                            ("accepted", "Accepted"),
                            ("closed", "Closed"),
                        ],
                        max_length=8,
                    ),
                ),
                ("county_code", models.CharField(blank=True, db_collation="C", max_length=6)),
                ("township_code", models.CharField(blank=True, db_collation="C", max_length=9)),
                ("village_code", models.CharField(blank=True, db_collation="C", max_length=12)),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("filed", "Awaiting acceptance"),
                            ("waiting", "Awaiting information"),
                            ("accepted", "Accepted"),
                            ("dispatched", "Being handled"),
                            ("handled", "Awaiting verification"),
                            ("verified", "Awaiting rating"),
                            ("closed", "Closed"),
                            ("archived", "Archived"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("joined", "Joined to another"),
                            ("planned", "Handled by a plan of steps"),
                        ],
                        max_length=12,
                    ),
                ),
                ("day", models.DateField(blank=True, null=True)),
                ("n", models.IntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("filed", "Filed"),
                            ("accepted", "Accepted"),
                            ("closed", "Closed"),
                        ],
                        max_length=8,
                    ),
                ),
                ("county_code", models.CharField(blank=True, db_collation="C", max_length=6)),
                ("township_code", models.CharField(blank=True, db_collation="C", max_length=9)),
                ("village_code", models.CharField(blank=True, db_collation="C", max_length=12)),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("filed", "Awaiting acceptance"),
                            ("waiting", "Awaiting information"),
                            ("accepted", "Accepted"),
                            ("dispatched", "Being handled"),
                            ("handled", "Awaiting verification"),
                            ("verified", "Awaiting rating"),
                            ("closed", "Closed"),
                            ("archived", "Archived"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("joined", "Joined to another"),
                            ("planned", "Handled by a plan of steps"),
                        ],
                        max_length=12,
                    ),
                ),
                ("day", models.DateField(blank=True, null=True)),
                ("n", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "day", "county_code", "township_code", "village_code", "state"),
                        name="petitions_tally_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, UNDO),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
