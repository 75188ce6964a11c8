"""What constraints cannot say: acts and versions stand, drafts that are decided are closed, and signatures are real."""

from django.db import migrations

STANDS = """
CREATE FUNCTION registry_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the registry is written once', TG_OP, TG_TABLE_NAME
        USING ERRCODE = '42501', CONSTRAINT = 'registry_stands';
END $$;

CREATE FUNCTION registry_version_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.valid_until IS NULL AND NEW.valid_until IS NOT NULL
       AND to_jsonb(NEW) - 'valid_until' = to_jsonb(OLD) - 'valid_until' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'version % of item % is ended, not rewritten', OLD.number, OLD.item_id
        USING ERRCODE = '42501', CONSTRAINT = 'registry_stands';
END $$;

CREATE FUNCTION registry_item_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'version' - 'unit_id' = to_jsonb(OLD) - 'version' - 'unit_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'item % keeps its code, list, matter and area', OLD.code
        USING ERRCODE = '42501', CONSTRAINT = 'registry_stands';
END $$;

CREATE TRIGGER registry_act_stands BEFORE UPDATE OR DELETE ON registry_act
    FOR EACH ROW EXECUTE FUNCTION registry_stands();
CREATE TRIGGER registry_cooperation_stands BEFORE UPDATE OR DELETE ON registry_cooperation
    FOR EACH ROW EXECUTE FUNCTION registry_stands();
CREATE TRIGGER registry_version_stands BEFORE DELETE ON registry_itemversion
    FOR EACH ROW EXECUTE FUNCTION registry_stands();
CREATE TRIGGER registry_version_ends BEFORE UPDATE ON registry_itemversion
    FOR EACH ROW EXECUTE FUNCTION registry_version_ends();
CREATE TRIGGER registry_item_stays BEFORE DELETE ON registry_item
    FOR EACH ROW EXECUTE FUNCTION registry_stands();
CREATE TRIGGER registry_item_stands BEFORE UPDATE ON registry_item
    FOR EACH ROW EXECUTE FUNCTION registry_item_stands();
"""

UNSTANDS = """
DROP TRIGGER registry_act_stands ON registry_act;
DROP TRIGGER registry_cooperation_stands ON registry_cooperation;
DROP TRIGGER registry_version_stands ON registry_itemversion;
DROP TRIGGER registry_version_ends ON registry_itemversion;
DROP TRIGGER registry_item_stays ON registry_item;
DROP TRIGGER registry_item_stands ON registry_item;
DROP FUNCTION registry_item_stands();
DROP FUNCTION registry_version_ends();
DROP FUNCTION registry_stands();
"""

DRAFTS = """
CREATE FUNCTION registry_draft_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'draft % is %: it stands', OLD.number, OLD.state
        USING ERRCODE = '42501', CONSTRAINT = 'registry_draft_closed';
END $$;

CREATE TRIGGER registry_draft_closed BEFORE UPDATE OR DELETE ON registry_draft
    FOR EACH ROW WHEN (OLD.state IN ('approved', 'refused', 'discarded')) EXECUTE FUNCTION registry_draft_closed();

CREATE FUNCTION registry_line_of_open_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed text;
BEGIN
    SELECT number INTO closed FROM registry_draft
     WHERE id IN (CASE WHEN TG_OP <> 'DELETE' THEN NEW.draft_id END, CASE WHEN TG_OP <> 'INSERT' THEN OLD.draft_id END)
       AND state <> 'preparing' LIMIT 1;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION '% is refused: draft % is no longer being prepared', TG_OP, closed
            USING ERRCODE = '42501', CONSTRAINT = 'registry_draft_closed';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER registry_line_of_open_draft BEFORE INSERT OR UPDATE OR DELETE ON registry_draftline
    FOR EACH ROW EXECUTE FUNCTION registry_line_of_open_draft();
"""

UNDRAFTS = """
DROP TRIGGER registry_line_of_open_draft ON registry_draftline;
DROP TRIGGER registry_draft_closed ON registry_draft;
DROP FUNCTION registry_line_of_open_draft();
DROP FUNCTION registry_draft_closed();
"""

