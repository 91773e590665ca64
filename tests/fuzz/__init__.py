"""Whole specs made by chance, of everything that the language has."""
