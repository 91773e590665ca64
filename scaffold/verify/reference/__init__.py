"""The model of the spec, built from the IR without generated code."""
