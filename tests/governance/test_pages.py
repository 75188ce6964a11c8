"""The pages of the frame answer, in both languages, without a script or style that the policy would refuse."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.governance.conftest import Enter

PAGES = ["/", "/account/", "/style/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_a_director(enter: Enter, path: str) -> None:
    answer = enter("center_director").get(path)
    assert answer.status_code == 200
    assert "网格化综合指挥平台" in answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_the_sign_in(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in/?next={path}"


@pytest.mark.parametrize("path", [*PAGES, "/sign-in/"])
def test_nothing_inline_is_on_a_page(enter: Enter, path: str) -> None:
    client = Client() if path == "/sign-in/" else enter("center_director")
    answer = client.get(path)
    page = answer.content.decode()
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))", page)
    assert not scripts
    assert not re.findall(r"\sstyle=\"|<style|\son\w+=\"|javascript:", page)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_the_style_page_is_for_those_who_run_the_system(enter: Enter) -> None:
    answer = enter("handler").get("/style/")
    assert answer.status_code == 403
    assert "仅供系统运行人员" in answer.content.decode()


def test_somebody_without_a_posting_sees_where_they_stand(enter: Enter) -> None:
    assert "petition.file" in enter("").get("/account/").content.decode()
