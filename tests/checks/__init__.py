"""Tests of what a model must satisfy."""
