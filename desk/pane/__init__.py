"""The right side of the dispatch desk: one case with all that is needed to decide what becomes of it."""
