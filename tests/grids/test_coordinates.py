"""Coordinate systems: the shift of published maps is taken back, and each system ends in degrees."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grids.coordinates import from_gcj02, to_gcj02, to_wgs84

METRES = 111_320
CHINA = {"lng": st.floats(73.5, 134.7), "lat": st.floats(18.2, 53.5)}


@settings(max_examples=150, deadline=None)
@given(**CHINA)
def test_the_shift_of_published_maps_is_taken_back(lng, lat):
    point = np.array([[lng, lat]])
    shifted = to_gcj02(point)
    back = from_gcj02(shifted)
    assert np.abs(back - point).max() * METRES < 0.5
    # Over the whole of China, every fiftieth of a degree: 22 m (near 96.6 E, 37.1 N) to 1,144 m.
    assert 20 < np.hypot(*((shifted - point)[0] * METRES)) < 1200


def test_each_system_ends_in_degrees():
    # The point of many published examples; then a point of Yicheng, without and with the number of its zone.
    assert to_gcj02(np.array([[116.404, 39.915]]))[0] == pytest.approx([116.4102445, 39.9164043], abs=1e-7)
    plain, numbered = to_wgs84("4548"), to_wgs84("4527")
    assert plain(np.array([[554000.0, 3846000.0]]))[0] == pytest.approx([117.5896765, 34.7408354], abs=1e-6)
    assert numbered(np.array([[39554000.0, 3846000.0]]))[0] == pytest.approx([117.5896765, 34.7408354], abs=1e-6)
    with pytest.raises(KeyError):
        to_wgs84("3857")
