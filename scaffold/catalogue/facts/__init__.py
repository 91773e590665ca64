"""Facts of Keras that no introspection tells: data only, one subject a file.

A newer Keras may have other names: `tests/catalogue/test_facts.py` holds every name
here against the catalogue, and `make next-keras` against the next one.
"""
