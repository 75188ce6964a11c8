"""Too much is refused before it is stored."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from kernel.uploads import MAX_REQUEST, WholeRequestLimit


def posted(content: bytes, **headers):
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("a.csv", content), "source": "hotline"})
    request = RequestFactory().generic("POST", "/", body, content_type=MULTIPART_CONTENT)
    request.META |= headers
    return request


def test_a_body_that_says_it_is_too_large_is_refused_without_being_read():
    request = posted(b"a,b\n", CONTENT_LENGTH=str(MAX_REQUEST + 1))
    request._stream = io.BytesIO()
    with pytest.raises(RequestDataTooBig):
        request.POST  # noqa: B018  (reading is the point)


def test_a_body_that_turns_out_too_large_is_refused():
    limit, piece = WholeRequestLimit(), b"0" * 2**20
    for _ in range(MAX_REQUEST // len(piece)):
        assert limit.receive_data_chunk(piece, 0) is piece
    with pytest.raises(RequestDataTooBig):
        limit.receive_data_chunk(piece, 0)


def test_what_fits_arrives_whole():
    request = posted(b"a,b\n1,2\n")
    assert request.FILES["file"].read() == b"a,b\n1,2\n"
    assert request.POST["source"] == "hotline"


@pytest.mark.django_db
def test_the_door_answers_with_a_page_and_not_with_a_fault(client):
    answer = client.post(reverse("governance:login"), {"file": io.BytesIO(b"x")}, CONTENT_LENGTH=str(MAX_REQUEST + 1))
    assert answer.status_code == 400
