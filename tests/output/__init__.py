"""Tests of the package that writes text to files."""
