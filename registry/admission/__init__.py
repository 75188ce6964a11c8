"""Admission 准入 and one-off tasks 一事一议: their words, tables and rules."""
