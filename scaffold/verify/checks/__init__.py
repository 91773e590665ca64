"""The checks of a candidate against the reference, one property each."""
