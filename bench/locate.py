"""How long one point takes to find its grid among 10,000, beside a bare containment test of one grid.

python bench/locate.py            prints one JSON object; times are microseconds
"""

import json
import os
import statistics
import time
from random import Random

import django
import shapely
from django.conf import settings

CELLS, POINTS, SEED = 10_000, 20_000, 7


def cells() -> list[tuple[str, str, str, dict[str, object]]]:
    """Ten thousand grids of a generated district, one in forty of them dedicated."""
    from grids.generation import Place, draw_district  # after django.setup()

    villages = [Place(f"370404{100 + number // 100:03d}{200 + number % 100}", "x") for number in range(500)]
    townships = [Place(f"370404{100 + number:03d}000", "x") for number in range(5)]
    drawn = draw_district(townships=townships, villages=villages, basic=CELLS - 250, dedicated=250, seed=SEED)
    return [(cell.code, cell.name, cell.kind, cell.boundary) for cell in drawn]


def measure() -> dict[str, object]:
    """Times of single calls, and what they found."""
    from grids.queries.index import CellIndex  # after django.setup()

    drawn = cells()
    began = time.perf_counter()
    index = CellIndex(drawn, stamp=1)
    built = time.perf_counter() - began
    west, south, east, north = shapely.total_bounds([shapely.geometry.shape(cell[3]) for cell in drawn])
    random = Random(SEED)
    points = [(random.uniform(west, east), random.uniform(south, north)) for _ in range(POINTS)]
    spent, outside = [], 0
    for lng, lat in points:
        began = time.perf_counter_ns()
        found = index.find(lng=lng, lat=lat)
        spent.append(time.perf_counter_ns() - began)
        outside += found is None or found.outside
    one = index.shapes[0]
    bare = []
    for lng, lat in points:
        began = time.perf_counter_ns()
        shapely.intersects_xy(one, lng, lat)
        bare.append(time.perf_counter_ns() - began)
    ranked = sorted(spent)
    return {
        "bench": "locate",
        "cells": len(drawn),
        "points": POINTS,
        "outside": outside,
        "built_ms": round(built * 1000, 1),
        "median_us": round(statistics.median(ranked) / 1000, 1),
        "p99_us": round(ranked[int(POINTS * 0.99)] / 1000, 1),
        "yardstick": "one containment test of one prepared polygon",
        "yardstick_median_us": round(statistics.median(bare) / 1000, 1),
    }


if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    # The index needs no database: bare settings keep the measure free of everything else.
    settings.configure(INSTALLED_APPS=["grids", "organizations", "kernel", "django.contrib.auth",
                                       "django.contrib.contenttypes"], AUTH_USER_MODEL="organizations.User",
                       DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")  # fmt: skip
    django.setup()
    print(json.dumps(measure()))
