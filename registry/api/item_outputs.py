"""What the endpoints of the registry tell about items: a row, the whole card, its past."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from organizations.models import FilingCondition
from organizations.queries import Candidate
from registry.models import Act, Item, ItemVersion
from registry.queries import Answer
from registry.queries.contents import as_payload, content_of


class ItemRow(serializers.Serializer[Any]):
    """An item in a list, as it stands on the day asked for."""

    code = serializers.CharField()
    version = serializers.IntegerField()
    kind = serializers.CharField()
    part = serializers.CharField(allow_blank=True)
    status = serializers.CharField()
    matter = serializers.CharField(allow_null=True)
    area = serializers.CharField()
    unit = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    domain = serializers.CharField()
    lead_rule = serializers.CharField()
    lead_unit = serializers.CharField(allow_null=True)
    township_role = serializers.CharField()
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)


class ItemOutput(ItemRow):
    """The whole card: everything that the version of the day says."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(help_text="Of the version.")
    content = serializers.JSONField(help_text="By the columns of a draft line; limits as text.")


class VersionOutput(serializers.Serializer[Any]):
    """What an item said in a period."""

    number = serializers.IntegerField()
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    content = serializers.JSONField()


class ActOutput(serializers.Serializer[Any]):
    """A signed act: a hand-over has two signatures, the founding rests on its document."""

    kind = serializers.CharField()
    at = serializers.DateTimeField()
    reason = serializers.CharField()
    document = serializers.CharField(allow_blank=True)
    signed_unit = serializers.CharField(allow_null=True)
    second_signed_unit = serializers.CharField(allow_null=True)
    from_version = serializers.IntegerField(allow_null=True)
    to_version = serializers.IntegerField(allow_null=True)


class HistoryOutput(serializers.Serializer[Any]):
    """Every version and every act, the latest first."""

    code = serializers.CharField()
    versions = VersionOutput(many=True)
    acts = ActOutput(many=True)


class ItemPartyOutput(serializers.Serializer[Any]):
    """A body that the decision table names, and the row that does."""

    unit = serializers.IntegerField()
    duty = serializers.CharField()
    entry = serializers.CharField()
    area = serializers.CharField()
    basis = serializers.CharField(allow_blank=True)
    duty_text = serializers.CharField(allow_blank=True)


class ItemResponsibleOutput(serializers.Serializer[Any]):
    """Who was responsible: one lead or none, who assisted, and the item that said so."""

    matter = serializers.CharField()
    lead = ItemPartyOutput(allow_null=True)
    assists = ItemPartyOutput(many=True)
    item = serializers.CharField(allow_null=True)
    number = serializers.IntegerField(allow_null=True, help_text="Of the version of the item.")


def row_of(item: Item, version: ItemVersion) -> dict[str, Any]:
    """An item as a list shows it; `status_then` was annotated."""
    return {
        "code": item.code,
        "version": item.version,
        "kind": item.kind,
        "part": item.part,
        "status": getattr(item, "status_then", ""),
        "matter": item.matter.code if item.matter else None,
        "area": item.area_id,
        "unit": item.unit.code if item.unit else None,
        "name": version.name,
        "domain": version.domain,
        "lead_rule": version.lead_rule,
        "lead_unit": version.lead_unit.code if version.lead_unit else None,
        "township_role": version.township_role,
        "valid_from": version.valid_from,
        "valid_until": version.valid_until,
    }


def card_of(item: Item, version: ItemVersion, conditions: Iterable[FilingCondition]) -> dict[str, Any]:
    """The whole card of a version, its cooperations read beforehand."""
    return {
        **row_of(item, version),
        "id": item.pk,
        "number": version.number,
        "content": _content(version, conditions),
    }


def history_output(item: Item, versions: Iterable[ItemVersion], acts: Iterable[Act]) -> dict[str, Any]:
    """The past of an item."""
    return {
        "code": item.code,
        "versions": [
            {
                "number": one.number,
                "valid_from": one.valid_from,
                "valid_until": one.valid_until,
                "content": _content(one, ()),
            }
            for one in versions
        ],
        "acts": [_act(one) for one in acts],
    }


def answer_output(answer: Answer) -> dict[str, Any]:
    """The one answer to who was responsible."""
    found = answer.responsibility
    return {
        "matter": answer.matter.code,
        "lead": _party(found.lead) if found.lead else None,
        "assists": [_party(one) for one in found.assists],
        "item": answer.version.item.code if answer.version else None,
        "number": answer.version.number if answer.version else None,
    }


def _content(version: ItemVersion, conditions: Iterable[FilingCondition]) -> dict[str, Any]:
    content = content_of(version=version, cooperations=version.cooperations.all(), conditions=conditions)
    return as_payload(content=content)


def _act(act: Act) -> dict[str, Any]:
    return {
        "kind": act.kind,
        "at": act.at,
        "reason": act.reason,
        "document": act.document,
        "signed_unit": act.signed_unit.code if act.signed_unit else None,
        "second_signed_unit": act.second_signed_unit.code if act.second_signed_unit else None,
        "from_version": act.from_version.number if act.from_version else None,
        "to_version": act.to_version.number if act.to_version else None,
    }


def _party(one: Candidate) -> dict[str, Any]:
    return {
        "unit": one.unit_id,
        "duty": one.duty,
        "entry": one.entry_code,
        "area": one.area_code,
        "basis": one.basis,
        "duty_text": one.duty_text,
    }
