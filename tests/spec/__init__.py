"""Tests of the reader: all notations, places, bounds."""
