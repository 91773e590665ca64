"""Names of specs, wherever they stand and whatever else they mean."""
