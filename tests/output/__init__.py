"""Tests of the package that turns text into files."""
