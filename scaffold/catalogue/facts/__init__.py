"""Facts about Keras that introspection cannot detect: data only, one file per subject.

A newer Keras may have other names: `tests/catalogue/test_facts.py` compares every name
with the catalogue, and `make next-keras` with that of the next version.
"""
