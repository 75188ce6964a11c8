"""The map of the grids with what is open in them: drill from the county to the grid, clusters, heat, lights."""
