"""Tests of findings: their codes, their pages, their text."""
