"""Questions about places: which grid, who works there, what the map shows."""

from grids.queries.addresses import locate_address
from grids.queries.index import Located, forget, locate
from grids.queries.layers import cells_as_geojson, cells_as_picture
from grids.queries.shapes import extent_of, outlines, stamp_of_map
from grids.queries.workers import Caring, Worker, also_cares, caring_for, workers_of

__all__ = [
    "Caring",
    "Located",
    "Worker",
    "also_cares",
    "caring_for",
    "cells_as_geojson",
    "cells_as_picture",
    "extent_of",
    "forget",
    "locate",
    "locate_address",
    "outlines",
    "stamp_of_map",
    "workers_of",
]
