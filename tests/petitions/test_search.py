"""Cases by words: all that fits, in one's own scope, and nothing that tells of the rest."""

from __future__ import annotations

import pytest
from django.db import connection

from kernel.errors import Invalid, NotAllowed
from kernel.marking import excerpt, marked
from kernel.models import Event
from organizations.models import Area
from petitions import searching
from petitions.models import Petition
from petitions.searching import by_tail, found_by_words, search
from petitions.services.filing import ReporterData
from petitions.services.tracing import cases_of_phone, search_stream
from petitions.words import has_phone, pairs_of, telling_pairs, terms_of
from tests.journeys.steps import filed
from tests.world import MONDAY, at

pytestmark = pytest.mark.django_db
WEST = {"lng": 117.71, "lat": 34.77}


@pytest.fixture
def cases(world) -> dict[str, Petition]:
    """Six cases, oldest first."""
    said = {
        "stalls": {},
        "lamp": {"title": "路灯不亮", "description": "承水路口的灯坏了三天。", "address": "承水路 12 号"},
        "noise": {"title": "夜间噪音", "description": "KTV 到凌晨两点还在营业。", "address": "解放路 88 号"},
        "street": {"title": "井盖丢失", "description": "路口很危险。", "address": "解放路与承水路口"},
        "badger": {"title": "树木歪倒", "description": "50% 的枝条_压在电线上，有獾洞 O'Neill 😀。"},
        "west": {"title": "路灯不亮", "description": "古邵村东头。", **WEST},
    }
    return {
        name: filed(world, at=at(f"2026-11-16 09:{minute:02d}"), **words)
        for minute, (name, words) in enumerate(said.items())
    }


def names(found, cases) -> list[str]:
    by_key = {one.pk: name for name, one in cases.items()}
    return [by_key[one.pk] for one in found]


def hits(words, world, cases, by="dispatcher") -> list[str]:
    actor = world.actor(by)
    found = search(words=words, among=Petition.objects.visible_to(actor), actor=actor)
    assert found.count == len(found.rows)
    listed = found_by_words(rows=Petition.objects.visible_to(actor), words=words)
    assert {one.pk for one in listed} == {one.pk for one in found.rows}, "the list finds what the search finds"
    return names(found.rows, cases)


@pytest.mark.parametrize("common", [False, True])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("路灯", ["west", "lamp"]),
        ("路灯 承水路", ["lamp"]),  # both words, one in the title and one in the address
        ("承水路", ["street", "lamp"]),
        ("灯", ["west", "lamp"]),  # one character, which no pair holds
        ("ktv", ["noise"]),
        ("88", ["noise"]),
        ("88 解放路", ["noise"]),
        ("危险路口", []),  # its characters are there, the phrase is not
        ("路口很危险", ["street"]),
        ("夜间噪音 不亮", []),
        ("古邵村", ["west"]),  # the place, and the description besides
        ("古邵镇 路灯", ["west"]),  # the place alone: no text says it
        ("工农社区 獾洞", ["badger"]),
        ("%", ["badger"]),
        ("枝条_压", ["badger"]),
        ("枝条x压", []),
        ("O'Neill", ["badger"]),
        ("😀", ["badger"]),
        ("  ", []),
        (".*", []),
        ("'' & | ! :* <->", []),
    ],
)
def test_words_find_what_holds_them_all(world, cases, monkeypatch, words, expected, common):
    if common:  # walk the newest, as for words that every other case has
        monkeypatch.setattr(searching, "_guess", lambda pairs: searching.RARE + 1)
        monkeypatch.setattr(searching, "COMMON", 0)
        monkeypatch.setattr(searching, "WINDOW", 5)
    assert hits(words, world, cases) == expected


@pytest.mark.parametrize(
    ("words", "alone", "together", "is_rare"),
    [
        ("占道经营", 5000, 1, False),  # its pairs stand together: chance says too little
        ("占道经营", 4000, 1, True),
        ("占道 经营", 5000, 1, True),
        ("占道 经营", 5000, 5000, False),
    ],
)
def test_a_phrase_is_as_common_as_its_rarest_pair_and_words_as_chance_has_it(
    monkeypatch, words, alone, together, is_rare
):
    monkeypatch.setattr(searching, "_guess", lambda pairs: alone if len(pairs) == 1 else together)
    terms = terms_of(words)
    assert searching._rare(terms, frozenset().union(*map(telling_pairs, terms))) is is_rare


