"""Tests of shapes that are worked out without Keras."""
