"""Figures over cases as they stand: asked for on a page, exported, kept as a saved report. One query, many doors."""
