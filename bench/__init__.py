"""Measurements: real servers, real requests, each figure beside a yardstick of the same run. Never part of the tests."""
