"""Outlines and extents are kept for a state of the map: a process opens the map without reading it."""

import gzip
import json

import pytest

from grids.models import Cell
from grids.queries import extent_of, forget, index, outlines
from tests.world import CELL, COUNTY, EAST

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_index():
    forget()
    yield
    forget()


def codes(within, digits):
    return [one[0] for one in json.loads(gzip.decompress(outlines(within=within, digits=digits)))["shapes"]]


def test_what_was_computed_once_is_taken_without_reading_the_map(world, monkeypatch):
    first = codes(EAST[:9], 15)
    assert CELL in first
    around = extent_of(within=COUNTY[:6])
    assert around == pytest.approx((117.58, 34.76, 117.72, 34.78), abs=1e-4)
    assert extent_of(within="999999") is None
    monkeypatch.setattr(index._Kept, "index", None)  # another process, which has read nothing yet
    assert (codes(EAST[:9], 15), extent_of(within=COUNTY[:6]), extent_of(within="999999")) == (first, around, None)
    assert index._Kept.index is None
    Cell.objects.filter(code=CELL).update(active=False)
    assert CELL not in codes(EAST[:9], 15)
    assert extent_of(within=CELL[:12]) is None
