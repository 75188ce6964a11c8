"""No approval before every township was heard, none against an objection without consultation; what was said stands."""

from django.db import migrations

HEARD = """
CREATE FUNCTION registry_admission_heard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM unnest(NEW.townships) AS township
         WHERE NOT EXISTS (SELECT 1 FROM registry_opinion opinion
                            WHERE opinion.admission_id = NEW.id AND opinion.township_id = township
                              AND (opinion.stance <> '' OR opinion.silent_at <= NEW.approved_at))
    ) THEN
        RAISE EXCEPTION 'admission %: a township has not been heard and its limit has not run out', NEW.number
            USING ERRCODE = '23514', CONSTRAINT = 'admission_every_township_heard';
    END IF;
    IF EXISTS (
        SELECT 1 FROM registry_opinion opinion
         WHERE opinion.admission_id = NEW.id AND opinion.stance = 'objects'
           AND NOT EXISTS (SELECT 1 FROM registry_consultation consultation
                            WHERE consultation.admission_id = NEW.id
                              AND opinion.township_id = ANY (consultation.present)
                              AND consultation.recorded_at >= opinion.signed_at)
    ) THEN
        RAISE EXCEPTION 'admission %: nobody consulted with a township that objects', NEW.number
            USING ERRCODE = '23514', CONSTRAINT = 'admission_objections_consulted';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER registry_admission_heard BEFORE INSERT OR UPDATE OF state ON registry_admission
    FOR EACH ROW WHEN (NEW.state = 'in_force') EXECUTE FUNCTION registry_admission_heard();

CREATE FUNCTION registry_admission_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    open_columns text[] := ARRAY['state', 'version', 'changed_at', 'stage_due_at', 'rung', 'review_on',
        'reassess_asked_at', 'ended_at', 'ended_by_id', 'end_reason', 'end_document', 'ends_on'];
BEGIN
    IF to_jsonb(NEW) - open_columns = to_jsonb(OLD) - open_columns
       AND (NEW.state = OLD.state OR OLD.state = 'in_force' AND NEW.state = 'ended') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'admission % is approved: what was approved stands', OLD.number
        USING ERRCODE = '42501', CONSTRAINT = 'registry_stands';
END $$;

CREATE TRIGGER registry_admission_stands BEFORE UPDATE ON registry_admission
    FOR EACH ROW WHEN (OLD.state IN ('in_force', 'ended', 'refused', 'dropped'))
    EXECUTE FUNCTION registry_admission_stands();

ALTER TABLE registry_draft ADD CONSTRAINT registry_draft_admission_fk
    FOREIGN KEY (admission_id) REFERENCES registry_admission (id) DEFERRABLE INITIALLY DEFERRED;
"""

UNHEARD = """
ALTER TABLE registry_draft DROP CONSTRAINT registry_draft_admission_fk;
DROP TRIGGER registry_admission_stands ON registry_admission;
DROP TRIGGER registry_admission_heard ON registry_admission;
DROP FUNCTION registry_admission_stands();
DROP FUNCTION registry_admission_heard();
"""

SIGNED = """
CREATE FUNCTION registry_township_signs(signer bigint, township bigint, moment timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM organizations_posting posting
         WHERE posting.user_id = signer AND posting.unit_id = township AND posting.valid_from <= moment
           AND (posting.valid_until IS NULL OR posting.valid_until > moment)
    ) THEN
        RAISE EXCEPTION 'an opinion is signed by somebody of the township itself'
            USING ERRCODE = '23514', CONSTRAINT = 'opinion_signed_by_the_township';
    END IF;
END $$;

CREATE FUNCTION registry_opinion_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM registry_township_signs(NEW.signed_by_id, NEW.township_id, NEW.signed_at);
    RETURN NEW;
END $$;

CREATE TRIGGER registry_opinion_signed BEFORE INSERT OR UPDATE OF stance ON registry_opinion
    FOR EACH ROW WHEN (NEW.stance <> '') EXECUTE FUNCTION registry_opinion_signed();
CREATE TRIGGER registry_opinion_stands BEFORE UPDATE ON registry_opinion
    FOR EACH ROW WHEN (OLD.stance <> '' OR OLD.silent_at IS NOT NULL) EXECUTE FUNCTION registry_stands();
CREATE TRIGGER registry_opinion_stays BEFORE DELETE ON registry_opinion
    FOR EACH ROW EXECUTE FUNCTION registry_stands();
CREATE TRIGGER registry_consultation_stands BEFORE UPDATE OR DELETE ON registry_consultation
    FOR EACH ROW EXECUTE FUNCTION registry_stands();
CREATE TRIGGER registry_reassessment_stands BEFORE UPDATE OR DELETE ON registry_reassessment
    FOR EACH ROW EXECUTE FUNCTION registry_stands();
"""

UNSIGNED = """
DROP TRIGGER registry_reassessment_stands ON registry_reassessment;
DROP TRIGGER registry_consultation_stands ON registry_consultation;
DROP TRIGGER registry_opinion_stays ON registry_opinion;
DROP TRIGGER registry_opinion_stands ON registry_opinion;
DROP TRIGGER registry_opinion_signed ON registry_opinion;
DROP FUNCTION registry_opinion_signed();
DROP FUNCTION registry_township_signs(bigint, bigint, timestamptz);
"""

# A one-off task ends on its day: nothing moves it, and its township signs as for an admission.
TASKS = """
CREATE TRIGGER registry_task_signed BEFORE INSERT OR UPDATE OF stance ON registry_adhoctask
    FOR EACH ROW WHEN (NEW.stance <> '') EXECUTE FUNCTION registry_opinion_signed();

CREATE FUNCTION registry_task_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    open_columns text[] := ARRAY['state', 'version', 'changed_at', 'stage_due_at', 'rung', 'ended_at', 'end_reason'];
BEGIN
    IF to_jsonb(NEW) - open_columns = to_jsonb(OLD) - open_columns
       AND (NEW.state = OLD.state OR OLD.state = 'in_force' AND NEW.state = 'ended') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'task % is approved: it is not changed and not extended', OLD.number
        USING ERRCODE = '42501', CONSTRAINT = 'registry_stands';
END $$;

CREATE TRIGGER registry_task_stands BEFORE UPDATE ON registry_adhoctask
    FOR EACH ROW WHEN (OLD.state IN ('in_force', 'ended', 'refused', 'dropped'))
    EXECUTE FUNCTION registry_task_stands();
"""

UNTASKS = """
DROP TRIGGER registry_task_stands ON registry_adhoctask;
DROP FUNCTION registry_task_stands();
DROP TRIGGER registry_task_signed ON registry_adhoctask;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_admission"), ("organizations", "0002_guards")]

    operations = [
        migrations.RunSQL(HEARD, UNHEARD),
        migrations.RunSQL(SIGNED, UNSIGNED),
        migrations.RunSQL(TASKS, UNTASKS),
    ]
