"""Cutting grids in two: halves of one size, and shapes that keep their ground."""

import pytest
import shapely

from grids.reshaping import cut_in_two, halving, made_one, numbered


def test_halves_are_of_one_size_and_shapes_keep_their_ground():
    shape = shapely.Polygon([(0, 0), (0.04, 0), (0.04, 0.01), (0.01, 0.01), (0.01, 0.05), (0, 0.05)])
    for cut in ("west_east", "north_south"):
        first, second = cut_in_two(shape, line=halving(shape, cut=cut))
        assert first.area == pytest.approx(second.area, rel=1e-3)
        assert shapely.equals(
            made_one([first, second], others=[]).normalize(), shape.normalize()
        ) or shapely.equals_exact(
            shapely.normalize(shapely.simplify(made_one([first, second], others=[]), 1e-7)),
            shapely.normalize(shape),
            1e-6,
        )
    west, east = numbered([shapely.box(1, 0, 2, 1), shapely.box(0, 0, 1, 1)])
    assert (west.bounds[0], east.bounds[0]) == (0, 1)
