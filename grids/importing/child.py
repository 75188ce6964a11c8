"""`python -m grids.importing.child FILE FOLDER SYSTEM`: the features of a file as one JSON, within bounds.

Whatever the file tries, it ends this process and nothing else.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from grids.coordinates import UNREADABLE, WGS84, system_of, to_wgs84
from grids.importing import limits
from kernel.limited import bounded
from kernel.text import HOSTILE, REFUSED

INDEX = "features.json"
PACKED = b"PK\x03\x04"
SHAPES = b"\x00\x00\x27\x0a"  # the file code 9994 that every .shp begins with
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
DECIMALS = 7
AUTO = "auto"


class BadMapError(Exception):
    """Why the file is not taken, as a code of grids.importing.reading."""


def main() -> None:
    """Read, and say in the index how it went."""
    source, folder, system = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    with bounded(memory=limits.MEMORY_BYTES, seconds=limits.SECONDS, written=limits.UNPACKED_BYTES):
        said = _read_file(source, folder, system)
        (folder / INDEX).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8", errors="replace")


def _read_file(source: Path, folder: Path, system: str) -> dict[str, Any]:
    with source.open("rb") as stream:
        packed = stream.read(4) == PACKED
    try:
        return _shapefile(source, folder, system) if packed else _geojson(source, system)
    except BadMapError as bad:
        return {"bad": str(bad)}


def _geojson(source: Path, system: str) -> dict[str, Any]:
    try:
        read = json.loads(source.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadMapError("no_map") from error
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list):
        raise BadMapError("no_map")
    if len(features) > limits.FEATURES:
        raise BadMapError("too_many")
    chosen = WGS84 if system == AUTO else system  # RFC 7946 knows no other
    return {"system": chosen, "features": list(_read(map(_of_json, features), to_wgs84(chosen)))}


def _of_json(feature: Any) -> tuple[dict[str, Any], Any]:
    if not isinstance(feature, dict):
        return {}, None
    properties, geometry = feature.get("properties"), feature.get("geometry")
    try:
        shape = shapely.geometry.shape(geometry) if isinstance(geometry, dict) else None
    except UNREADABLE:
        shape = None
    return (properties if isinstance(properties, dict) else {}), shape


def _shapefile(source: Path, folder: Path, system: str) -> dict[str, Any]:
    path = _unpacked(source, folder)
    prj = path.with_suffix(".prj")
    found = system_of(prj.read_text(encoding="utf-8", errors="replace")) if prj.exists() else ""
    chosen = found if system == AUTO else system
    if not chosen:
        raise BadMapError("no_system")
    return {"system": chosen, "features": list(_read(_of_shapes(path), to_wgs84(chosen)))}


def _unpacked(source: Path, folder: Path) -> Path:
    """The one Shapefile of the archive, under names of our own: nothing in it says where it is written."""
    try:
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
            _measured(members)
            wanted = {Path(one.filename).suffix.lower(): one for one in members}
            if ".shp" not in wanted or sum(one.filename.lower().endswith(".shp") for one in members) > 1:
                raise BadMapError("not_one")
            for suffix in PARTS:
                if suffix in wanted:
                    (folder / f"map{suffix}").write_bytes(archive.read(wanted[suffix]))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BadMapError("damaged") from error
    # The library knows a file by what is in it, whatever its name: a description of another file would lead it there.
    path = folder / "map.shp"
    with path.open("rb") as stream:
        if stream.read(len(SHAPES)) != SHAPES:
            raise BadMapError("damaged")
    return path


def _measured(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(one.file_size for one in members)
    packed = max(sum(one.compress_size for one in members), 1)
    bomb = unpacked > limits.SMALL_BYTES and unpacked > limits.RATIO * packed
    if len(members) > limits.MEMBERS or unpacked > limits.UNPACKED_BYTES or bomb:
        raise BadMapError("bomb")


def _of_shapes(path: Path) -> Iterator[tuple[dict[str, Any], Any]]:
    # Without a .cpg nobody says how the texts are written: here they are UTF-8, or GBK as for thirty years before it.
    for encoding in (None,) if path.with_suffix(".cpg").exists() else ("utf-8", "gbk", "latin-1"):
        try:
            if pyogrio.read_info(path, force_feature_count=True)["features"] > limits.FEATURES:
                raise BadMapError("too_many")
            meta, _fids, shapes, columns = pyogrio.raw.read(path, encoding=encoding)
            break
        except UnicodeDecodeError:
            continue
        except pyogrio.errors.DataSourceError as error:
            raise BadMapError("damaged") from error
    for number, shape in enumerate(shapely.from_wkb(shapes, on_invalid="ignore")):
        yield {str(name): _plain(column[number]) for name, column in zip(meta["fields"], columns, strict=True)}, shape


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _said(properties: dict[str, Any]) -> dict[str, str]:
    """What a feature says; what cannot be kept or turns lines round is not repeated, the mark in its place is."""
    said = {}
    for name, value in properties.items():
        if value is not None:
            said[str(name)[:40]] = HOSTILE.sub(REFUSED, str(value)[: limits.VALUE_LENGTH])
    return said


def _read(features: Iterator[tuple[dict[str, Any], Any]], turn: Callable[[Any], Any]) -> Iterator[dict[str, Any]]:
    points = 0
    for properties, shape in features:
        said = _said(properties)
        if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
            yield {"said": said, "boundary": None}
            continue
        points += shapely.get_num_coordinates(shape)
        if points > limits.POINTS:
            raise BadMapError("too_many")
        turned = shapely.transform(shapely.force_2d(shape), lambda flat: np.round(turn(flat), DECIMALS))
        if not np.isfinite(shapely.get_coordinates(turned)).all():  # JSON has no word for what lies nowhere
            yield {"said": said, "boundary": None}
            continue
        yield {"said": said, "boundary": shapely.geometry.mapping(turned)}


if __name__ == "__main__":
    main()