def test_however_long_a_phrase_is_few_questions_are_asked_about_it(monkeypatch):
    asked = []
    monkeypatch.setattr(searching, "_guess", lambda pairs: asked.append(pairs) or searching.RARE + 1)
    assert not searching._rare(("x",), pairs_of("一二三四五六七八九十" * 2))
    assert len(asked) == searching.ASKED


def test_digits_tell_cases_apart_beside_a_sign_and_not_alone():
    assert telling_pairs("499号") == {"49", "99", "9号"}
    assert telling_pairs("499") == frozenset()


def test_the_title_counts_more_than_the_address_and_that_more_than_the_rest(world, cases):
    first = filed(world, at=at("2026-11-16 10:00"), title="别的", description="井盖旁边", address="某处")
    second = filed(world, at=at("2026-11-16 10:01"), title="别的", description="无", address="井盖厂")
    assert hits("井盖", world, {**cases, "told": first, "placed": second}) == ["street", "placed", "told"]


def test_a_number_is_found_whole_and_by_its_last_digits(world, cases):
    number = cases["lamp"].number
    assert hits(number.lower(), world, cases) == ["lamp"]
    assert hits(number[-6:], world, cases) == ["lamp"]
    assert hits(cases["lamp"].tracking_code, world, cases) == ["lamp"]
    assert hits(number[:-1] + "x", world, cases) == []


def test_digits_find_the_number_first_and_then_the_texts_that_hold_them(world, cases):
    tail = cases["lamp"].number[-4:]
    old = filed(world, at=at("2026-11-16 08:00"), title=f"车牌 {tail} 长期占道")
    young = filed(world, at=at("2026-11-16 11:00"), description=f"电表 {tail}7 停走")
    named = {**cases, "plate": old, "meter": young}
    assert hits(tail, world, named) == ["lamp", "plate", "meter"], "its number, then the title, then the rest"
    assert hits(f"{tail}7", world, named) == ["meter"]
    assert hits(f"{tail} 车牌", world, named) == ["plate"]
    assert hits(cases["lamp"].number, world, named) == ["lamp"]


def test_only_the_newest_texts_are_walked_for_what_no_pair_holds_and_numbers_in_all(world, cases, monkeypatch):
    monkeypatch.setattr(searching, "NEWEST", 2)
    filed(world, at=at("2026-11-16 08:00"), title="车牌 4321 长期占道")
    assert hits("灯", world, cases) == ["west"], "the lamp is not among the two newest"
    assert hits("4321", world, cases) == []
    assert hits(cases["stalls"].number[-6:], world, cases) == ["stalls"]
    told = {
        words: searching.newest_alone(words=words) for words in ("灯", "4321", "路灯", "灯 路灯", "", "YC202611160001")
    }
    assert told == {"灯": 2, "4321": 2, "路灯": 0, "灯 路灯": 0, "": 0, "YC202611160001": 0}


def test_nothing_is_found_counted_or_paged_outside_of_ones_own_scope(world, cases):
    assert hits("路灯", world, cases, by="east_officer") == ["lamp"]
    assert hits("路灯", world, cases, by="west_officer") == ["west"]
    assert hits(cases["west"].number, world, cases, by="east_officer") == []
    assert hits(cases["west"].number[-6:], world, cases, by="east_officer") == []
    assert hits(cases["west"].tracking_code, world, cases, by="east_officer") == []
    assert hits("古邵镇", world, cases, by="east_officer") == []
    assert hits("路灯", world, cases, by="urban_handler") == []
    assert hits("路灯", world, cases, by="citizen") == []


def test_pages_follow_one_another_and_back(world, cases):
    actor = world.actor("dispatcher")
    rows = Petition.objects.visible_to(actor)

    def page(cursor=""):
        return search(words="路", among=rows, actor=actor, cursor=cursor, size=2)

    first = page()
    second = page(first.next)
    assert names([*first.rows, *second.rows], cases) == ["west", "lamp", "street", "noise"]
    assert (first.previous, second.next) == ("", "")
    assert page(second.previous).rows == first.rows
    for bad in ("x", "f", "fzz", "q" + cases["lamp"].pk.hex):
        with pytest.raises(Invalid):
            page(bad)


def test_more_than_is_ranked_is_said(world, cases, monkeypatch):
    monkeypatch.setattr(searching, "MOST", 1)
    actor = world.actor("dispatcher")
    found = search(words="路灯", among=Petition.objects.visible_to(actor), actor=actor)
    assert (found.count, found.more, names(found.rows, cases)) == (1, True, ["west"])


