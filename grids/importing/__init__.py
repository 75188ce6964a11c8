"""Grids from files: GeoJSON and zipped Shapefiles, in any of the coordinate systems that maps come in here."""
