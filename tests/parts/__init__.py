"""Tests of `scaffold.parts`: what is written to begin parts of one's own with."""