# A version fits its item, and comes from a paper that is signed: an approved draft, or a hand-over with both signatures.
VERSIONS = """
CREATE FUNCTION registry_version_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    thing registry_item%ROWTYPE;
    lead_kind text;
    wanted_role text;
BEGIN
    SELECT * INTO thing FROM registry_item WHERE id = NEW.item_id;
    IF thing.matter_id IS DISTINCT FROM NEW.matter_id OR thing.area_id <> NEW.area_id THEN
        RAISE EXCEPTION 'item %: matter and area are those of the item', thing.code
            USING ERRCODE = '23514', CONSTRAINT = 'registry_version_fits_item';
    END IF;
    IF thing.unit_id IS NOT NULL AND thing.unit_id IS DISTINCT FROM NEW.lead_unit_id THEN
        RAISE EXCEPTION 'item %: whose it is leads it', thing.code
            USING ERRCODE = '23514', CONSTRAINT = 'registry_version_fits_item';
    END IF;
    wanted_role := CASE thing.part WHEN 'basic' THEN 'lead' WHEN 'assisting' THEN 'assist' WHEN 'withdrawn' THEN 'none' END;
    IF wanted_role <> NEW.township_role THEN
        RAISE EXCEPTION 'item %: its part of the township list makes the township %', thing.code, wanted_role
            USING ERRCODE = '23514', CONSTRAINT = 'registry_version_fits_part';
    END IF;
    SELECT kind INTO lead_kind FROM organizations_unit WHERE id = NEW.lead_unit_id;
    IF NEW.lead_rule = 'unit' AND (lead_kind = 'township') <> (NEW.township_role = 'lead') THEN
        RAISE EXCEPTION 'item %: a township leads exactly where its role is to lead', thing.code
            USING ERRCODE = '23514', CONSTRAINT = 'registry_cooperating_township_never_leads';
    END IF;
    IF NEW.draft_line_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM registry_draftline line JOIN registry_draft draft ON draft.id = line.draft_id
         WHERE line.id = NEW.draft_line_id AND draft.state = 'approved' AND line.item_code = thing.code
    ) THEN
        RAISE EXCEPTION 'item %: the draft of this version is not approved', thing.code
            USING ERRCODE = '23514', CONSTRAINT = 'registry_version_approved';
    END IF;
    IF NEW.hand_over_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM registry_handover handed
         WHERE handed.id = NEW.hand_over_id AND handed.state = 'effective' AND handed.item_id = NEW.item_id
           AND handed.to_unit_id = NEW.lead_unit_id
    ) THEN
        RAISE EXCEPTION 'item %: this hand-over is not signed by both sides', thing.code
            USING ERRCODE = '23514', CONSTRAINT = 'registry_version_approved';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER registry_version_fits BEFORE INSERT ON registry_itemversion
    FOR EACH ROW EXECUTE FUNCTION registry_version_fits();

CREATE FUNCTION registry_cooperation_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM registry_itemversion version LEFT JOIN organizations_unit unit ON unit.id = NEW.unit_id
         WHERE version.id = NEW.version_id
           AND (version.lead_unit_id = NEW.unit_id
                OR (version.lead_rule = NEW.rule AND NEW.rule <> 'unit')
                OR version.lead_rule = unit.kind || '_of_place')
    ) THEN
        RAISE EXCEPTION 'a body both leads and cooperates'
            USING ERRCODE = '23514', CONSTRAINT = 'registry_assistant_never_leads';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER registry_cooperation_fits BEFORE INSERT ON registry_cooperation
    FOR EACH ROW EXECUTE FUNCTION registry_cooperation_fits();
"""

UNVERSIONS = """
DROP TRIGGER registry_cooperation_fits ON registry_cooperation;
DROP TRIGGER registry_version_fits ON registry_itemversion;
DROP FUNCTION registry_cooperation_fits();
DROP FUNCTION registry_version_fits();
"""

