"""`python -m bench.search [--petitions N | --existing]`: one word among a million cases, for wide and narrow scopes.

Every kind of question is asked by each person, as pages are: in the process, scope, search, marks and page together.
"""

from __future__ import annotations

import argparse
from typing import Any

from bench import fill, house, pages

AIM_MS = 150.0
TIMES = 30
PHONE = "13899990000"
WITH_PHONE = 12
ROLES = ("dispatcher", "township_officer", "handler", "gridworker")
WORDS = {
    "two characters, common": "经营",
    "two characters, in every case": "峄城",
    "two characters, rare": "獾洞",
    "once": "朱鹮",
    "four to nine characters, common": "占道经营无人管",
    "two words": "路灯 承水路",
    "two words that never meet": "路灯 噪音扰民",
    "a phrase that is not there": "路灯经营扰民",
    "one character": "暖",
    "digits of an address": "499号",
    "a number": "B000000777777",
    "the end of a number": "777777",
}


def main() -> None:
    """Fill, ask, and print the figures."""
    words = argparse.ArgumentParser(prog="bench.search", description=__doc__)
    words.add_argument("--petitions", type=int, default=1_000_000)
    words.add_argument("--word", action="append", help="look for these, in the place of those of bench/texts.py")
    house.asked(words, fill=_fill, measure=_measured)


def _fill(given: argparse.Namespace) -> None:
    fill.fill(already=0, total=given.petitions)
    _give_phone()


def _measured(given: argparse.Namespace) -> dict[str, Any]:
    if given.word:
        WORDS.clear()
        WORDS.update({one: one for one in given.word})
    return measure()


def measure() -> dict[str, Any]:
    """Milliseconds by question and person, and of all of them together."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT pg_relation_size('petitions_words') / 1048576")
        figures: dict[str, Any] = {"index_mb": int(cursor.fetchone()[0]), "aim_ms": AIM_MS, "pages": {}}
    for role in ROLES:
        client = pages.signed_in(role)
        for label, words in WORDS.items():
            figures["pages"][f"{role}: {label}"] = _page(client, words)
        figures["pages"][f"{role}: palette"] = house.timed(_palette(client), times=TIMES)
    dispatcher = pages.signed_in("dispatcher")
    figures["pages"]["dispatcher: telephone"] = house.timed(_phone(dispatcher), times=TIMES)
    figures["worst_p95_ms"] = max(one["p95_ms"] for one in figures["pages"].values())
    figures["over_aim"] = sorted(name for name, one in figures["pages"].items() if one["p95_ms"] > AIM_MS)
    return figures


def _page(client: Any, words: str) -> dict[str, Any]:
    def ask() -> int:
        answer = client.get("/search/", {"q": words, "kind": "cases"})
        assert answer.status_code == 200, answer.status_code
        return int(answer.content.count(b'<li><a href="/cases/'))

    return {"shown": ask(), **house.timed(ask, times=TIMES)}


def _palette(client: Any) -> Any:
    return lambda: client.post("/search/palette/", {"words": "路灯"})


def _phone(client: Any) -> Any:
    return lambda: client.post("/search/phone/", {"phone": PHONE, "purpose": "same_person"})


def _give_phone() -> None:
    """One telephone number to a dozen of the cases: the bench seals no names."""
    from kernel import personal
    from petitions.models import Petition, Reporter

    some = Petition.objects.filter(number__startswith="B").order_by("number").values("pk")[:WITH_PHONE]
    Reporter.objects.filter(pk__in=list(some.values_list("pk", flat=True))).update(
        phone_index=personal.blind_index(PHONE, purpose="phone")
    )


if __name__ == "__main__":
    main()
