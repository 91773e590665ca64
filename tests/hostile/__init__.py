"""Specs that mean harm: they give correct code or a finding, and soon."""
