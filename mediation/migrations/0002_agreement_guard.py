"""An agreement takes effect only with every party's signature and with a promise; afterwards its text stands for good."""

from django.db import migrations

GUARD = """
CREATE FUNCTION mediation_agreement_takes_force() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM mediation_promise WHERE agreement_id = NEW.id) THEN
        RAISE EXCEPTION 'agreement % says nothing of how and by when it is performed', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'mediation_agreement_promises';
    END IF;
    IF NEW.form = 'written' AND EXISTS (
        SELECT 1 FROM mediation_party party
         WHERE party.case_id = NEW.case_id
           AND NOT EXISTS (SELECT 1 FROM mediation_signature signature
                            WHERE signature.agreement_id = NEW.id AND signature.party_id = party.id)
    ) THEN
        RAISE EXCEPTION 'agreement % is not signed by every party', NEW.id
            USING ERRCODE = '23514', CONSTRAINT = 'mediation_agreement_signed_by_all';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER mediation_agreement_force BEFORE INSERT OR UPDATE OF in_force_at ON mediation_agreement
    FOR EACH ROW WHEN (NEW.in_force_at IS NOT NULL) EXECUTE FUNCTION mediation_agreement_takes_force();

CREATE FUNCTION mediation_agreement_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'agreement % is in force: its text stands', OLD.id
        USING ERRCODE = '23514', CONSTRAINT = 'mediation_agreement_stands';
END $$;

CREATE TRIGGER mediation_agreement_fixed BEFORE UPDATE ON mediation_agreement
    FOR EACH ROW WHEN (
        OLD.in_force_at IS NOT NULL AND (
            NEW.facts, NEW.points, NEW.responsibilities, NEW.terms, NEW.form, NEW.in_force_at, NEW.confirm_by,
            NEW.mediator_signed_on, NEW.sealed_on
        ) IS DISTINCT FROM (
            OLD.facts, OLD.points, OLD.responsibilities, OLD.terms, OLD.form, OLD.in_force_at, OLD.confirm_by,
            OLD.mediator_signed_on, OLD.sealed_on
        )
    ) EXECUTE FUNCTION mediation_agreement_stands();
"""

UNGUARD = """
DROP TRIGGER mediation_agreement_fixed ON mediation_agreement;
DROP TRIGGER mediation_agreement_force ON mediation_agreement;
DROP FUNCTION mediation_agreement_stands();
DROP FUNCTION mediation_agreement_takes_force();
"""


class Migration(migrations.Migration):
    dependencies = [("mediation", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
