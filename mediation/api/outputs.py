"""What the endpoints of mediation tell. Names and numbers of parties are masked; texts are for the committee."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from kernel.actors import Actor
from kernel.api.outputs import MoveOutput, UnitRef, moves_shown
from mediation.endings import ENDINGS
from mediation.models import Agreement, MediationCase, Party, Session
from mediation.models.agreement import CONTENTS
from mediation.queries import agreement_of, moves_of, opened_text, reads_texts

# The move of the table → the last part of the address that makes it.
ACTIONS = {
    "assign": "assign",
    "replace": "replace",
    "party": "parties",
    "hold": "sessions",
    "extend": "extend",
    "draw": "agreement",
    "agree": "agreement",
    "sign": "signatures",
    "drop": "drop",
    "confirm": "confirmation",
    "perform": "performance",
    "terminate": "terminate",
}
ROW = (
    "id", "petition", "number", "version", "state", "entry", "committee", "mediator", "opened_at", "conclude_by",
    "stage_due_at", "ended_at", "ending",
)  # fmt: skip


class MediationRow(serializers.ModelSerializer[MediationCase]):
    """A case in a list."""

    petition = serializers.UUIDField(source="petition_id")
    committee = UnitRef()
    mediator = serializers.IntegerField(source="mediator_id", allow_null=True)

    class Meta:
        model = MediationCase
        fields: tuple[str, ...] = ROW

    def to_representation(self, instance: MediationCase) -> dict[str, Any]:
        """With the committee by number and name."""
        return row_of(instance)


class PartyOutput(serializers.ModelSerializer[Party]):
    class Meta:
        model = Party
        fields = ("id", "side", "name_masked", "phone_masked", "identity_masked", "refused_at")


class SessionOutput(serializers.ModelSerializer[Session]):
    present = serializers.ListField(child=serializers.IntegerField())
    record = serializers.CharField(help_text="Empty for those outside of the committee.")

    class Meta:
        model = Session
        fields = ("number", "held_at", "place", "present", "outcome", "record")


class PromiseOutput(serializers.Serializer[Any]):
    """Who performs what by when."""

    id = serializers.IntegerField()
    party = serializers.IntegerField()
    what = serializers.CharField()
    due_on = serializers.DateField()
    kept_on = serializers.DateField(allow_null=True)


class AgreementShown(serializers.Serializer[Any]):
    """The agreement; its texts are empty for those outside of the committee."""

    form = serializers.CharField()
    facts = serializers.CharField()
    points = serializers.CharField()
    responsibilities = serializers.CharField()
    terms = serializers.CharField()
    signed = serializers.ListField(child=serializers.IntegerField())
    mediator_signed_on = serializers.DateField(allow_null=True)
    sealed_on = serializers.DateField(allow_null=True)
    in_force_at = serializers.DateTimeField(allow_null=True)
    confirm_by = serializers.DateTimeField(allow_null=True)
    confirmation = serializers.CharField(allow_blank=True)
    promises = PromiseOutput(many=True)


class MediationOutput(MediationRow):
    """The whole case as this person may see it."""

    parties = PartyOutput(many=True)
    sessions = SessionOutput(many=True)
    agreement = AgreementShown(allow_null=True)
    ways = serializers.ListField(child=serializers.CharField(), help_text="The other ways, where it has ended.")
    moves = MoveOutput(many=True)

    class Meta(MediationRow.Meta):
        fields = (*ROW, "parties", "sessions", "agreement", "ways", "moves")


def row_of(case: MediationCase) -> dict[str, Any]:
    """A case as a list shows it."""
    shown = {name: getattr(case, name) for name in ROW if name not in ("petition", "committee", "mediator")}
    return {
        **shown,
        "petition": case.petition_id,
        "committee": {"id": case.committee_id, "name": str(case.committee)},
        "mediator": case.mediator_id,
    }


def detail_of(case: MediationCase, *, actor: Actor) -> dict[str, Any]:
    """A case with everything that hangs on it."""
    reads = reads_texts(case=case, actor=actor)
    parties = list(case.parties.order_by("pk"))
    agreement = agreement_of(case=case)
    moves = moves_shown(moves_of(case=case, actor=actor, parties=parties), actions=ACTIONS)
    return {
        **row_of(case),
        "parties": PartyOutput(parties, many=True).data,
        "sessions": [_session(one, reads) for one in case.sessions.order_by("number")],
        "agreement": _agreement(agreement, reads) if agreement else None,
        "ways": [str(way) for way in ENDINGS[case.ending].ways] if case.ending else [],
        "moves": moves,
    }


def _session(session: Session, reads: bool) -> dict[str, Any]:
    return {
        "number": session.number,
        "held_at": session.held_at,
        "place": session.place,
        "present": session.present,
        "outcome": session.outcome,
        "record": opened_text(blob=session.record, purpose="session.record") if reads else "",
    }


def _agreement(agreement: Agreement, reads: bool) -> dict[str, Any]:
    texts = {
        name: opened_text(blob=getattr(agreement, name), purpose=f"agreement.{name}") if reads else ""
        for name in CONTENTS
    }
    return {
        "form": agreement.form,
        **texts,
        "signed": sorted(one.party_id for one in agreement.signatures.all()),
        "mediator_signed_on": agreement.mediator_signed_on,
        "sealed_on": agreement.sealed_on,
        "in_force_at": agreement.in_force_at,
        "confirm_by": agreement.confirm_by,
        "confirmation": agreement.confirmation,
        "promises": [
            {
                "id": one.pk,
                "party": one.party_id,
                "what": opened_text(blob=one.what, purpose="promise.what") if reads else "",
                "due_on": one.due_on,
                "kept_on": one.kept_on,
            }
            for one in agreement.promises.order_by("due_on", "pk")
        ],
    }