def test_the_database_and_the_search_cut_words_alike():
    text = "KTV噪音A1栋，〇五号 ab\u3400\u9fff x 1 é路灯"
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(bigrams(%s)), bigrams('') = ''::tsvector", [text])
        held, empty = cursor.fetchone()
    assert set(held) == pairs_of(text)
    assert {"kt", "v噪", "a1", "路灯"} <= set(held)
    assert empty


def test_the_index_answers(world, cases):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        # A small table is walked by any other index as well.
        cursor.execute("SET LOCAL enable_indexscan = off")
    assert "petitions_words" in found_by_words(rows=Petition.objects.all(), words="路灯不亮").explain()
    assert "petitions_number_tail" in Petition.objects.filter(by_tail("000123")).explain()


class TestByTelephone:
    def test_it_finds_where_the_number_could_be_opened_and_stays_on_record(self, world, cases):
        other = filed(world, at=MONDAY, title="另一件", reporter=ReporterData(name="李", phone="13900000000"))
        actor = world.actor("dispatcher")
        found = cases_of_phone(phone="139-0000 0000", purpose="same_person", actor=actor, at=MONDAY)
        assert found == [other.pk]
        told = Event.objects.get(case_id=search_stream(actor=actor))
        assert (told.name, told.actor_key) == ("petition.phone_searched", actor.key)
        assert told.payload == {"purpose": "same_person", "cases": [str(other.pk)]}
        assert "139" not in told.canonical.replace(str(other.pk), "")

    def test_a_narrower_seat_finds_its_own_ground_only(self, world, cases):
        found = cases_of_phone(phone="13812345678", purpose="law", actor=world.actor("west_dispatcher"), at=MONDAY)
        assert found == [cases["west"].pk]

    def test_what_is_found_nowhere_is_on_record_too(self, world, cases):
        actor = world.actor("verifier")
        assert cases_of_phone(phone="13900000001", purpose="law", actor=actor, at=MONDAY) == []
        assert Event.objects.get(case_id=search_stream(actor=actor)).payload["cases"] == []

    @pytest.mark.parametrize("name", ["urban_handler", "east_officer", "gridworker", "administrator", "citizen"])
    def test_nobody_else_may(self, world, name):
        with pytest.raises(NotAllowed):
            cases_of_phone(phone="13812345678", purpose="law", actor=world.actor(name), at=MONDAY)

    @pytest.mark.parametrize(("phone", "purpose"), [("138", "law"), ("", "law"), ("13812345678", "curious")])
    def test_half_a_number_or_no_purpose_is_refused_and_nothing_is_asked(self, world, phone, purpose):
        actor = world.actor("dispatcher")
        with pytest.raises(Invalid):
            cases_of_phone(phone=phone, purpose=purpose, actor=actor, at=MONDAY)
        assert not Event.objects.filter(case_id=search_stream(actor=actor)).exists()


def test_a_mobile_number_is_known_however_it_is_grouped():
    assert all(has_phone(one) for one in ("13812345678", "138 1234 5678", "+86 138-1234-5678", "8613812345678"))
    assert not any(has_phone(one) for one in ("1381234567", "20261121000123", "YC20261121000123", "路灯", ""))


def test_what_was_found_is_marked_and_everything_else_escaped():
    assert marked("<b>Ktv</b> ktv", ["KTV"]) == "&lt;b&gt;<mark>Ktv</mark>&lt;/b&gt; <mark>ktv</mark>"
    assert marked("路灯不亮", ["路灯", "路灯不亮", ""]) == "<mark>路灯不亮</mark>"
    assert marked("a.b", [".*"]) == "a.b"
    long = "长" * 60 + "路灯" + "短" * 90
    assert excerpt(long, ["路灯"], width=40) == "…" + "长" * 24 + "<mark>路灯</mark>" + "短" * 14 + "…"
    assert excerpt("<i>", []) == "&lt;i&gt;"


def test_a_name_that_too_many_places_have_names_none_of_them(world, cases, monkeypatch):
    """And takes nothing from another name beside it."""
    monkeypatch.setattr(searching, "SAME_NAME", 2)
    village = Area.objects.get(pk="370404001006")
    for number in range(3):
        Area.objects.create(code=f"37040400190{number}", name="新村", level=village.level, parent=village.parent)
    assert set(searching._places(("新村", village.name))) == {village.name}
    Area.objects.filter(code="370404001902").delete()
    assert set(searching._places(("新村", village.name))) == {"新村", village.name}
