"""Reads the installed Keras and writes what it offers as JSON."""
