"""Record what layers are called on and return, and compare it."""
