"""Tests of the text that is made of syntax trees, docstrings and imports."""