# Nothing enters a township's or village's list by another way than the founding and an admission (准入). A duty is new
# where the version before gave the body no such duty, or only that of cooperating where it now leads.
ADMISSION = """
CREATE VIEW registry_local_duty AS
SELECT version.id AS version_id, 'township' AS tier, NULL::bigint AS unit_id, 2 AS weight
  FROM registry_itemversion version WHERE version.lead_rule = 'township_of_place'
UNION ALL
SELECT version.id, 'village', NULL, 2 FROM registry_itemversion version WHERE version.lead_rule = 'village_of_place'
UNION ALL
SELECT version.id, 'township', NULL, 1 FROM registry_itemversion version WHERE version.township_role = 'assist'
UNION ALL
SELECT version.id, unit.kind, unit.id, 2
  FROM registry_itemversion version JOIN organizations_unit unit ON unit.id = version.lead_unit_id
 WHERE unit.kind IN ('township', 'village')
UNION ALL
SELECT cooperation.version_id, 'village', NULL, 1
  FROM registry_cooperation cooperation WHERE cooperation.rule = 'village_of_place'
UNION ALL
SELECT cooperation.version_id, unit.kind, unit.id, 1
  FROM registry_cooperation cooperation JOIN organizations_unit unit ON unit.id = cooperation.unit_id
 WHERE unit.kind IN ('township', 'village');

CREATE FUNCTION registry_duty_is_admitted(asked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    version registry_itemversion%ROWTYPE;
    paper registry_draft%ROWTYPE;
    previous bigint;
    granted boolean;
BEGIN
    SELECT * INTO version FROM registry_itemversion WHERE id = asked;
    SELECT draft.* INTO paper FROM registry_draft draft JOIN registry_draftline line ON line.draft_id = draft.id
     WHERE line.id = version.draft_line_id;
    IF paper.origin = 'founding' THEN
        RETURN;
    END IF;
    SELECT id INTO previous FROM registry_itemversion
     WHERE item_id = version.item_id AND number < version.number ORDER BY number DESC LIMIT 1;
    IF NOT EXISTS (
        SELECT 1 FROM registry_local_duty now_has
         WHERE now_has.version_id = asked AND NOT EXISTS (
            SELECT 1 FROM registry_local_duty had
             WHERE had.version_id = previous AND had.tier = now_has.tier AND had.weight >= now_has.weight
               AND (had.unit_id IS NULL OR had.unit_id = now_has.unit_id))
    ) THEN
        RETURN;
    END IF;
    IF paper.admission_id IS NOT NULL THEN
        SELECT EXISTS (SELECT 1 FROM registry_admission
                        WHERE id = paper.admission_id AND state IN ('approved', 'in_force', 'published')) INTO granted;
        IF granted THEN
            RETURN;
        END IF;
    END IF;
    RAISE EXCEPTION 'a township or village gets a duty that no admission let in (item %)', version.item_id
        USING ERRCODE = '23514', CONSTRAINT = 'registry_duty_admitted';
END $$;

CREATE FUNCTION registry_version_admitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry_duty_is_admitted(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION registry_cooperation_admitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry_duty_is_admitted(NEW.version_id);
    RETURN NULL;
END $$;

CREATE TRIGGER registry_version_admitted AFTER INSERT ON registry_itemversion
    FOR EACH ROW EXECUTE FUNCTION registry_version_admitted();
CREATE TRIGGER registry_cooperation_admitted AFTER INSERT ON registry_cooperation
    FOR EACH ROW EXECUTE FUNCTION registry_cooperation_admitted();
"""

UNADMISSION = """
DROP TRIGGER registry_version_admitted ON registry_itemversion;
DROP TRIGGER registry_cooperation_admitted ON registry_cooperation;
DROP FUNCTION registry_version_admitted();
DROP FUNCTION registry_cooperation_admitted();
DROP FUNCTION registry_duty_is_admitted(bigint);
DROP VIEW registry_local_duty;
"""

SIGNATURES = """
CREATE FUNCTION registry_works_for(person bigint, asked_unit bigint, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM organizations_posting
                    WHERE user_id = person AND unit_id = asked_unit AND valid_from <= at
                      AND (valid_until IS NULL OR valid_until > at))
$$;

CREATE FUNCTION registry_hand_over_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.from_signed_by_id IS NOT NULL
        AND NOT registry_works_for(NEW.from_signed_by_id, NEW.from_unit_id, NEW.from_signed_at))
       OR (NEW.to_signed_by_id IS NOT NULL
           AND NOT registry_works_for(NEW.to_signed_by_id, NEW.to_unit_id, NEW.to_signed_at)) THEN
        RAISE EXCEPTION 'hand-over %: whoever signs works for the unit', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'registry_hand_over_signed_by_the_units';
    END IF;
    IF TG_OP = 'UPDATE' AND (
        (OLD.item_id, OLD.from_unit_id, OLD.to_unit_id, OLD.text, OLD.effective, OLD.proposed_by_id)
            IS DISTINCT FROM (NEW.item_id, NEW.from_unit_id, NEW.to_unit_id, NEW.text, NEW.effective, NEW.proposed_by_id)
        OR (OLD.from_signed_by_id IS NOT NULL AND OLD.from_signed_by_id IS DISTINCT FROM NEW.from_signed_by_id)
        OR (OLD.to_signed_by_id IS NOT NULL AND OLD.to_signed_by_id IS DISTINCT FROM NEW.to_signed_by_id)
        OR OLD.state IN ('effective', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'hand-over %: what was signed stands', OLD.id
            USING ERRCODE = '42501', CONSTRAINT = 'registry_stands';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER registry_hand_over_signed BEFORE INSERT OR UPDATE ON registry_handover
    FOR EACH ROW EXECUTE FUNCTION registry_hand_over_signed();
CREATE TRIGGER registry_hand_over_stays BEFORE DELETE ON registry_handover
    FOR EACH ROW EXECUTE FUNCTION registry_stands();
"""

UNSIGNATURES = """
DROP TRIGGER registry_hand_over_stays ON registry_handover;
DROP TRIGGER registry_hand_over_signed ON registry_handover;
DROP FUNCTION registry_hand_over_signed();
DROP FUNCTION registry_works_for(bigint, bigint, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.RunSQL(STANDS, UNSTANDS),
        migrations.RunSQL(DRAFTS, UNDRAFTS),
        migrations.RunSQL(VERSIONS, UNVERSIONS),
        migrations.RunSQL(ADMISSION, UNADMISSION),
        migrations.RunSQL(SIGNATURES, UNSIGNATURES),
    ]
