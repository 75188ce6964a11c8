"""Trying a draft of the list, or another calendar, on the cases of a past period. Nothing real is touched."""
