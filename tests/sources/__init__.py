"""Tests of `analytics.sources`."""
