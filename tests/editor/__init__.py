"""Tests of what editors get."""
