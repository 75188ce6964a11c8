"""Gaps of the list: what cases met that no row answers, until a draft fills it."""
