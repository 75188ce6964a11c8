"""How much of a file with a map is read. A hostile one asks for more; it is refused, and nothing else suffers."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
FILE_BYTES = 30 * MEGABYTE
UNPACKED_BYTES = 150 * MEGABYTE
RATIO = 60  # of what a packed file holds to its size; a bomb has a thousand
SMALL_BYTES = 5 * MEGABYTE  # below this the ratio says nothing
MEMBERS = 40
FEATURES = 25_000
POINTS = 2_000_000
MEMORY_BYTES = 1536 * MEGABYTE  # of address space: the library alone maps half of it
SECONDS = 30.0
WRITTEN_BYTES = 120 * MEGABYTE
VALUE_LENGTH = 120
# Of the library of formats only Shapefiles are read: others lead to files of this machine, or to addresses on the
# network, that an uploaded one may name. What is told here is read when the library is loaded.
FORMATS_LEFT_OUT = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,Elasticsearch,FlatGeobuf,GDALG,"
    "GML,GPKG,GPSBabel,GPX,GTFS,GeoJSON,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,KML,LIBKML,LVBAG,MBTiles,MEM,MVT,"
    "MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,OGR_PDS,OGR_VRT,OSM,OpenFileGDB,PCIDSK,PDF,PDS4,"
    "PGDUMP,PLSCENES,PMTiles,S57,SQLite,SXF,Selafin,TopoJSON,VDV,VFK,VICAR,VRT,WAsP,WFS,XLSX"
)
ENVIRONMENT = {
    "OGR_SKIP": FORMATS_LEFT_OUT,
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "PROJ_NETWORK": "OFF",
}
