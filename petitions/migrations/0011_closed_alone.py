"""The tally counts as closed what is closed: a declined or withdrawn case has an end, and was counted among them."""

from django.db import migrations

CAME_TO_AN_END = "('closed', '', (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date)"
CLOSED = (
    "('closed', '', CASE WHEN p.state IN ('closed', 'archived')"
    " THEN (p.closed_at AT TIME ZONE 'Asia/Shanghai')::date END)"
)
KEY = "c.measure, p.county_code, p.township_code, p.village_code, c.state, c.day"
COLUMNS = "measure, county_code, township_code, village_code, state, day"


def counting(closed: str) -> str:
    """The function of the three triggers with what it counts as closed, and the count of it anew.

    Writers and the folding of the tally are held off until this transaction ends, so nothing falls in between.
    """
    counted = f"""CROSS JOIN LATERAL (VALUES
        ('state', p.state, NULL::date),
        ('filed', '', (p.filed_at AT TIME ZONE 'Asia/Shanghai')::date),
        ('accepted', '', (p.accepted_at AT TIME ZONE 'Asia/Shanghai')::date),
        {closed}) AS c (measure, state, day)
     WHERE (c.measure = 'state' OR c.day IS NOT NULL)"""
    return f"""
LOCK TABLE petitions_petition IN SHARE ROW EXCLUSIVE MODE;
LOCK TABLE petitions_tallydelta, petitions_tally IN EXCLUSIVE MODE;

CREATE OR REPLACE FUNCTION petitions_tallied() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO petitions_tallydelta ({COLUMNS}, n)
        SELECT {KEY}, count(*) FROM come p {counted} GROUP BY {KEY};
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO petitions_tallydelta ({COLUMNS}, n)
        SELECT {KEY}, -count(*) FROM gone p {counted} GROUP BY {KEY};
    ELSE
        INSERT INTO petitions_tallydelta ({COLUMNS}, n)
        SELECT {COLUMNS}, sum(n) FROM (
            SELECT {KEY}, 1 AS n FROM come p {counted}
            UNION ALL
            SELECT {KEY}, -1 AS n FROM gone p {counted}) AS moved
         GROUP BY {COLUMNS} HAVING sum(n) <> 0;
    END IF;
    RETURN NULL;
END $$;

DELETE FROM petitions_tallydelta WHERE measure = 'closed';
DELETE FROM petitions_tally WHERE measure = 'closed';
INSERT INTO petitions_tally ({COLUMNS}, n)
SELECT {KEY}, count(*) FROM petitions_petition p {counted} AND c.measure = 'closed' GROUP BY {KEY};
"""  # noqa: S608  (its parts are above)


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0010_counted_columns"),
    ]

    operations = [
        migrations.RunSQL(counting(CLOSED), counting(CAME_TO_AN_END)),
    ]
