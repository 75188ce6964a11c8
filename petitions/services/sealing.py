"""The reporter and the words: what is kept sealed, and what the log holds instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernel import personal
from petitions.models import Petition, Reporter

SHORTEST_NAME = 2  # a single character stands in any text


@dataclass(frozen=True, kw_only=True)
class ReporterData:
    """Who reports. Every part may be empty; none of it is stored unsealed."""

    name: str = ""
    phone: str = ""
    identity: str = ""
    home: str = ""

    def joined(self) -> str:
        return "\x1f".join((self.name, self.phone, self.identity, self.home))


def seal(*, petition: Petition, about: ReporterData) -> Reporter:
    """Store who reported, readable only with the key; two numbers can be looked for."""
    return Reporter.objects.create(
        petition=petition,
        name=personal.encrypt(about.name, purpose="reporter.name"),
        phone=personal.encrypt(about.phone, purpose="reporter.phone"),
        identity=personal.encrypt(about.identity, purpose="reporter.identity"),
        home=personal.encrypt(about.home, purpose="reporter.home"),
        phone_index=personal.blind_index(about.phone, purpose="phone"),
        identity_index=personal.blind_index(about.identity, purpose="identity"),
        phone_masked=personal.mask_phone(about.phone),
        salt=personal.new_salt(),
    )


def naming_reporter(*, petition: Petition | None, texts: Mapping[str, str]) -> list[str]:
    """Which of the texts name who reported the petition, or the telephone: for what others read than see it (F17)."""
    reporter = getattr(petition, "reporter", None)
    if reporter is None:
        return []
    name = personal.decrypt(reporter.name, purpose="reporter.name")
    phone = personal.decrypt(reporter.phone, purpose="reporter.phone")
    secrets = [one for one in (name, phone) if len(one) >= SHORTEST_NAME]
    return [field for field, text in texts.items() if any(secret in text for secret in secrets)]


def content_commitment(*, petition: Petition) -> str:
    """What the log holds instead of the text of the petition."""
    return personal.commitment(f"{petition.title}\x1f{petition.description}", salt=petition.salt)
