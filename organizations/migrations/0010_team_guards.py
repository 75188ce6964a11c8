"""What constraints cannot say of teams: whose they are, whence their people come, and that a period given stands."""

from django.db import migrations

TEAMS = """
CREATE FUNCTION organizations_team_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM organizations_unit WHERE id = NEW.township_id AND kind = 'township') THEN
        RAISE EXCEPTION 'team_of_a_township: team % is not a township''s', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'team_of_a_township';
    END IF;
    IF EXISTS (
        SELECT FROM organizations_membership member
         WHERE member.team_id = NEW.id
           AND NOT daterange(member.valid_from, member.valid_until) <@ daterange(NEW.valid_from, NEW.valid_until)
    ) THEN
        RAISE EXCEPTION 'membership_inside_team: somebody is in team % for longer', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_inside_team';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER team_fits AFTER INSERT OR UPDATE ON organizations_team
    FOR EACH ROW EXECUTE FUNCTION organizations_team_fits();
"""

UNTEAMS = """
DROP TRIGGER team_fits ON organizations_team;
DROP FUNCTION organizations_team_fits();
"""

MEMBERS = """
CREATE FUNCTION organizations_member_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    period daterange;
BEGIN
    IF NOT EXISTS (
        SELECT FROM organizations_unit WHERE id = NEW.home_id AND kind IN ('department', 'stationed_agency')
    ) THEN
        RAISE EXCEPTION 'membership_from_department: unit % posts nobody down', NEW.home_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_from_department';
    END IF;
    -- The team's row is held, so that it does not end while somebody joins it.
    SELECT daterange(valid_from, valid_until) INTO period FROM organizations_team WHERE id = NEW.team_id FOR SHARE;
    IF NOT daterange(NEW.valid_from, NEW.valid_until) <@ period THEN
        RAISE EXCEPTION 'membership_inside_team: the team does not exist for that long'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_inside_team';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER member_fits BEFORE INSERT ON organizations_membership
    FOR EACH ROW EXECUTE FUNCTION organizations_member_fits();

CREATE FUNCTION organizations_member_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'membership_stands: of a posting to a team only the end is written, and only earlier'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_stands';
END $$;

CREATE TRIGGER member_stands BEFORE UPDATE ON organizations_membership
    FOR EACH ROW WHEN (
        (NEW.id, NEW.team_id, NEW.user_id, NEW.home_id, NEW.valid_from)
            IS DISTINCT FROM (OLD.id, OLD.team_id, OLD.user_id, OLD.home_id, OLD.valid_from)
        OR coalesce(NEW.valid_until, 'infinity') > coalesce(OLD.valid_until, 'infinity')
    ) EXECUTE FUNCTION organizations_member_stands();

CREATE TRIGGER member_kept BEFORE DELETE ON organizations_membership
    FOR EACH ROW EXECUTE FUNCTION organizations_member_stands();
"""

UNMEMBERS = """
DROP TRIGGER member_kept ON organizations_membership;
DROP TRIGGER member_stands ON organizations_membership;
DROP FUNCTION organizations_member_stands();
DROP TRIGGER member_fits ON organizations_membership;
DROP FUNCTION organizations_member_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("organizations", "0009_teams")]
    operations = [migrations.RunSQL(TEAMS, UNTEAMS), migrations.RunSQL(MEMBERS, UNMEMBERS)]
